// References that go in a circle: nothing of it could be made first.
import type { Address, Desired } from '../../model.ts'
import { refsIn } from '../read/terms.ts'

/** More than anybody reads; each may be as long as the file. */
const mostCycles = 100

/** The cycles among resources, each once, beginning at its first resource of the file. */
export const findCycles = (resources: readonly Desired[]): Address[][] => {
  const byAddress = new Map(resources.map(resource => [resource.address, resource]))
  const needs = new Map<Address, Address[]>()
  for (const { address, parent, spec, existing } of resources) {
    const refs = existing === undefined ? refsIn(spec) : new Set<Address>()
    if (parent !== undefined) refs.add(parent)
    // what exists already can be referred to by anything
    needs.set(
      address,
      [...refs].filter(ref => byAddress.get(ref)?.existing === undefined),
    )
  }
  const [done, cycles] = [new Set<Address>(), [] as Address[][]]
  const depth = new Map<Address, number>()
  for (const start of needs.keys())
    if (!done.has(start) && cycles.length < mostCycles) visit(start, needs, depth, done, cycles)
  return cycles
}

/** Depth first, without recursion: chains may be as long as the file. `depth`: of what is on the trail. */
const visit = (
  start: Address,
  needs: Map<Address, Address[]>,
  depth: Map<Address, number>,
  done: Set<Address>,
  cycles: Address[][],
): void => {
  const trail: { address: Address; next: number }[] = [{ address: start, next: 0 }]
  depth.set(start, 0)
  for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
    const need = needs.get(top.address)?.[top.next++]
    if (need === undefined) {
      trail.pop()
      depth.delete(top.address)
      done.add(top.address)
    } else if (depth.has(need)) {
      if (cycles.length < mostCycles) cycles.push(trail.slice(depth.get(need)).map(({ address }) => address))
    } else if (!done.has(need)) {
      depth.set(need, trail.length)
      trail.push({ address: need, next: 0 })
    }
  }
}
