// References: what becomes text, what becomes a term, and what is left alone.
import { expect, it } from 'vitest'
import { head, problemsOf, read, specOf } from './fixtures/read.ts'

const site = (value: string, before = '') =>
  specOf(
    `${before}keepers: { k: {} }\nzoos: { a: { cages: { c: { animal: ${JSON.stringify(value)} }, d: {} }, benches: { b: { place: x } } } }\n`,
    'zoos.a.cages.c',
  )['animal']

it('writes what is known at once as text', () => {
  expect(site('${stack} in ${region}')).toBe('s in eu-west-1')
  expect(site('${account}', 'account: "111122223333"\n')).toBe('111122223333')
  expect(site('${var.a}!', 'vars: { a: "${var.b}${var.b}", b: x }\n')).toBe('xx!')
})

it('keeps the type of a variable that is the whole value', () => {
  const text = (value: string) => `vars: { n: 7, t: true }\nzoos: { a: { ${value} } }\n`
  expect(specOf(text('visitors: "${var.n}", open: "${var.t}", size: LARGE'), 'zoos.a')).toMatchObject({
    visitors: 7,
    open: true,
  })
  expect(specOf(text('tours: ["n${var.n}"]'), 'zoos.a')).toMatchObject({ tours: ['n7'] })
})

it('leaves the account open when the file does not state it', () => {
  expect(site('arn:${account}:x')).toEqual({ $join: ['arn:', { $ref: '', attr: 'account' }, ':x'] })
})

it('makes terms of resources, by their whole path or that of their pool', () => {
  expect(site('${keepers.k.arn}')).toEqual({ $ref: 'keepers.k', attr: 'arn' })
  expect(site('${zoos.a.cages.d.id}')).toEqual({ $ref: 'zoos.a.cages.d', attr: 'id' })
  expect(site('${cages.d.id}/${benches.b.id}')).toEqual({
    $join: [{ $ref: 'zoos.a.cages.d', attr: 'id' }, '/', { $ref: 'zoos.a.benches.b', attr: 'id' }],
  })
})

it('carries references through variables', () => {
  expect(site('<${var.k}>', 'vars: { k: "${keepers.k.arn}" }\n')).toEqual({
    $join: ['<', { $ref: 'keepers.k', attr: 'arn' }, '>'],
  })
})

it('writes a literal ${ for $${', () => {
  expect(site('$${var.x} costs $5')).toBe('${var.x} costs $5')
  expect(site('$$${stack}')).toBe('$${stack}')
})

it('reads files as they are, once each', () => {
  let reads = 0
  const readText = (path: string) => {
    reads++
    return `${path}: \${var.x}\n`
  }
  expect(
    specOf('zoos: { a: { tours: ["${file:a.txt}", "${file:a.txt}"] } }\n', 'zoos.a', { readText }),
  ).toMatchObject({ tours: ['a.txt: ${var.x}\n', 'a.txt: ${var.x}\n'] })
  expect(reads).toBe(1)
})

it('reads bytes where bytes belong, and text beside them', () => {
  const digest = (path: string) => ({ sha256: `hash of ${path}`, size: 9 })
  const text =
    'zoos: { a: { photos: [{ bytes: "${file:a.png}", note: "${file:a.txt}" }, { bytes: null }] } }\n'
  expect(specOf(text, 'zoos.a', { digest, readText: path => `text of ${path}` })['photos']).toEqual([
    { bytes: { $file: 'a.png', sha256: 'hash of a.png', size: 9 }, note: 'text of a.txt' },
    { bytes: null },
  ])
})

it.each([
  ['../logo.png', 'COG1208'],
  ['/etc/passwd', 'COG1208'],
  ['missing.png', 'COG1209'],
])('refuses the bytes of %s', (path, code) => {
  const digest = () => {
    throw new Error('no such file')
  }
  expect(problemsOf(`zoos: { a: { photos: [{ bytes: "\${file:${path}}" }] } }\n`, { digest })).toEqual([
    `${code} 4:32`,
  ])
})

it('leaves IAM variables to IAM, and still resolves its own', () => {
  const policy =
    'policies: { p: { Resource: ["${aws:username}", "x/${cognito-identity.amazonaws.com:sub}/${region}", "${*}"] } }'
  expect(specOf(`zoos: { a: { ${policy} } }\n`, 'zoos.a')['policies']).toEqual({
    p: { Resource: ['${aws:username}', 'x/${cognito-identity.amazonaws.com:sub}/eu-west-1', '${*}'] },
  })
})

it('turns bare paths into references, and keeps the providers of others', () => {
  const text = `zoos:
  a: { cages: { c: {} }, feeders: { a.c: { food: x }, "accounts.example.com": { food: y } }, labels: { a.c: { text: x }, "x/y": {} } }
  b: { favourites: [{ cage: a.c }, { other: z }], feeders: { "x/y": { food: z } } }
keepers: { k: { zoo: { of: a } } }
`
  const cage = { $ref: 'zoos.a.cages.c', attr: '' }
  expect(specOf(text, 'zoos.a.care')).toEqual({
    feeders: {
      $entries: [
        [cage, { food: 'x' }],
        ['accounts.example.com', { food: 'y' }],
      ],
    },
  })
  expect(specOf(text, 'zoos.b.care')).toEqual({ feeders: { 'x/y': { food: 'z' } } })
  expect(specOf(text, 'zoos.b')).toMatchObject({ favourites: [{ cage }, { other: 'z' }] })
  expect(specOf(text, 'keepers.k')).toMatchObject({ zoo: { of: { $ref: 'zoos.a', attr: '' } } })
  expect(specOf(text, 'zoos.a.labels.a.c')).toEqual({
    text: 'x',
    of: { $ref: 'zoos.a.cages.c', attr: 'name' },
  })
  expect(specOf(text, 'zoos.a.labels.x/y')).toEqual({ of: 'x/y' })
})

it('takes a secret only by name', () => {
  expect(
    specOf('secrets: { s: { env: X } }\nzoos: { a: { token: "${secret.s}" } }\n', 'zoos.a'),
  ).toMatchObject({ token: { $secret: 's' } })
})

it('never shows a secret', () => {
  const parsed = read(`${head}zoos: { a: { token: hunter2hunter2 } }\n`)
  expect(JSON.stringify(parsed.diagnostics)).not.toContain('hunter2')
})

it('checks nothing about the inside of what others own', () => {
  expect(
    problemsOf('zoos: { a: { existing: { id: x } } }\nkeepers: { k: { home: "${zoos.a.paths.p}" } }\n'),
  ).toEqual([])
})

it('sees no circle in a resource and the facet of another', () => {
  const text = 'zoos: { a: { care: { food: "${keepers.k.arn}" } } }\nkeepers: { k: { zoo: { of: a } } }\n'
  expect(problemsOf(text)).toEqual([])
  expect(problemsOf(text.replace('care: { food:', 'site: "https://${keepers.k.arn}", paths: { p:'))).toEqual([
    'COG1206 4:9',
  ])
})

it('points at the reference in question, in every way to write a string', () => {
  expect(
    problemsOf(
      'zoos:\n  a:\n    paths:\n      p: x ${var.a} ${var.b} ${var.a}\n      q: >\n        one\n        ${var.c}\n      r: "\\x24{var.d}"\n',
    ),
  ).toEqual(['COG1203 7:12', 'COG1203 7:21', 'COG1203 7:30', 'COG1203 10:9', 'COG1203 11:10'])
})
