// What calls do to resources, by the tables: which operations make one, and which take one away.
import { kinds } from '../kinds/index.ts'

/** Operations that make a resource. */
export const creations: ReadonlySet<string> = new Set(
  kinds.flatMap(({ create }) => (create === undefined ? [] : [create.operation])),
)

/** Operations that take a resource away. */
export const removals: ReadonlySet<string> = new Set(
  kinds.flatMap(({ remove }) => (remove === undefined ? [] : [remove.operation])),
)
