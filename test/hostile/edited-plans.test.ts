// Saved plans that somebody edited, hashed and sealed again with what anybody has: none of them makes apply send a
// call that a fresh plan would not have, and without the file no call is sent that its change does not show.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { savePlan } from '../../src/index.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Action, Call, Change, Json, Plan } from '../../src/model.ts'
import { operationsOf } from '../../src/table/operations.ts'
import { planHash } from '../../src/values/hash.ts'
import { count } from '../faults/counts.ts'
import { command } from '../journeys/command.ts'
import { type Bench, onBench, writesOf } from '../journeys/run.ts'

const seed = Number(process.env['COGSYNC_PROPERTY_SEED'] ?? 20261121)
const runs = Number(process.env['COGSYNC_PROPERTY_RUNS'] ?? 0)
const cases = { beside: 0, without: 0, foreign: 0 }

const trust =
  '{ Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: "sts:AssumeRole" }] }'
const before = `version: 1
stack: shop
region: eu-west-1
secrets: { google: { env: SHOP_GOOGLE } }
userPools:
  customers:
    identityProviders:
      Google: { type: Google, details: { client_id: abc, client_secret: "\${secret.google}", authorize_scopes: openid } }
    groups: { staff: { description: one }, guests: {} }
    clients: { web: { authSessionValidity: 5m }, old: {} }
  partners: {}
roles:
  member: { description: one, trust: ${trust}, policies: { a: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::shop/*" }] } } }
`
const after = before
  .replaceAll('description: one', 'description: two')
  .replace('5m', '6m')
  .replace('client_id: abc', 'client_id: xyz')
  .replace(', old: {}', ', fresh: {}')
  .replace('guests: {}', 'admins: {}')
  .replace('policies: { a:', 'policies: { b:')
  .replace('    clients:', '    removed: { clients: [old], groups: [guests] }\n    clients:')

const operations = [
  ...new Set(
    kinds.flatMap(kind => operationsOf(kind).writes).concat(['iam:CreateUser', 'sts:AssumeRole'] as never[]),
  ),
]

/** One edit: which, and numbers that it draws its places from. */
interface Edit {
  name: string
  numbers: number[]
}
type Editor = (plan: Plan, pick: <T>(items: readonly T[]) => T) => Plan

const work = ({ changes }: Plan): Change[] => changes.filter(({ calls }) => calls.length > 0)

const changing = (plan: Plan, one: Change, to: (change: Change) => Change): Plan => ({
  ...plan,
  changes: plan.changes.map(change => (change === one ? to(change) : change)),
})
const calling = (plan: Plan, one: Change, index: number, to: (call: Call) => Call): Plan =>
  changing(plan, one, change => ({
    ...change,
    calls: change.calls.map((call, at) => (at === index ? to(call) : call)),
  }))

/** Ids of everything that the plan knows, by member. */
const idsOf = ({ known }: Plan): [string, string][] =>
  Object.values(known).flatMap(one =>
    Object.entries(one).flatMap(([name, id]): [string, string][] =>
      name.startsWith('ids.') ? [[name.slice(4), id]] : [],
    ),
  )

