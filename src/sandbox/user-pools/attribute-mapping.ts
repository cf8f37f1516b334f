// Which attributes of a user pool an identity provider may fill.
import type { Members } from '../service.ts'
import { readText } from './members.ts'
import { invalid, type Pool } from './store.ts'

/** `username` is no attribute of the schema but the name that a federated user gets. */
const userName = 'username'

/**
 * An attribute that is not in the schema is refused [REC: aws-cli 9729, 2025-09]. A mapped attribute must be mutable
 * [documented]; in which words AWS refuses an immutable one is not recorded.
 */
export function checkMapping(pool: Pool, mapping: Members): void {
  const mutable = pool.schema
    .filter(attribute => attribute.Mutable === true)
    .map(attribute => readText(attribute.Name) ?? '')
  const bad = Object.keys(mapping).filter(name => name !== userName && !mutable.includes(name))
  if (bad.length > 0) throw invalid(`AttributeMapping contains invalid mapping: [${bad.join(', ')}]`)
}
