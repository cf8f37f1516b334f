// docs/github-action.md: its tables of inputs and outputs, from action.yml.
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

interface Entry {
  description: string
  default?: string
}

interface ActionFile {
  inputs: { [name: string]: Entry }
  outputs: { [name: string]: Entry }
}

const fileAt = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

const cell = (text: string): string => text.replaceAll('|', '\\|')

const inputRow = ([name, { description, default: preset }]: [string, Entry]): string =>
  `| \`${name}\` | ${preset === undefined ? '' : `\`${preset}\``} | ${cell(description)} |`

const outputRow = ([name, { description }]: [string, Entry]): string =>
  `| \`${name}\` | ${cell(description)} |`

const between = (text: string, name: string, lines: readonly string[]): string =>
  text.replace(
    new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`),
    (_, begin: string, end: string) => `${begin}${lines.join('\n')}\n${end}`,
  )

/** The page with its tables as action.yml says. */
export const actionDoc = (): string => {
  const { inputs, outputs } = parse(fileAt('action.yml')) as ActionFile
  const page = fileAt('docs/github-action.md')
  const withInputs = between(page, 'inputs', [
    '| input | default | |',
    '|---|---|---|',
    ...Object.entries(inputs).map(inputRow),
  ])
  return between(withInputs, 'outputs', [
    '| output | |',
    '|---|---|',
    ...Object.entries(outputs).map(outputRow),
  ])
}
