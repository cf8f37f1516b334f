// Which differences a change of the file brings, and which are older, in words.
import type { Change, Origins, Plan } from '../model.ts'
import { changesOf } from './groups.ts'
import { safe } from './printable.ts'
import { count, wrap } from './text/wrap.ts'

/** What stands beside a resource that differed before the file was changed. */
export const resourceTag = (origins: Origins | undefined, { address }: Change): string | undefined =>
  origins?.changes[address]?.origin === 'drift' ? 'had drifted' : undefined

/** The same for one setting of a resource whose settings are of either sort. */
export const settingTag = (
  origins: Origins | undefined,
  { address }: Change,
  path: string,
): string | undefined => {
  const origin = origins?.changes[address]
  if (origin?.origin !== 'both') return undefined
  return { change: undefined, drift: 'had drifted', both: 'had drifted too' }[origin.fields[path] ?? 'change']
}

/** How many of each there are, and what is not known. */
export const originsText = (origins: Origins, plan: Plan): string[] => {
  const of = (...which: string[]) =>
    changesOf(plan).filter(({ address }) => which.includes(origins.changes[address]?.origin ?? 'change'))
      .length
  const sentence = [
    `Since ${safe(origins.commit.slice(0, 7))} the file changes ${count(of('change', 'both'), 'resource')};`,
    `${count(of('drift', 'both'), 'resource')} had drifted before.`,
    ...(origins.accepted.length > 0
      ? [
          `The file takes over ${count(origins.accepted.length, 'setting')} that had drifted: ${origins.accepted.map(({ address, path }) => safe(`${address} ${path}`)).join(', ')}.`,
        ]
      : []),
    ...origins.unknown.map(text => `Not known: ${safe(text)}.`),
  ]
  return wrap(sentence.join(' '))
}
