// A process that ends between two instructions, in process: a way to AWS that from some request on answers nobody.
import type { Aws } from '../../src/model.ts'

/** Never settles: what waits for it does not go on, and does not find out. */
const forever = new Promise<never>(() => undefined)

/**
 * A way to AWS at whose nth request (of those that count) the run ends: just before it is sent, or just after AWS acted. Whatever else
 * the run was doing ends too; what it had sent by then AWS carries out, and nobody hears of it. `killed` settles
 * when all that is over.
 */
export const killedAt = (
  aws: Aws,
  nth: number,
  when: 'before' | 'after',
  counts: (operation: string) => boolean = () => true,
): { aws: Aws; killed: Promise<string> } => {
  let sent = 0
  let dead = false
  let die: (operation: string) => void = () => undefined
  const killed = new Promise<string>(resolve => {
    die = resolve
  })
  const flying = new Set<Promise<unknown>>()
  const end = async (operation: string): Promise<void> => {
    dead = true
    await Promise.allSettled(flying)
    die(operation)
  }
  const send: Aws['send'] = async (operation, input, region) => {
    if (dead) return forever
    if (counts(operation)) sent += 1
    const mine = counts(operation) && sent === nth
    if (mine && when === 'before') {
      void end(operation)
      return forever
    }
    const answer = aws.send(operation, input, region)
    flying.add(answer)
    await answer.catch(() => undefined)
    flying.delete(answer)
    if (mine) void end(operation)
    return dead ? forever : answer
  }
  return { aws: { ...aws, send }, killed }
}
