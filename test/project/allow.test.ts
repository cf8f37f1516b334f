// The words that let through what is refused are the same everywhere: command line, action, documents, messages.
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readInputs } from '../../src/action/inputs.ts'
import { openRunner } from '../../src/action/runner.ts'
import { makeProgram } from '../../src/cli/program.ts'
import { impacts } from '../../src/render/groups.ts'
import { allowWords, gates } from '../../src/workflows/allow-words.ts'
import { filesIn, read } from './source.ts'

const program = makeProgram(() => {}, { out: () => {}, err: () => {} })
const choicesOf = (long: string) =>
  program.commands.flatMap(({ options }) =>
    options.flatMap(option => (option.long === long && option.argChoices ? [option.argChoices] : [])),
  )
const inputsOf = (inputs: { [name: string]: string }) => {
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  return readInputs(
    openRunner({ env: Object.fromEntries(given), write: () => {}, token: () => '' }, all => all),
  )
}
const told = (text: string): string[] => [...text.matchAll(/`([a-z-]+)`/g)].map(([, word = '']) => word)

const { inputs } = parse(read('action.yml')) as { inputs: { [name: string]: { description: string } } }

describe('the words of allow', () => {
  it('are those of --allow, in the help of every command that has it', () => {
    expect(choicesOf('--allow').length).toBeGreaterThan(1)
    for (const choices of choicesOf('--allow')) expect(choices).toEqual([...allowWords])
    for (const command of program.commands.filter(({ options }) =>
      options.some(({ long }) => long === '--allow'),
    ))
      for (const word of allowWords) expect(command.helpInformation().split(/[\s,]+/)).toContain(word)
  })
  it.each([...allowWords])('take %s in the action', word => {
    expect(inputsOf({ allow: word })).toMatchObject({ inputs: { allow: [word] } })
  })
  it('take all at once in the action, and no other', () => {
    expect(inputsOf({ allow: allowWords.join(', ') })).toMatchObject({ inputs: { allow: [...allowWords] } })
    expect(inputsOf({ allow: 'in-place' })).toHaveProperty('wrong')
  })
  it('are those that action.yml and the page about it name', () => {
    expect(told(inputs['allow']!.description)).toEqual([...allowWords])
    const [, row = ''] = /^\| `allow` \|[^|]*\|(.*)\|$/m.exec(read('docs/github-action.md')) ?? []
    expect(told(row)).toEqual([...allowWords])
  })
  it('are those of docs/cli.md', () => {
    const rows = [...read('docs/cli.md').matchAll(/^\| `--allow ([a-z-]+)` \|/gm)].map(([, word]) => word)
    expect(rows).toEqual([...allowWords])
  })
  it('are the only ones that a message or a document tells to pass', () => {
    const texts = ['README.md', ...filesIn('docs', /\.md$/), ...filesIn('src', /\.ts$/)].map(read)
    const passed = texts.flatMap(text =>
      [...text.matchAll(/--allow ([a-z][a-z-]+)/g)].map(([, word]) => word),
    )
    expect(passed.length).toBeGreaterThan(5)
    expect([...new Set(passed)].filter(word => !allowWords.some(each => each === word))).toEqual([])
  })
})

describe('the words of fail-on', () => {
  it('are the impacts, and in the action drift too', () => {
    expect(gates.toSorted()).toEqual(impacts.filter(impact => impact !== 'in-place').toSorted())
    for (const choices of choicesOf('--fail-on')) expect(choices).toEqual([...gates])
    expect(new Set(told(inputs['fail-on']!.description))).toEqual(new Set([...gates, 'drift']))
    expect(inputsOf({ 'fail-on': [...gates, 'drift'].join() })).toHaveProperty('inputs')
  })
})
