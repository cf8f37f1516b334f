// What IAM needs to know of a kind, beside its operations.
import type { Json } from '../model.ts'
import type { Operation, Values, Where } from './kind.ts'

/** Texts by name, `*` standing for what is known only later. */
type Texts = { [name: string]: string | undefined }

/** How IAM sees a kind [SAR: the service authorization reference]. */
export interface Grants {
  /** kinds without a parent: the ARN of the one with this id or natural name; with `*`, of all */
  arn?: (id: string, where: Where, spec?: Values) => string
  /** as what IAM looks for one that does not exist, where that is another ARN */
  absent?: (name: string, where: Where) => string
  /** kinds whose operations are another service's than their parent's: what those are allowed on */
  on?: (ids: Texts, values: Texts, where: Where) => (string | undefined)[]
  /** on which condition those that write are allowed, by condition key */
  only?: { [key: string]: string }
  /** operations that cannot be allowed on one resource alone */
  anywhere?: readonly Operation[]
  /** actions that its operations need beside their own */
  beside?: readonly Beside[]
}

/** An action that some settings need beside the operations that write them. */
export interface Beside {
  action: string
  /** the settings that need it; without any it is always needed, on the resource itself */
  rows?: readonly string[]
  /** only for this value of theirs */
  when?: Json
  /** what it must be allowed on; default the ARNs of the action's own service in the settings' values */
  on?: (where: Where, values: Texts) => string
  /** the service that is handed a role */
  to?: string
  /** reading needs it too */
  reads?: true
}
