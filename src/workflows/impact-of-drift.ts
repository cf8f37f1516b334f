// What somebody's change of AWS did to people: the plan says it of the repair, which goes the other way.
import { kinds } from '../kinds/index.ts'
import type { Change, Impact } from '../model.ts'

/** The impacts of a change as it happened, from what the file says to what AWS has. */
export const driftImpact = ({ kind, action, fields, impact }: Change): Impact[] => {
  const rows = new Map(kinds.find(({ name }) => name === kind)?.fields.map(row => [row.path, row]))
  const done = fields.flatMap(({ path, before, after }) => rows.get(path)?.impact?.(after, before) ?? [])
  // what was exchanged for another serves nobody who used the first
  return [...new Set([...done, ...(action === 'replace' ? impact : [])])]
}
