// A process that ends between two instructions, in process: a way to AWS that from some request on answers nobody.
import type { Aws } from '../../src/model.ts'

/** Never settles: what waits for it does not go on, and does not find out. */
const forever = new Promise<never>(() => undefined)

/**
 * A way to AWS at whose nth request the run ends: just before it is sent, or just after AWS acted. Whatever else
 * the run was doing ends too. `killed` settles then.
 */
export const killedAt = (
  aws: Aws,
  nth: number,
  when: 'before' | 'after',
): { aws: Aws; killed: Promise<string> } => {
  let sent = 0
  let dead = false
  let die: (operation: string) => void = () => undefined
  const killed = new Promise<string>(resolve => {
    die = resolve
  })
  const send: Aws['send'] = async (operation, input) => {
    if (dead) return forever
    sent += 1
    const mine = sent === nth
    if (mine && when === 'before') dead = true
    const answer = dead ? forever : aws.send(operation, input)
    if (mine) {
      if (!dead) await answer.catch(() => undefined)
      dead = true
      die(operation)
    }
    const output = await answer
    return dead ? forever : output
  }
  return { aws: { ...aws, send }, killed }
}
