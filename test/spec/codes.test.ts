// Every code: a file that has exactly that problem at exactly that place, and its neighbour that has none.
import { describe, expect, it } from 'vitest'
import { fileCodes } from '../../src/codes/file.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { ParseOptions } from '../../src/spec/index.ts'
import { head, problems, read } from './fixtures/read.ts'

interface Case {
  bad: string | Uint8Array
  at: string
  good?: string | Uint8Array
  options?: Partial<ParseOptions>
  goodOptions?: Partial<ParseOptions>
  /** the texts stand alone, without the usual first three lines */
  whole?: true
}

const z = (text: string) => `zoos:\n  a:\n    ${text}\n`
const nested = (levels: number) => `vars: ${'['.repeat(levels)}${']'.repeat(levels)}\n`
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map(part => Buffer.from(part as string)))
const environments =
  'environments:\n  dev: {}\n  prod: { override: { zoos: { a: { open: !remove } } } }\nzoos: { a: { open: false } }\n'

const cases: { [code: string]: Case | Case[] } = {
  COG1001: [
    { bad: z('name: "a'), at: '7:1', good: z('name: "a"') },
    { bad: z('rule: { least: 1'), at: '7:1', good: z('rule: { least: 1 }') },
    { bad: `%YAML 1.1\n---\n${head}`, at: '1:1', good: `%YAML 1.2\n---\n${head}`, whole: true },
  ],
  COG1002: { bad: `# ${'x'.repeat(5 * 1024 * 1024)}\n`, at: '1:1', good: `# ${'x'.repeat(1024)}\n` },
  COG1003: [
    {
      bad: bytes(head, 'zoos:\n  a: { name: "', [0xe9], '" }\n'),
      at: '5:15',
      good: bytes([0xef, 0xbb, 0xbf], head, '# é\n'),
      whole: true,
    },
    { bad: bytes([0xff, 0xfe], [0x76, 0, 0x65, 0]), at: '1:1', whole: true },
  ],
  COG1004: [
    { bad: z('tours: ["a\u202eb"]'), at: '6:15', good: z('tours: ["a\u200fb"]') },
    { bad: z('tours: ["a\\u202eb"]'), at: '6:13', good: z('tours: ["a\\tb"]') },
    { bad: '# a\u0007\n', at: '4:4', good: '# a\n' },
    { bad: z('tours: ["\\ud800"]'), at: '6:13', good: z('tours: ["\u{1f600}"]') },
  ],
  COG1005: [
    { bad: '', at: '1:1', good: head, whole: true },
    { bad: '# nothing\n', at: '1:1', whole: true },
    { bad: '---\n', at: '1:1', whole: true },
  ],
  COG1006: [
    { bad: '# a list\n- 1\n', at: '2:1', good: head, whole: true },
    { bad: 'hello', at: '1:1', whole: true },
  ],
  COG1007: { bad: nested(70), at: '4:71' },
  COG1008: { bad: `${head}---\nversion: 1\n`, at: '4:1', good: `---\n${head}...\n`, whole: true },
  COG1009: { bad: 'zoos:\n\ta: {}\n', at: '5:1', good: 'zoos:\n  a: {}\n' },
  COG1010: [
    { bad: z('name: !thing a'), at: '6:11', good: z('name: !!str a') },
    { bad: z('name: !remove'), at: '6:11' },
    { bad: z('name: !!binary aGk='), at: '6:12' },
  ],
  COG1011: { bad: z('name: *x'), at: '6:11', good: 'vars: { a: &x a }\nzoos:\n  a: { name: *x }\n' },
  COG1012: { bad: z('tours: &x [*x]'), at: '6:16', good: z('tours: &x []\n    favourites: *x') },
  COG1013: { bad: z('<<: { open: true }'), at: '6:5', good: z('paths: { "<<": x }') },
  COG1014: { bad: z('open: false\n    open: true'), at: '7:5', good: z('open: false\n    size: LARGE') },
  COG1015: [
    { bad: z('paths: { 1: x }'), at: '6:14', good: z('paths: { "1": x }') },
    { bad: z('paths: { [a]: x }'), at: '6:14' },
    { bad: z('paths: { ? : x }'), at: '6:16' },
  ],
  COG1016: [
    { bad: z('paths: { __proto__: x }'), at: '6:14', good: z('paths: { proto: x }') },
    { bad: z('paths: { $ref: x }'), at: '6:14', good: z('paths: { ref: x }') },
  ],
  COG1017: [
    { bad: z('visitors: .inf'), at: '6:15', good: z('visitors: 1') },
    { bad: z('visitors: 111122223333444455556666'), at: '6:15' },
  ],

  COG1101: [
    { bad: z('opened: true'), at: '6:5', good: z('open: false') },
    { bad: z('rule: { lest: 1 }'), at: '6:13', good: z('rule: { least: 1 }') },
    {
      bad: z('trigger: { arn: abc, version: V1, x: 1 }'),
      at: '6:39',
      good: z('trigger: { arn: abc, version: V1 }'),
    },
    { bad: 'zoo: {}\n', at: '4:1', good: 'zoos: {}\n' },
    { bad: z('gate: { south: x }'), at: '6:13', good: z('gate: { north: x }') },
    {
      bad: z('gate: { own: { name: x, color: RED } }'),
      at: '6:29',
      good: z('gate: { own: { name: x, colour: RED } }'),
    },
    {
      bad: 'environments: { dev: { open: true } }\n',
      at: '4:24',
      good: 'environments: { dev: { vars: {} } }\n',
      options: { environment: 'dev' },
    },
  ],
  COG1102: [
    { bad: z('open: "yes"'), at: '6:11', good: z('open: false') },
    { bad: z('name: 12'), at: '6:11', good: z('name: twelve') },
    { bad: 'account: 111122223333\n', at: '4:10', good: 'account: "111122223333"\n' },
    { bad: z('rule: 1'), at: '6:11', good: z('rule: null') },
    { bad: 'zoos: [a]\n', at: '4:7', good: 'zoos: null\n' },
    { bad: 'zoos: { a: 1 }\n', at: '4:12', good: 'zoos: { a: null }\n' },
    { bad: z('gate: { own: x }'), at: '6:18', good: z('gate: { own: { name: x } }') },
    { bad: 'vars: { a: [1] }\n', at: '4:12', good: 'vars: { a: 1 }\n' },
  ],
  COG1103: { bad: z('size: large'), at: '6:11', good: z('size: LARGE') },
  COG1104: [
    { bad: z('visitors: 0'), at: '6:15', good: z('visitors: 1') },
    { bad: z('site: http://x'), at: '6:11', good: z('site: https://x') },
    { bad: z('id: x\n    existing: { id: y }'), at: '6:5', good: z('existing: { id: y }') },
    { bad: z('existing: { id: x, name: y }'), at: '6:15', good: z('existing: { name: y }') },
    {
      bad: z('ignore: [{ path: size, until: 2026-13-01 }]'),
      at: '6:35',
      good: z('ignore: [{ path: size, until: 2026-12-01 }]'),
    },
    { bad: 'tags: { "aws:x": y }\n', at: '4:9', good: 'tags: { "x": y }\n' },
  ],
  COG1105: [
    { bad: 'stack: s\nregion: eu-west-1\n', at: '1:1', good: head, whole: true },
    {
      bad: 'zoos: { a: { benches: { b: {} } } }\n',
      at: '4:25',
      good: 'zoos: { a: { benches: { b: { place: x } } } }\n',
    },
    { bad: z('trigger: { arn: abc }'), at: '6:5', good: z('trigger: abc') },
  ],
  COG1106: [
    {
      bad: 'keepers: { k: {} }\nzoos: { a: { open: "${keepers.k.arn}" } }\n',
      at: '5:20',
      good: 'vars: { x: false }\nzoos: { a: { open: "${var.x}" } }\n',
    },
    { bad: 'vars: { s: x }\nunspecified: "${var.s}"\n', at: '5:14', good: 'unspecified: keep\n' },
    {
      bad: 'keepers: { k: {} }\nzoos: { a: { id: "${keepers.k.id}" } }\n',
      at: '5:18',
      good: 'vars: { i: x }\nzoos: { a: { id: "${var.i}" } }\n',
    },
  ],
  COG1107: [
    { bad: z('days: []'), at: '6:11', good: z('days: null') },
    { bad: z('hours: []'), at: '6:12', good: z('tours: []') },
  ],
  COG1108: [
    { bad: z('tours: [x]\n    guided: false'), at: '7:13', good: z('tours: [x]\n    guided: true') },
    {
      bad: 'zoos: { a: { cages: { c: {} }, labels: { a.c: { of: x } } } }\n',
      at: '4:53',
      good: 'zoos: { a: { cages: { c: {} }, labels: { a.c: {} } } }\n',
    },
  ],
  COG1109: {
    bad: z('existing: { id: x }\n    open: true'),
    at: '7:5',
    good: z('existing: { id: x }\n    cages: { c: { animal: x } }'),
  },
  COG1110: [
    { bad: 'zoos: { a.b: {} }\n', at: '4:9', good: 'zoos: { a-b: {} }\n' },
    { bad: 'vars: { a.b: x }\n', at: '4:9', good: 'vars: { a_b: x }\n' },
  ],
  COG1111: [
    { bad: z('prune: [cages]'), at: '6:13', good: z('prune: [benches, paths]') },
    { bad: z('prune: [species]'), at: '6:13' },
  ],
  COG1112: [
    { bad: z('prune: [bench]'), at: '6:13', good: z('prune: [benches]') },
    { bad: z('removed: { cage: [x] }'), at: '6:16', good: z('removed: { cages: [x], paths: [y] }') },
    { bad: 'removed: { keeper: [x] }\n', at: '4:12', good: 'removed: { keepers: [x] }\n' },
  ],
  COG1113: [
    { bad: z('ignore: [sise]'), at: '6:14', good: z('ignore: [size, rule, rule.least, paths.x, care.food]') },
    { bad: z('ignore: [cages.c]'), at: '6:14' },
    {
      bad: z('ignore: [gate.own.colour]'),
      at: '6:14',
      good: z('ignore: [gate.own.colour]\n    gate: { own: { name: x } }'),
    },
  ],
  COG1114: [
    { bad: 'version: 2\nstack: s\nregion: eu-west-1\n', at: '1:10', good: head, whole: true },
    { bad: 'version: "1"\nstack: s\nregion: eu-west-1\n', at: '1:10', whole: true },
  ],
  COG1120: [
    {
      bad: z('clientSecretTo: { ssm: /x }'),
      at: '6:5',
      good: z('size: LARGE\n    open: true\n    clientSecretTo: { ssm: /x }'),
    },
    { bad: z('open: false\n    clientSecretTo: { secretsManager: x }'), at: '7:5' },
    { bad: z('existing: { id: x }\n    clientSecretTo: { ssm: /x }'), at: '7:5' },
  ],
  COG1121: {
    bad: 'zoos:\n  a: &a { size: LARGE, open: true, clientSecretTo: { ssm: /x } }\n  b: *a\n',
    at: '5:52',
    good: 'zoos:\n  a: { size: LARGE, open: true, clientSecretTo: { ssm: /x } }\n  b: { size: LARGE, open: true, clientSecretTo: { ssm: /y } }\n',
  },
  COG1122: [
    ...[
      'AWS_SECRET_ACCESS_KEY',
      'ACTIONS_RUNTIME_TOKEN',
      'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
      'GITHUB_TOKEN',
      'GH_TOKEN',
      'RUNNER_TEMP',
      'INPUT_TOKEN',
      'NPM_TOKEN',
      'npm_config_auth',
      'NODE_AUTH_TOKEN',
      'node_auth_token',
      'COGSYNC_DEBUG',
      'CI_JOB_TOKEN',
      'SYSTEM_ACCESSTOKEN',
      'BUILDKITE_AGENT_ACCESS_TOKEN',
      'CIRCLE_TOKEN',
      'VAULT_TOKEN',
      'SSH_AUTH_SOCK',
      'aws_session_token',
      'Github_Token',
    ].map(name => ({
      bad: `secrets: { s: { env: ${name} } }\n`,
      at: '4:22',
      good: `secrets: { s: { env: SHOP_${name} } }\n`,
    })),
    {
      bad: 'vars: { v: GITHUB_TOKEN }\nsecrets: { s: { env: "${var.v}" } }\n',
      at: '5:22',
      good: 'secrets: { s: { env: COGSYNC_VAR_X } }\n',
    },
  ],
  COG1115: [
    { bad: 'secrets: { s: { vault: /x } }\n', at: '4:17', good: 'secrets: { s: { ssm: /x } }\n' },
    {
      bad: 'secrets: { s: { secretManager: x, key: y } }\n',
      at: '4:17',
      good: 'secrets: { s: { secretsManager: x, key: y } }\n',
    },
  ],
  COG1116: [
    {
      bad: z('cages: { c: {} }\n    removed: { cages: [c] }'),
      at: '7:24',
      good: z('cages: { c: { name: d } }\n    removed: { cages: [c] }'),
    },
    {
      bad: z('paths: { p: x }\n    removed: { paths: [q, p] }'),
      at: '7:27',
      good: z('paths: { p: x }\n    removed: { paths: [q] }'),
    },
  ],
  COG1117: [
    { bad: 'removed: { zoos: [x] }\n', at: '4:12', good: 'removed: { keepers: [x] }\n' },
    { bad: z('removed: { species: [x] }'), at: '6:16' },
  ],
  COG1118: {
    bad: z('gate: { north: x, lock: { code: y } }'),
    at: '6:23',
    good: z('gate: { own: { name: x }, lock: { code: y } }'),
  },
  COG1119: {
    bad: 'userPools:\n  a:\n    passwordPolicy: { minimumLength: 12 }\n',
    at: '6:5',
    good: 'userPools:\n  a:\n    passwordPolicy: { minimumLength: 12, requireLowercase: true, requireUppercase: true, requireNumbers: true, requireSymbols: true }\n',
    options: { kinds },
    goodOptions: { kinds },
  },

  COG1201: [
    { bad: z('site: "https://${var.x"'), at: '6:20', good: z('site: "https://$${var.x"') },
    { bad: z('site: "https://${a b}"'), at: '6:20', good: z('site: "https://$${a b}"') },
  ],
  COG1202: [
    {
      bad: z('site: "https://${vars.x}"'),
      at: '6:20',
      good: 'vars: { x: y }\nzoos: { a: { site: "https://${var.x}" } }\n',
    },
    {
      bad: z('site: "https://${aws:username}"'),
      at: '6:20',
      good: z('policies: { p: { Resource: "x/${aws:username}" } }'),
    },
  ],
  COG1203: [
    {
      bad: 'vars: { host: x }\nzoos: { a: { site: "https://${var.hots}" } }\n',
      at: '5:29',
      good: 'vars: { host: x }\nzoos: { a: { site: "https://${var.host}" } }\n',
    },
    {
      bad: z('token: "${secret.s}"'),
      at: '6:13',
      good: `secrets: { s: { env: X } }\n${z('token: "${secret.s}"')}`,
    },
    {
      bad: 'keepers: { k: { home: "${zoos.b.id}" } }\nzoos: { a: {} }\n',
      at: '4:24',
      good: 'keepers: { k: { home: "${zoos.a.id}" } }\nzoos: { a: {} }\n',
    },
    {
      bad: z('cages: { c: { near: ["x ${cages.d.id}"] }, e: {} }'),
      at: '6:29',
      good: z('cages: { c: { near: ["x ${cages.e.id}"] }, e: {} }'),
    },
  ],
  COG1204: [
    { bad: 'keepers: { k: { home: "${zoos.a.ids}" } }\nzoos: { a: {} }\n', at: '4:24' },
    { bad: 'keepers: { k: { home: "${zoos.a}" } }\nzoos: { a: {} }\n', at: '4:24' },
    {
      bad: 'keepers: { k: { home: "${zoos.a.paths.q}" } }\nzoos: { a: { paths: { p: x } } }\n',
      at: '4:24',
      good: 'keepers: { k: { home: "${zoos.a.paths.p}" } }\nzoos: { a: { paths: { p: x } } }\n',
    },
    {
      bad: 'keepers: { k: { home: "${zoos.a.name.x}" } }\nzoos: { a: {} }\n',
      at: '4:24',
      good: 'keepers: { k: { home: "${zoos.a.name}" } }\nzoos: { a: {} }\n',
    },
    { bad: z('site: "https://${region.x}"'), at: '6:20', good: z('site: "https://${region}"') },
  ],
  COG1205: {
    bad: 'vars: { a: "${var.b}", b: "${var.a}" }\n',
    at: '4:28',
    good: 'vars: { a: "${var.b}", b: x }\n',
  },
  COG1206: {
    bad: 'keepers:\n  k: { home: "${keepers.l.arn}" }\n  l: { home: "${keepers.k.arn}" }\n',
    at: '5:3',
    good: 'keepers:\n  k: { home: "${keepers.l.arn}" }\n  l: { existing: { id: x } }\n',
  },
  COG1207: [
    {
      bad: 'secrets: { s: { env: X } }\nzoos: { a: { site: "${secret.s}" } }\n',
      at: '5:20',
      good: 'secrets: { s: { env: X } }\nzoos: { a: { token: "${secret.s}" } }\n',
    },
    { bad: 'secrets: { s: { env: X } }\nzoos: { a: { token: "x${secret.s}" } }\n', at: '5:23' },
    { bad: 'secrets: { s: { env: X } }\nzoos: { a: { paths: { p: "${secret.s}" } } }\n', at: '5:26' },
  ],
  COG1208: ['/etc/x', '../x', 'a/../../x', '~/x', 'C:/x', 'a\\\\x', '']
    .map(path => ({
      bad: z(`tours: ["\${file:${path}}"]`),
      at: '6:14',
      good: z('tours: ["${file:a/x..y}"]'),
      options: { readText: () => 'x' },
    }))
    .map(one => (one.bad.includes('\\') ? { ...one, at: '6:13' } : one)),
  COG1209: [
    {
      bad: z('tours: ["${file:x}"]'),
      at: '6:14',
      good: z('tours: ["${file:x}"]'),
      goodOptions: { readText: () => 'x' },
    },
    {
      bad: z('tours: ["${file:x}"]'),
      at: '6:14',
      options: {
        readText: () => {
          throw new Error('no such file')
        },
      },
    },
  ],
  COG1210: [
    {
      bad: z('cages: { c: {} }\n    favourites: [{ cage: a.d }]'),
      at: '7:26',
      good: 'zoos: { a: { favourites: [{ cage: b.c }, { other: z }] }, b: { cages: { c: {} } } }\n',
    },
    {
      bad: z('cages: { c: {} }\n    feeders: { a.d: { food: x } }'),
      at: '7:16',
      good: z('cages: { c: {} }\n    feeders: { a.c: { food: x }, "x/y": { food: x } }'),
    },
    {
      bad: z('labels: { a.d: { text: x } }'),
      at: '6:15',
      good: z('labels: { accounts.x.com: { text: x } }'),
    },
  ],
  COG1211: { bad: environments, at: '4:1', good: environments, goodOptions: { environment: 'prod' } },
  COG1212: {
    bad: environments,
    at: '4:1',
    good: environments,
    options: { environment: 'pord' },
    goodOptions: { environment: 'dev' },
  },
  COG1213: {
    bad: 'zoos: {}\n',
    at: '1:1',
    good: 'zoos: {}\n',
    options: { environment: 'dev' },
    goodOptions: {},
  },
  COG1214: {
    bad: 'environments: { e: { override: { zoos: { a: { opne: !remove } } } } }\nzoos: { a: { open: true, size: LARGE } }\n',
    at: '4:47',
    good: 'environments: { e: { override: { zoos: { a: { open: !remove } } } } }\nzoos: { a: { open: true, size: LARGE } }\n',
    options: { environment: 'e' },
  },
  COG1215: {
    bad: 'environments: { e: { override: { version: 1 } } }\n',
    at: '4:34',
    good: 'environments: { e: { override: { unspecified: keep } } }\n',
    options: { environment: 'e' },
  },
  COG1216: [
    { bad: z('cages: { c: {}, d: { name: c } }'), at: '6:32', good: z('cages: { c: {}, d: { name: e } }') },
    {
      bad: z('benches: { c: { place: x }, d: { place: x } }'),
      at: '6:45',
      good: z('benches: { c: { place: x }, d: { place: y } }'),
    },
  ],
  COG1217: {
    bad: 'zoos: { a: {}, b: { movedFrom: a } }\n',
    at: '4:32',
    good: 'zoos: { b: { movedFrom: a } }\n',
  },
  COG1218: {
    bad: z('paths: { "${region}": x }'),
    at: '6:14',
    good: z('policies: { p: { "${region}": x } }'),
  },
  COG1219: {
    bad: z('site: "https://${environment}"'),
    at: '6:20',
    good: 'environments: { dev: {} }\nzoos: { a: { site: "https://${environment}" } }\n',
    goodOptions: { environment: 'dev' },
  },
  COG1220: {
    bad: z('token: hunter2'),
    at: '6:12',
    good: `secrets: { s: { file: x } }\n${z('token: "${secret.s}"')}`,
  },
  COG1221: [
    ...['.git/config', '.env', './.env', 'a/.hidden/b', '...', 'a/..b'].map(path => ({
      bad: z(`site: "\${file:${path}}"`),
      at: '6:12',
      options: { readText: () => 'text' },
    })),
    { bad: 'secrets: { s: { file: a/.env } }\n', at: '4:23', good: 'secrets: { s: { file: ./a.env } }\n' },
  ],
  COG1230: ['x.png', '$${file:x.png}', 'a ${file:x.png}', '${var.x}'].map(text => ({
    bad: `vars: { x: "\${file:x.png}" }\n${z(`photos: [{ bytes: "${text}" }]`)}`,
    at: '7:23',
    good: z('photos: [{ bytes: "${file:x.png}" }]'),
    options: { digest: () => ({ sha256: '0a', size: 1 }), readText: () => 'x' },
  })),
}

const full = (text: string | Uint8Array, { whole }: Case) =>
  whole === true || typeof text !== 'string' ? text : head + text

describe('every code', () => {
  it('has an example here', () => {
    expect(Object.keys(cases).sort()).toEqual(Object.keys(fileCodes).sort())
  })

  for (const [code, list] of Object.entries(cases))
    for (const [index, one] of [list].flat().entries()) {
      it(`${code} stands where the problem is, and is the only problem (${index + 1})`, () => {
        expect(problems(read(full(one.bad, one), one.options))).toEqual([`${code} ${one.at}`])
      })
      if (one.good !== undefined)
        it(`${code} is not said of the neighbour (${index + 1})`, () => {
          const parsed = read(full(one.good ?? '', one), one.goodOptions ?? one.options)
          expect(parsed.diagnostics).toEqual([])
          expect(parsed.spec).toBeDefined()
        })
    }
})
