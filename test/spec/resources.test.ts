// Blocks → resources: what is stated, implied, merged in and left out.
import { describe, expect, it } from 'vitest'
import { head, problemsOf, read, specOf } from './fixtures/read.ts'

const specFor = (text: string) => read(head + text).spec
const hintOf = (text: string) => read(head + text).diagnostics.map(({ hint }) => hint)

it('gives every resource its address, path, key and parent', () => {
  const resources = specFor(
    'zoos: { a: { cages: { c: }, gate: { north: x, own: { name: y } }, labels: { "x/y": {} } } }\nkeepers: { k: }\n',
  )?.resources
  expect(
    resources?.map(({ address, kind, key, parent, path }) => [address, kind, key, parent, path.join('/')]),
  ).toEqual([
    ['zoos.a', 'zoo', 'a', undefined, 'zoos/a'],
    ['zoos.a.care', 'care', 'care', 'zoos.a', 'zoos/a'],
    ['zoos.a.cages.c', 'cage', 'c', 'zoos.a', 'zoos/a/cages/c'],
    ['zoos.a.gate.north', 'gate', 'north', 'zoos.a', 'zoos/a/gate/north'],
    ['zoos.a.gate.own', 'gate', 'own', 'zoos.a', 'zoos/a/gate/own'],
    ['zoos.a.labels.x/y', 'labels', 'x/y', 'zoos.a', 'zoos/a/labels/x/y'],
    ['keepers.k', 'keeper', 'k', undefined, 'keepers/k'],
  ])
})

it('takes null for the default said aloud, of one setting or a whole block', () => {
  expect(specOf('zoos: { a: { size: null, rule: null, care: null, tours: } }\n', 'zoos.a')).toEqual({
    name: 'a',
    size: null,
    'rule.least': null,
    'rule.most': null,
    tours: null,
  })
  expect(specOf('zoos: { a: { care: null } }\n', 'zoos.a.care')).toEqual({ 'care.food': null })
})

it('deals a split block out, shared settings included', () => {
  const text = 'zoos: { a: { gate: { north: x, own: { name: y, colour: RED }, lock: { code: z } } } }\n'
  expect(specOf(text, 'zoos.a.gate.north')).toEqual({ name: 'x' })
  expect(specOf(text, 'zoos.a.gate.own')).toEqual({ name: 'y', colour: 'RED', 'lock.code': 'z' })
})

it('implies names and consequences, also over a null', () => {
  expect(specOf('zoos: { a: { tours: [x], guided: null } }\n', 'zoos.a')).toEqual({
    name: 'a',
    tours: ['x'],
    guided: true,
  })
})

it("lays the tags of the file under the resource's own, and adds none of itself", () => {
  const text = 'tags: { team: x, stage: y }\nzoos: { a: { tags: { team: z } }, b: {} }\n'
  expect(specOf(text, 'zoos.a')['tags']).toEqual({ team: 'z', stage: 'y' })
  expect(specOf(text, 'zoos.b')['tags']).toEqual({ team: 'x', stage: 'y' })
  expect(specOf('zoos: { a: {} }\n', 'zoos.a')).not.toHaveProperty('tags')
})

it('has no facets of what others own, but its children', () => {
  const spec = specFor('zoos: { a: { existing: { name: x }, cages: { c: {} } } }\n')
  expect(spec?.resources.map(({ address, existing }) => [address, existing])).toEqual([
    ['zoos.a', { name: 'x' }],
    ['zoos.a.cages.c', undefined],
  ])
})

it('reads what stands on any resource', () => {
  const meta = `id: z-1, movedFrom: old, renamedFrom: Old, strangers: { accept: [X] }, prune: [benches, paths],
    ignore: [size, { path: care.food, reason: vet, until: "2026-12-01" }, gate.own.colour], removed: { cages: [c, c], paths: [p], gate: [g] }`
  const spec = specFor(`zoos: { a: { gate: { own: { name: x } }, ${meta} } }\nremoved: { keepers: [old] }\n`)
  expect(spec?.resources[0]).toMatchObject({
    id: 'z-1',
    movedFrom: 'old',
    renamedFrom: 'Old',
    strangers: { accept: ['X'] },
    prune: ['benches', 'paths'],
    ignore: [{ path: 'size' }],
  })
  expect(spec?.resources[1]?.ignore).toEqual([{ path: 'care.food', reason: 'vet', until: '2026-12-01' }])
  expect(spec?.resources[2]?.ignore).toEqual([{ path: 'colour' }])
  expect(spec?.removed.map(({ collection, name, parent }) => [collection, name, parent])).toEqual([
    ['cages', 'c', 'zoos.a'],
    ['paths', 'p', 'zoos.a'],
    ['gate', 'g', 'zoos.a'],
    ['keepers', 'old', undefined],
  ])
})

it('allows a former name only where a name can change and is searched for', () => {
  expect(problemsOf('keepers: { k: { renamedFrom: x } }\n')).toEqual(['COG1101 4:17'])
})

it('knows no collections but those of the file, whatever an object inherits', () => {
  expect(problemsOf('zoos: { a: { prune: [toString], removed: { valueOf: [x] } } }\n')).toEqual([
    'COG1112 4:22',
    'COG1112 4:44',
  ])
})

it('says one thing of one value, and goes on beside a part that was refused', () => {
  expect(problemsOf('zoos: { a: { site: "" } }\n')).toEqual(['COG1104 4:20'])
  expect(problemsOf('zoos: { a: { feeders: { "${": { food: x }, a.c: { food: 1 } } } }\n')).toEqual([
    'COG1218 4:25',
  ])
  expect(problemsOf('zoos: { a: { feeders: { a.c: { food: 1 }, a.d: { food: "${x.y}" } } } }\n')).toEqual([
    'COG1210 4:25',
    'COG1102 4:38',
    'COG1210 4:43',
    'COG1202 4:57',
  ])
})

