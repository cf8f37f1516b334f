// Every sentence of the documents that promises something names the tests that try to break it, in docs/promises.md;
// and the few promises that are about the whole of the code are held here.
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { permissionsFor } from '../../src/index.ts'
import { kinds } from '../../src/kinds/index.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { operationsOf } from '../../src/table/operations.ts'
import { pages } from '../../tools/reference/promises/index.ts'
import { filesIn, read } from './source.ts'

const sentencesIn = (text: string): string[] =>
  text
    .trim()
    .split(/(?<=[.!?])\s+(?=[A-Z`[]|cogsync )/)
    .map(sentence => sentence.trim())
    .filter(sentence => sentence !== '')

/** Where to read on promises nothing. */
const isNoPointer = (sentence: string): boolean => !sentence.startsWith('[docs/')

const bulletsIn = (text: string): string[] =>
  [...text.matchAll(/^- (.*)$/gm)].flatMap(([, bullet = '']) => sentencesIn(bullet)).filter(isNoPointer)

const section = (text: string, heading: string): string =>
  text.split(/^## /m).find(part => part.startsWith(`${heading}\n`)) ?? ''

/** The last cells of a table's rows, clause by clause. */
const cellsIn = (text: string): string[] =>
  [...text.matchAll(/^\|.*\| ([^|]+) \|$/gm)]
    .slice(1)
    .flatMap(([, cell = '']) => cell.split(/; |\. (?=[A-Z`])/))
    .map(clause => clause.trim())

const proseIn = (text: string): string[] =>
  text
    .replaceAll(/^```[\s\S]*?^```$/gm, '')
    .split('\n')
    .slice(1)
    .filter(line => !/^\||^$/.test(line))
    .flatMap(line => sentencesIn(line.replace(/^- /, '')))

/** Sentences of docs/security.md where it promises, that promise nothing: advice, and what AWS does. */
const advice = [
  'Check with `npm audit signatures`',
  'see [saved plans](plan-format.md#without-the-file-that-it-was-made-from)',
  'the roles must not be given to their jobs all the same',
  '`cogsync iam` prints a policy from your file.',
  '`import` reads what no file names yet, so no file has a policy for it: let it run with read access of your own.',
  'With `environments`, print one for each with `--env`.',
  'How narrow it is depends on what IAM can tell apart:',
  'Telling which pool is ours takes describing all of them, which shows no secrets',
  'Give the id',
  'Three things are wider than one would like, because of how IAM works:',
  '`cognito-identity:SetIdentityPoolRoles` and `SetPrincipalTagAttributeMap` cannot be limited to a pool.',
  'A role that may tag a new pool may tag any pool that has no tags of this kind, and so take it over.',
  'Pin your pools with `id:` once they exist, and print the policy again.',
  'What the file leaves alone is sent again with each update.',
  'If a pool has an SMS role that the file does not mention, the update hands it over again.',
  'State the setting, with `null` where there is no role, or narrow the statement.',
  "A role that may write a role's policies is as powerful as that role may become.",
  'Set a permissions boundary on the apply role if your file has `roles`.',
  'Treat it like your infrastructure code.',
  "CloudTrail has every request, under the name of the role's session.",
]

/** Sentences of docs/reliability.md that say what is not promised. */
const limits = [
  'A piece of a secret, or a spelling that somebody makes up, is not recognised there.',
  'AWS has no conditional writes, so one round trip stays open: a change that arrives after that read and before the write is overwritten, if the write carries the setting.',
  'Two more stay open: of settings that belong to another resource (a risk configuration to its pool, a replica to its pool), what changes while that one is written cannot be told from what the write does to them; and a style that is made blank first is said again as a whole.',
  'What is new is not read between the calls that make it.',
  'What carries no tag of ours, or is in another Region, cannot be listed.',
  'What remains: a pool or identity pool that lost its tags and its name, and at which no domain and no role points; one in another Region, likewise; a role that Cognito may not assume, which only `drift --full` looks for; an identity pool of another account in a trust policy, which looks like one that is gone.',
]

const reliability = () => bulletsIn(read('docs/reliability.md'))