/** Edits after which a plan would send what no change of it shows. */
const foreign: { [name: string]: Editor } = {
  'a call of any operation is added': (plan, pick) =>
    changing(plan, pick(work(plan)), change => {
      const taken = new Set(change.calls.map(({ operation }) => operation))
      const operation = pick(operations.filter(one => !taken.has(one)))
      return {
        ...change,
        calls: [...change.calls, { operation, input: Object.fromEntries(idsOf(plan)) }],
      }
    }),
  'a deletion is added': (plan, pick) => {
    const one = pick(work(plan).filter(({ action }) => action !== 'delete'))
    const deletions = kinds.flatMap(({ remove }) => (remove === undefined ? [] : [remove.operation]))
    return changing(plan, one, change => ({
      ...change,
      calls: [...change.calls, { operation: pick(deletions), input: { ...change.ids } }],
    }))
  },
  'a call is another operation': (plan, pick) => {
    const one = pick(work(plan))
    return calling(plan, one, pick([...one.calls.keys()]), call => ({
      ...call,
      operation: pick(operations.filter(operation => operation !== call.operation)),
    }))
  },
  'a call is sent to another id': (plan, pick) => {
    const one = pick(
      work(plan).filter(({ calls, ids }) =>
        calls.some(({ input }) => Object.keys(ids).some(id => id in input)),
      ),
    )
    const index = one.calls.findIndex(({ input }) => Object.keys(one.ids).some(id => id in input))
    return calling(plan, one, index, call => {
      const member = pick(Object.keys(one.ids).filter(id => id in call.input))
      return { ...call, input: { ...call.input, [member]: `${one.ids[member]}2` } }
    })
  },
  'a change has the ids of another': (plan, pick) => {
    const one = pick(work(plan).filter(({ action, ids }) => action === 'update' && 'UserPoolId' in ids))
    const text = JSON.stringify(one).replaceAll(
      one.ids['UserPoolId'] as string,
      plan.known['userPools.partners']?.['ids.UserPoolId'] as string,
    )
    return changing(plan, one, () => JSON.parse(text) as Change)
  },
  'a secret is sent where none is': (plan, pick) => {
    const one = pick(work(plan).filter(({ kind, action }) => kind === 'group' && action !== 'delete'))
    const edited = calling(plan, one, 0, call => ({
      ...call,
      input: {
        ...call.input,
        Description: pick<Json>([{ $secret: 'google' }, { $join: ['x', { $secret: 'google' }] }]),
      },
    }))
    return pick([edited, { ...edited, secrets: { ...plan.secrets, leak: { env: 'SHOP_OTHER' } } }])
  },
  'a secret has no source': plan => ({ ...plan, secrets: {} }),
  'one more secret has a source': plan => ({
    ...plan,
    secrets: { ...plan.secrets, leak: { env: 'SHOP_OTHER' } },
  }),
  'a change has another label': (plan, pick) => {
    const one = pick(work(plan).filter(({ kind }) => kind === 'group' || kind === 'userPoolClient'))
    const labels = (['create', 'delete', 'none', 'blocked', 'replace'] as Action[]).filter(
      label => label !== one.action,
    )
    const action = pick(one.action === 'delete' ? [...labels, 'update' as const] : labels)
    return changing(plan, one, change => ({ ...change, action }))
  },
  'a member that its operation does not have is sent': (plan, pick) => {
    const one = pick(work(plan))
    return calling(plan, one, 0, call => ({ ...call, input: { ...call.input, Surprise: 'x' } }))
  },
  'a policy that is not shown is put': (plan, pick) => {
    const one = work(plan).find(({ kind }) => kind === 'role') as Change
    const put = one.calls.find(({ operation }) => operation === 'iam:PutRolePolicy') as Call
    const taken = { operation: 'iam:DeleteRolePolicy', input: { ...one.ids, PolicyName: 'kept' } }
    const call = pick([{ ...put, input: { ...put.input, PolicyName: 'admin' } }, taken])
    return changing(plan, one, change => ({ ...change, calls: [...change.calls, call] }))
  },
  'a call is sent to another Region': (plan, pick) =>
    calling(plan, pick(work(plan)), 0, call => ({ ...call, region: 'us-east-1' })),
  'a call waits for something else': (plan, pick) =>
    calling(plan, pick(work(plan)), 0, call => ({
      ...call,
      until: { operation: 'cognito-idp:DeleteUserPool', input: {}, path: 'x', in: [null], within: 1 },
    })),
}

/** Edits that leave each call what its change shows, but not what the file and AWS make of it. */
const other: { [name: string]: Editor } = {
  'a change is gone': (plan, pick) => {
    const one = pick(work(plan))
    return { ...plan, changes: plan.changes.filter(change => change !== one) }
  },
  'changes have another order': plan => ({ ...plan, changes: plan.changes.toReversed() }),
  'nothing comes before anything': plan => ({
    ...plan,
    changes: plan.changes.map(change => ({ ...change, after: [] })),
  }),
  'a value is another': (plan, pick) => {
    const one = pick(work(plan).filter(({ kind, action }) => kind === 'group' && action !== 'delete'))
    return calling(plan, one, 0, call => ({ ...call, input: { ...call.input, Description: 'evil' } }))
  },
  'a value is shown that is not sent': (plan, pick) =>
    changing(plan, pick(work(plan)), change => ({
      ...change,
      fields: change.fields.map(field => ({ ...field, after: 'harmless' })),
    })),
  'a secret has another source': plan => ({ ...plan, secrets: { google: { env: 'SHOP_OTHER' } } }),
  'it has no errors': plan => ({ ...plan, diagnostics: [], unread: [], unclaimed: [] }),
  'it was made with options': (plan, pick) => ({
    ...plan,
    options: pick([
      { adopt: true as const },
      { allow: ['mass-change', 'restore-defaults', 'replace-domain'] },
      { only: ['roles.member'] },
    ]),
  }),
  'it is of a part': plan => ({ ...plan, scope: ['roles.member'] }),
  'what was seen is another': (plan, pick) => {
    const address = pick(Object.keys(plan.fingerprints))
    return { ...plan, fingerprints: { ...plan.fingerprints, [address]: pick(['absent', '0'.repeat(64)]) } }
  },
  'what is known is another': (plan, pick) => {
    const address = pick(Object.keys(plan.known))
    return { ...plan, known: { ...plan.known, [address]: {} } }
  },
  'the file says something else': plan => ({ ...plan, desired: '0'.repeat(64) }),
}

const editOf = (editors: { [name: string]: Editor }) =>
  fc.record({
    name: fc.constantFrom(...Object.keys(editors)),
    numbers: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
  })

/** The plan with an edit; its numbers pick places, one after the other. */
const edited = (plan: Plan, { name, numbers }: Edit): Plan => {
  let at = 0
  const pick = <T>(items: readonly T[]): T =>
    items[(numbers[at++ % numbers.length] as number) % items.length] as T
  const editor = foreign[name] ?? other[name]
  try {
    return editor?.(plan, pick) ?? plan
  } catch {
    // an edit before it has taken away what this one is about
    return plan
  }
}

