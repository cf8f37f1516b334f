// Statements of an IAM policy: made, and packed into few.

export interface Statement {
  Sid: string
  Effect: 'Allow'
  Action: string[]
  Resource: string | string[]
  Condition?: { [operator: string]: { [key: string]: string | string[] } }
}

/** What a statement allows; without an action or a resource it allows nothing. */
export interface Allowed {
  sid: string
  actions: readonly string[]
  on: readonly string[]
  condition?: Statement['Condition']
}

/**
 * The statements, without those that allow nothing; of one name, what is allowed on the same things under the same
 * conditions stands together. Everything is sorted, so that the same file gives the same text.
 */
export const packed = (all: readonly Allowed[]): Statement[] => {
  const groups = new Map<string, Allowed[]>()
  for (const one of all) {
    if (one.actions.length === 0 || one.on.length === 0) continue
    const key = JSON.stringify([one.sid, sorted(one.on), one.condition])
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()].map(group => {
    const [{ sid, on, condition }] = group as [Allowed, ...Allowed[]]
    const resources = sorted(on)
    return {
      Sid: sid,
      Effect: 'Allow',
      Action: sorted(group.flatMap(({ actions }) => actions)),
      Resource: resources.length === 1 ? (resources[0] as string) : resources,
      ...(condition && { Condition: condition }),
    }
  })
}

const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].sort()
