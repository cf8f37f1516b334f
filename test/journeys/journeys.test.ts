// Journeys: every state of a file follows from the one before, and the second run after each writes nothing.
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { onBench } from './run.ts'
import { goStep, readJourney } from './stream.ts'

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
