// How many cases of a class of faults were tried: said in the output, and kept for docs/reliability.md.
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'

/** Compares the counts with those of the last time; `npm test -- -u` takes the new ones. More than usual is only said. */
export const count = async (faults: string, cases: { [what: string]: number }): Promise<void> => {
  const total = Object.values(cases).reduce((sum, one) => sum + one, 0)
  console.info(`${faults}: ${total} cases`)
  if (process.env['COGSYNC_PROPERTY_RUNS'] !== undefined) return
  const kept = fileURLToPath(new URL(`counts/${faults}.json`, import.meta.url))
  await expect(`${JSON.stringify(cases, null, 2)}\n`).toMatchFileSnapshot(kept)
}
