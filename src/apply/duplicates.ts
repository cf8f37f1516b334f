// Two of one name. AWS lets two runs that begin together each make a pool, a client or an identity pool; whoever looks
// after making his own sees both.
import { isAwsError } from '../aws/errors.ts'
import { askingOnce } from '../aws/memoize.ts'
import type { Address, Aws, Outcome, Plan, Report } from '../model.ts'
import type { Kind } from '../table/kind.ts'
import { type Ids, kindNamed, twins, whereOf } from './staleness.ts'

/** What can be renamed is found by an id that AWS makes up, so that AWS lets two have one name. */
const mayBeDoubled = (kind: Kind): boolean => kind.renamable === true && kind.natural === undefined

/**
 * The outcomes, in which what was made and then was there twice has failed, with the ids. Asks for each list once, and
 * only for those in which something was made. What cannot be read is left to the next plan, which reads it too.
 */
export const withDoubles = async (
  plan: Plan,
  kinds: readonly Kind[],
  { outcomes, known }: Report,
  live: Aws,
): Promise<Outcome[]> => {
  const aws = askingOnce(live)
  return Promise.all(
    outcomes.map(async (outcome): Promise<Outcome> => {
      const kind = kindNamed(kinds, outcome.kind)
      const change = plan.changes.find(({ address }) => address === outcome.address)
      const call = change?.calls[0]
      if (change === undefined || !call?.creates || outcome.status !== 'done' || !mayBeDoubled(kind))
        return outcome
      const ids = idsIn(kind, known, outcome.address)
      const id = kind.ids.at(-1) as string
      const others = await twins(kind, { ...change, ids }, aws, whereOf(plan), ids[id]).catch(unlessAws)
      if (others.length === 0) return outcome
      const all = [ids, ...others].map(one => one[id])
      return {
        ...outcome,
        status: 'failed',
        error: {
          name: 'Ambiguous',
          message: `made, and ${all.length} of the name ${change.name} are there now, since another run made one too: ${all.join(', ')}; say with id: which one to keep, and delete what the other run does not need`,
          operation: call.operation,
        },
      }
    }),
  )
}

const idsIn = (kind: Kind, known: Report['known'], address: Address): Ids =>
  Object.fromEntries(
    kind.ids.flatMap(member => {
      const id = known[address]?.[`ids.${member}`]
      return id === undefined ? [] : [[member, id]]
    }),
  )

const unlessAws = (error: unknown): Ids[] => {
  if (isAwsError(error)) return []
  throw error
}