it('knows the calendar', () => {
  expect(problemsOf('zoos: { a: { ignore: [{ path: size, until: 2026-02-31 }] } }\n')).toEqual([
    'COG1104 4:44',
  ])
})

it('refuses null inside a value, instead of dropping the setting unsaid', () => {
  expect(problemsOf('zoos: { a: { tours: [x, null] } }\n')).toEqual(['COG1102 4:25'])
  expect(problemsOf('zoos: { a: { tags: { team: } } }\n')).toEqual(['COG1102 4:28'])
  expect(problemsOf('tags: { team: }\n')).toEqual(['COG1102 4:15'])
})

it('replaces an alias by what it stands for', () => {
  expect(specOf('zoos: { a: { tours: &t [x] }, b: { tours: *t } }\n', 'zoos.b')).toMatchObject({
    tours: ['x'],
  })
})

describe('rules', () => {
  it('run on what is stated and on defaults', () => {
    expect(problemsOf('zoos: { a: { open: true } }\n')).toEqual(['COG2999 4:20'])
    expect(problemsOf('zoos: { a: { open: true, size: null } }\n')).toEqual(['COG2999 4:20'])
    expect(problemsOf('zoos: { a: { open: true, size: LARGE } }\n')).toEqual([])
  })

  it('know nothing of unmentioned settings that are kept', () => {
    expect(problemsOf('unspecified: keep\nzoos: { a: { open: true } }\n')).toEqual([])
  })

  it('know nothing of settings that are wrong', () => {
    expect(problemsOf('zoos: { a: { open: true, size: huge } }\n')).toEqual(['COG1103 4:32'])
  })

  it('see parents and siblings', () => {
    const cages = 'cages: { c: { animal: lion }, d: { animal: lamb } }'
    expect(problemsOf(`zoos: { a: { ${cages} } }\n`)).toEqual(['COG2997 4:36'])
    expect(problemsOf(`zoos: { a: { existing: { id: x }, ${cages} } }\n`)).toEqual([])
  })

  it('may warn, which leaves the file valid, and points at the nearest thing that is stated', () => {
    const at = (rest: string) => {
      const parsed = read(`${head}zoos: { a: { visitors: 13${rest} } }\n`)
      expect(parsed.spec).toBeDefined()
      return parsed.diagnostics.map(({ code, severity, at }) => [code, severity, at?.column])
    }
    expect(at(', rule: { least: 1 }')).toEqual([['COG2998', 'warning', 43]])
    expect(at(', rule: { most: 1 }')).toEqual([['COG2998', 'warning', 28]])
    expect(at('')).toEqual([['COG2998', 'warning', 9]])
  })
})

describe('suggestions', () => {
  const cases: [string, string | undefined][] = [
    ['zoos: { a: { opne: true } }', 'open'],
    ['zoos: { a: { ZooSize: LARGE } }', 'size'],
    ['zoos: { a: { SiteURL: "https://x" } }', 'site'],
    ['zoos: { a: { RulePolicy: {} } }', 'rule'],
    ['zoos: { a: { least: 1 } }', 'rule.least'],
    ['zoos: { a: { cage: {} } }', 'cages'],
    ['zoos: { a: { size: LARG } }', 'LARGE'],
    ['zoos: { a: { size: large } }', 'LARGE'],
    ['cages: {}', '`cages` stands under a zoo'],
    ['zoos: { a: { keepers: {} } }', '`keepers` stands at the top of the file'],
    ['stak: x', 'stack'],
    ['zoos: { a: { id: 12 } }', '"12"'],
    ['zoos: { a: { id: 0012 } }', '"0012"'],
    ['zoos: { a: { open: "yes" } }', 'write true'],
    ['zoos: { a: { visitors: "7" } }', 'without quotes: 7'],
    ['zoos: { a: { tours: x } }', '[x]'],
    ['zoos: { a: { xyzzy: 1 } }', undefined],
  ]
  for (const [text, expected] of cases)
    it(`${text} → ${expected}`, () => {
      const [hint] = hintOf(`${text}\n`)
      if (expected === undefined) expect(hint).toBeUndefined()
      else expect(hint).toContain(expected)
    })
})

it('reports everything at once, in the order of the file', () => {
  const text = `version: 1
stack: Shop
vars: { a: "\${var.b}", 1: x }
secrets: { s: { vault: x } }
zoos:
  a:
    opne: true
    size: BIG
    site: "https://\${var.c}"
    trigger: { arn: "\${keepers.k.ar}", version: V3 }
    cages: { c: { animal: lion }, d: { animal: lamb, animl: 1 } }
    days: []
    days: [x]
keepers: { k: { home: "\${zoos.b.id}", tags: { "aws:x": y } } }
`
  expect(read(text).diagnostics.map(({ code, at }) => `${code} ${at?.line}:${at?.column}`)).toEqual([
    'COG1105 1:1',
    'COG1104 2:8',
    'COG1203 3:13',
    'COG1015 3:24',
    'COG1115 4:17',
    'COG1101 7:5',
    'COG1103 8:11',
    'COG1203 9:20',
    'COG1204 10:22',
    'COG1103 10:49',
    'COG2997 11:27',
    'COG1101 11:54',
    'COG1107 12:11',
    'COG1014 13:5',
    'COG1203 14:24',
    'COG1104 14:47',
  ])
})
