// Environments: what merges, what replaces, what is removed, and where the winner stands.
import { expect, it } from 'vitest'
import { head, problems, problemsOf, read, specOf } from './fixtures/read.ts'

const file = `
account: "111122223333"
vars: { host: base, port: 80 }
environments:
  dev:
    account: "444455556666"
    region: us-east-1
    vars: { host: dev }
    override:
      zoos:
        a: { rule: { most: 8 }, tours: [c], paths: { y: !remove, z: Z }, open: !remove }
        b: { size: LARGE }
  prod:
zoos:
  a: { rule: { least: 1, most: 2 }, tours: [a, b], paths: { x: X, y: Y }, open: false, site: "https://\${var.host}:\${var.port}" }
`

it('merges maps, replaces lists and scalars, removes what is tagged', () => {
  expect(specOf(file, 'zoos.a', { environment: 'dev' })).toEqual({
    name: 'a',
    'rule.least': 1,
    'rule.most': 8,
    tours: ['c'],
    guided: true,
    paths: { x: 'X', z: 'Z' },
    site: 'https://dev:80',
  })
  expect(specOf(file, 'zoos.b', { environment: 'dev' })).toEqual({ name: 'b', size: 'LARGE' })
})

it('takes account, region and variables from the environment', () => {
  const dev = read(head + file, { environment: 'dev' }).spec
  expect(dev).toMatchObject({ account: '444455556666', region: 'us-east-1', environment: 'dev' })
})

it('leaves the file as it is in an environment that says nothing', () => {
  const prod = read(head + file, { environment: 'prod' }).spec
  expect(prod).toMatchObject({ account: '111122223333', region: 'eu-west-1', environment: 'prod' })
  expect(specOf(file, 'zoos.a', { environment: 'prod' })).toMatchObject({
    open: false,
    site: 'https://base:80',
  })
})

it('points at the override when its value wins, and at the file when it does not', () => {
  const text =
    'environments: { e: { override: { zoos: { a: { size: big } } } } }\nzoos: { a: { size: LARGE, open: 1 } }\n'
  expect(problemsOf(text, { environment: 'e' })).toEqual(['COG1103 4:53', 'COG1102 5:33'])
})

it('lets the environment state the Region alone', () => {
  const text = 'version: 1\nstack: s\nenvironments: { e: { region: eu-west-1 } }\n'
  expect(read(text, { environment: 'e' }).spec?.region).toBe('eu-west-1')
})

it('checks the environments that are not chosen', () => {
  expect(
    problemsOf('environments: { a: {}, b: { overide: {} }, "c d": {} }\n', { environment: 'a' }),
  ).toEqual(['COG1101 4:29', 'COG1110 4:44'])
})

it('finds nothing to remove in what the override itself adds', () => {
  const text = 'environments: { e: { override: { zoos: { b: { paths: { x: !remove } } } } } }\n'
  expect(problemsOf(text, { environment: 'e' })).toEqual(['COG1214 4:56'])
})

it('refuses `!remove` inside a list', () => {
  const text =
    'environments: { e: { override: { zoos: { a: { tours: [!remove ] } } } } }\nzoos: { a: { tours: [x] } }\n'
  expect(problemsOf(text, { environment: 'e' })).toEqual(['COG1010 4:55'])
})

it('locates by the merged file', () => {
  const parsed = read(head + file, { environment: 'dev' })
  expect(parsed.locate(['zoos', 'a', 'rule', 'most'])).toMatchObject({ line: 14, column: 28 })
  expect(parsed.locate(['zoos', 'a', 'rule', 'least'])).toMatchObject({ line: 18, column: 23 })
  expect(parsed.locate(['zoos', 'a', 'rule', 'least'], true)).toMatchObject({ line: 18, column: 16 })
  expect(parsed.lineAt(2)).toBe('stack: s')
  expect(problems(parsed)).toEqual([])
})
