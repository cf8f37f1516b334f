// Journeys: every state of a file follows from the one before, and the second run after each writes nothing.
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import { operationsOf } from '../../src/table/operations.ts'
import { onBench } from './run.ts'
import { goStep, needed, readJourney } from './stream.ts'

const folder = new URL('streams/', import.meta.url)
const streams = readdirSync(folder)
  .filter(name => name.endsWith('.yaml'))
  .sort()

test('there are journeys', () => expect(streams.length).toBeGreaterThan(9))

for (const stream of streams) {
  const steps = readJourney(new URL(stream, folder))
  test(`${stream.replace('.yaml', '').replaceAll('-', ' ')}: ${steps.length} steps`, () =>
    onBench(async bench => {
      for (const step of steps) await goStep(bench, step)
    }))
}

/** Actions that no journey needs, and what does. */
const elsewhere: { [action: string]: string } = {
  'cognito-identity:DeleteIdentityPool': 'cogsync destroy',
  'cognito-idp:DeleteUserPool': 'cogsync destroy',
  'cognito-idp:DeleteUserPoolReplica': 'a replica under `removed`, in replicas.test.ts',
}

test('no journey needs more than cogsync iam allows, and together they need all of it', () => {
  const declared = kinds.flatMap(kind => {
    const { reads, writes } = operationsOf(kind)
    return [...reads, ...writes, ...(kind.iam?.beside ?? []).map(({ action }) => action)]
  })
  const used = new Set(needed.flatMap(actions => [...actions]))
  expect([...new Set(declared)].filter(action => !used.has(action)).sort()).toEqual(Object.keys(elsewhere))
})
