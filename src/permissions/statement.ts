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
 * The statements, without those that allow nothing. Of one name, the same actions stand together, and so does what
 * is allowed on the same things. Everything is sorted, so that the same file gives the same text.
 */
export const packed = (all: readonly Allowed[]): Statement[] => {
  const some = all.filter(one => one.actions.length > 0 && one.on.length > 0)
  const joined = grouped(some, ({ sid, actions, condition }) => [sid, sorted(actions), condition])
  return grouped(joined, ({ sid, on, condition }) => [sid, sorted(on), condition]).map(
    ({ sid, actions, on, condition }) => ({
      Sid: sid,
      Effect: 'Allow',
      Action: sorted(actions),
      Resource: on.length === 1 ? (on[0] as string) : sorted(on),
      ...(condition && { Condition: condition }),
    }),
  )
}

/** What is alike in all but its actions, or all but its resources, as one. */
const grouped = (all: readonly Allowed[], alike: (one: Allowed) => unknown): Allowed[] =>
  all.reduce<Allowed[]>((groups, one) => {
    const index = groups.findIndex(other => JSON.stringify(alike(other)) === JSON.stringify(alike(one)))
    const other = groups[index]
    if (other === undefined) return [...groups, one]
    const both = {
      ...other,
      actions: sorted([...other.actions, ...one.actions]),
      on: sorted([...other.on, ...one.on]),
    }
    return groups.with(index, both)
  }, [])

const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].sort()

/** The service of an action: `cognito-idp` of `cognito-idp:CreateUserPool`. */
export const serviceOf = (action: string): string => action.slice(0, action.indexOf(':'))

/** A name as part of a statement's own, which begins with a capital. */
export const capital = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}`