/** Hashed and sealed with the functions that anybody can call. */
const resealed = (plan: Plan): Plan => ({ ...plan, hash: planHash(plan) })

describe('a plan that somebody edited and sealed again', () => {
  let bench: Bench
  let saved: Plan
  let state: string
  /** what a fresh plan sends, as text */
  let honest: Set<string>
  let end: () => void = () => undefined
  const ended = new Promise<void>(resolve => {
    end = resolve
  })
  let done: Promise<void>

  const sent = () =>
    bench.sandbox.requests
      .filter(({ write }) => write)
      .map(({ operation, input }) => `${operation} ${JSON.stringify(input)}`)
  const apply = async (plan: Plan, ...argv: string[]) => {
    bench.sandbox.state.restore(state)
    bench.sandbox.resetLog()
    await writeFile(join(bench.folder, 'plan.json'), savePlan(plan))
    return command(bench, 'apply', 'plan.json', '--yes', ...argv)
  }

  beforeAll(
    () =>
      new Promise<void>((ready, fail) => {
        done = onBench(async made => {
          bench = made
          process.env['SHOP_GOOGLE'] = 'a-secret-of-google'
          process.env['SHOP_OTHER'] = 'a-secret-of-somebody'
          await bench.make(await bench.file(before))
          saved = await bench.plan(await bench.file(after))
          state = bench.sandbox.state.snapshot()
          const { code } = await apply(saved)
          honest = new Set(sent())
          expect({ code, writes: honest.size > 8 }).toEqual({ code: 0, writes: true })
          ready()
          await ended
        })
        done.catch(fail)
      }),
  )
  afterAll(async () => {
    end()
    await done
    delete process.env['SHOP_GOOGLE']
    delete process.env['SHOP_OTHER']
  })

  test(
    'sends nothing that a fresh plan would not have sent',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(editOf({ ...foreign, ...other }), { minLength: 1, maxLength: 3 }),
          async edits => {
            cases.beside += 1
            const plan = resealed(edits.reduce(edited, saved))
            const { code, said } = await apply(plan)
            expect(said).not.toContain('bug in cogsync')
            expect(sent().filter(request => !honest.has(request))).toEqual([])
            expect([0, 5]).toContain(code)
            if (code === 5) expect(writesOf(bench.sandbox)).toEqual([])
          },
        ),
        { numRuns: runs || 24, seed },
      ),
    120_000,
  )

  test(
    'is refused without its file, and not even shown, when a call is not what its change shows',
    () =>
      fc.assert(
        fc.asyncProperty(editOf(foreign), fc.array(editOf(other), { maxLength: 1 }), async (first, more) => {
          cases.foreign += 1
          const doctored = more.reduce(edited, saved)
          const plan = resealed(edited(doctored, first))
          fc.pre(JSON.stringify(plan) !== JSON.stringify(resealed(doctored)))
          const { code, said } = await apply(plan, '--no-file', '--expect-hash', plan.hash)
          expect({ code, writes: writesOf(bench.sandbox), said }).toMatchObject({ code: 5, writes: [] })
          expect(said).not.toContain('bug in cogsync')
          expect((await command(bench, 'show', 'plan.json')).code).toBe(5)
        }),
        { numRuns: runs || 40, seed },
      ),
    120_000,
  )

  test(
    'is refused without its file when it is not the one with the reviewed hash',
    () =>
      fc.assert(
        fc.asyncProperty(editOf({ ...foreign, ...other }), async edit => {
          const plan = resealed(edited(saved, edit))
          fc.pre(plan.hash !== saved.hash)
          cases.without += 1
          const { code } = await apply(plan, '--no-file', '--expect-hash', saved.hash)
          expect({ code, writes: writesOf(bench.sandbox) }).toEqual({ code: 5, writes: [] })
        }),
        { numRuns: runs || 16, seed },
      ),
    120_000,
  )
})

test('every edit moves the hash', () =>
  onBench(async bench => {
    process.env['SHOP_GOOGLE'] = 'a-secret-of-google'
    await bench.make(await bench.file(before))
    const plan = await bench.plan(await bench.file(after))
    const still = Object.keys({ ...foreign, ...other }).filter(
      name =>
        ![
          // the order of a plan is that of its file, and it has no errors here
          'changes have another order',
          'it has no errors',
        ].includes(name) && planHash(edited(plan, { name, numbers: [0, 0, 0, 0, 0, 0] })) === plan.hash,
    )
    delete process.env['SHOP_GOOGLE']
    expect(still).toEqual([])
  }))

test('every case was tried', () =>
  count('edited-plans', {
    'an edited and resealed plan is applied beside its file': cases.beside,
    'an edited and resealed plan is applied without its file': cases.foreign,
    'an edited and resealed plan meets the reviewed hash': cases.without,
  }))