const security = () => {
  const text = read('docs/security.md')
  const [stake, least, plan, left] = [
    'What is at stake',
    'Least privilege',
    'The plan role reads secrets',
    'What a run leaves behind',
  ].map(heading => section(text, heading)) as [string, string, string, string]
  const own = proseIn(plan).filter(sentence => sentence.startsWith('cogsync '))
  return [...cellsIn(stake), ...proseIn(least), ...cellsIn(least), ...own, ...proseIn(left)]
}

/** What each page promises, as it reads now. */
const promised: { [path: string]: () => string[] } = {
  'README.md': () => bulletsIn(section(read('README.md'), 'What cogsync never does')),
  'docs/security.md': () => security().filter(sentence => !advice.includes(sentence)),
  'docs/reliability.md': () => reliability().filter(sentence => !limits.includes(sentence)),
}

describe('the promises', () => {
  it('of every page are in the table', () => {
    expect(pages.map(({ path }) => path)).toEqual(Object.keys(promised))
  })
  it.each(pages)(
    'of $path are those of the table, tools/reference/promises/index.ts',
    ({ path, promises }) => {
      expect([...new Set(promised[path]?.())].sort()).toEqual(Object.keys(promises).sort())
    },
  )
  it.each(pages)('of $path have tests that exist', ({ promises }) => {
    const files = filesIn('test', /\.test\.ts$/)
    const lost = Object.values(promises)
      .flat()
      .filter(([file, title]) => !files.includes(file) || !titlesIn(read(file)).includes(title))
    expect(lost).toEqual([])
    expect(Object.entries(promises).filter(([, tests]) => tests.length === 0)).toEqual([])
  })
  it('leave out nothing but advice and limits that are there', () => {
    expect(advice.filter(sentence => !security().includes(sentence))).toEqual([])
    expect(limits.filter(sentence => !reliability().includes(sentence))).toEqual([])
  })
})

/** The titles of tests, as they stand in the source: the first text that `test`, `it` or what they make is given. */
const titlesIn = (source: string): string[] => {
  const titles: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(?:test|it)\b/.test(node.expression.getText())) {
      const [title] = node.arguments
      if (title !== undefined && (ts.isStringLiteral(title) || ts.isNoSubstitutionTemplateLiteral(title)))
        titles.push(title.text)
      else if (title !== undefined && ts.isTemplateExpression(title))
        titles.push(title.getText().slice(1, -1))
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('a.ts', source, ts.ScriptTarget.Latest, true))
  return titles
}

const operations = kinds.flatMap(kind => {
  const { reads, writes } = operationsOf(kind)
  return [...reads, ...writes]
})

describe('about the whole of the code', () => {
  it('no operation that cogsync sends touches a user', () => {
    expect(
      operations.filter(operation => /:(Admin|.*User(s|Attributes)?$|SignUp|.*ToGroup)/.test(operation)),
    ).toEqual([])
  })
  it('nothing but a domain is ever replaced to change a setting', () => {
    expect(kinds.filter(({ replace }) => replace !== undefined).map(({ name }) => name)).toEqual([
      'userPoolDomain',
    ])
  })
  it('no script of the project calls for docker, python or the AWS command line', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: { [name: string]: string } }
    const all = [...Object.values(scripts), ...filesIn('.ci', /\.(ts|mjs|sh)$/).map(read)]
    expect(
      all.filter(text => /\b(docker|python3?|pip|aws) /i.test(text.replaceAll(/\/\/.*$/gm, ''))),
    ).toEqual([])
  })
  it('the package runs nothing when it is installed', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: { [name: string]: string } }
    expect(Object.keys(scripts).filter(name => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([])
  })
  it('pools are created with the tags of the stack only', async () => {
    const text =
      'version: 1\nstack: shop\nregion: eu-west-1\nuserPools: { a: {} }\nidentityPools: { b: {} }\n'
    const { spec } = parseSpec({ file: 'cognito.yaml', text }, { kinds })
    if (spec === undefined) throw new Error('the file is invalid')
    const purposes = { apply: true, rotate: false, destroy: false }
    const { document } = await permissionsFor(spec, purposes, undefined)
    const creating = document.Statement.filter(({ Action }) =>
      Action.some(action => /Create\w+Pool$/.test(action)),
    )
    expect(creating.map(({ Condition }) => Condition)).toEqual(
      creating.map(() => ({ StringEquals: { 'aws:RequestTag/cogsync:stack': 'shop' } })),
    )
    expect(creating.length).toBe(2)
  })
})
