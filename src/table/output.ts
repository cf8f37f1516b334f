// What an app, or another tool, needs to know of a resource that exists: rows of `cogsync outputs`.
import type { Json, JsonObject } from '../model.ts'
import type { Operation, Values, Where } from './kind.ts'

/** One resource as AWS has it. Lists stand in the order of the file, as far as the file states them. */
export interface View {
  /** an attribute that references may end in */
  attribute(name: string): string | undefined
  values: Values
  /** what was read, with what is no setting */
  wire: JsonObject
  where: Where
  parent?: View
}

/**
 * One row. The name is camelCase and says by itself what it is, since `CUSTOMERS_USER_POOL_ID` and
 * `customers_user_pool_id` are made of it and the keys of the file. The title is for people.
 */
export type Output = { name: string; title: string } & (
  | { attribute: string }
  | { value: (view: View) => string | undefined }
  /** read only when it is asked for: a member of what an operation on the resource's ids answers */
  | { secret: { operation: Operation; path: string } }
)

/** Members of the `auth` section of amplify_outputs.json that a kind can fill in. */
export type AmplifyMembers = { [member: string]: (view: View) => Json | undefined }

/** The value of a setting that is a text. */
export const textOf = (view: View | undefined, field: string): string | undefined => {
  const value = view?.values[field]
  return typeof value === 'string' ? value : undefined
}

/** The value of a setting that is a list of texts. */
export const listOf = (view: View, field: string): string[] => {
  const value = view.values[field]
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : []
}
