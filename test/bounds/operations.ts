// How much work something is, counted and not timed: how often each block of code ran, as V8 counts for coverage.
import { Session } from 'node:inspector/promises'

/** The code that is counted: ours, and what reads files for us. */
const isCounted = (url: string): boolean =>
  /\/src\/|\/node_modules\/(yaml|zod|fastest-levenshtein)\//.test(url)

const session = new Session()
let isOpen = false

/** How many times the blocks of the counted code ran. */
export const operationsOf = async (work: () => unknown): Promise<number> => {
  if (!isOpen) session.connect()
  isOpen = true
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  await work()
  const { result } = await session.post('Profiler.takePreciseCoverage')
  await session.post('Profiler.stopPreciseCoverage')
  let total = 0
  for (const { url, functions } of result)
    if (isCounted(url)) for (const { ranges } of functions) for (const { count } of ranges) total += count
  return total
}
