// What the documents say is so: the README's file is valid, its tables are the program's, links lead somewhere.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exits } from '../../src/cli/exit.ts'
import { makeProgram } from '../../src/cli/program.ts'
import { kinds } from '../../src/kinds/index.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { filesIn, read, root } from './source.ts'

const readme = read('README.md')
const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, body = '']) => body,
  )

const program = makeProgram(() => {}, { out: () => {}, err: () => {} })
const commands = program.commands.map(command => command.name()).filter(name => name !== 'complete')

/** The codes of a table whose first column is a number. */
const codesIn = (text: string): number[] =>
  [...text.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code))

describe('the README', () => {
  it('shows a complete file that is valid', () => {
    const [text = ''] = blocks(readme, 'yaml')
    expect(text).toContain('version: 1')
    expect(parseSpec({ file: 'cognito.yaml', text }, { kinds }).diagnostics).toEqual([])
    expect(text.split('\n').length).toBeLessThanOrEqual(21)
  })
  it('lists the commands there are', () => {
    const listed = [...readme.matchAll(/^\| `cogsync ([\w-]+)` \|/gm)].map(([, name]) => name)
    expect(listed).toEqual(commands)
  })
  it('says of every kind that it is here', () => {
    const [, here = ''] = /\n\nHere: ([^\n]*)/.exec(readme) ?? []
    const untold = kinds.filter(kind => kind.presence === 'resource' && !here.includes(kind.title))
    expect(
      untold.map(({ title }) => title),
      'name it under "What is here" in README.md',
    ).toEqual([])
  })
  it('gives its two commands, which exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: { [name: string]: string } }
    expect(blocks(readme, 'sh').slice(0, 2)).toEqual([
      'npm ci && npm run quickstart\n',
      'npm ci && npm test\n',
    ])
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['quickstart', 'test', 'generate', 'build']))
  })
})

describe('the documents', () => {
  it.each(['README.md', 'docs/cli.md'])('%s gives the exit codes there are', path => {
    expect(codesIn(read(path))).toEqual(Object.values(exits))
  })
  it('name every command in docs/cli.md', () => {
    const listed = [...read('docs/cli.md').matchAll(/^\| `([\w-]+)` \| /gm)].map(([, name]) => name)
    expect(listed).toEqual(commands)
  })
  it('mention no option that no command has', () => {
    const known = program.commands.flatMap(command => command.options.map(option => option.long))
    const all = ['README.md', ...filesIn('docs', /\.md$/)].filter(path => path !== 'docs/diagnostics.md')
    const mentioned = all.flatMap(path =>
      [...read(path).matchAll(/`[^`\n]*?(--[a-z][a-z-]+)/g)]
        .filter(([whole]) => !whole.includes('npm ') && !whole.includes('aws '))
        .map(([, option]) => ({ path, option })),
    )
    const unknown = mentioned.filter(({ option }) => !known.includes(option) && option !== '--help')
    expect(unknown).toEqual([])
  })
  const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...filesIn('docs', /\.md$/)]
  it.each(pages)('%s links to what exists', path => {
    const links = [...read(path).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, to = '']) => to)
    expect(links.filter(to => !existsSync(join(root, dirname(path), to)))).toEqual([])
  })
  it.each(pages)('%s links to headings that exist', path => {
    const headings = (text: string) =>
      [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
        heading
          .toLowerCase()
          .replace(/[^\w\- ]/g, '')
          .replaceAll(' ', '-'),
      )
    const lost = [...read(path).matchAll(/\]\(([^)#]*\.md)#([^)]+)\)/g)].filter(
      ([, to = '', anchor = '']) => !headings(read(join(dirname(path), to))).includes(anchor),
    )
    expect(lost.map(([link]) => link)).toEqual([])
  })
})
