// What is objected to is taken out of the file, and left as it is in AWS.
import type { Path } from '../model.ts'
import type { Placed } from './assign-keys.ts'
import type { Entry, Stand } from './blocks.ts'
import type { Objection } from './verify.ts'

/** Takes a setting out; answers whether anything came of it. */
export const mend = (
  { path, address, field, aside, why }: Objection,
  stands: readonly Stand[],
  entries: ReadonlyMap<Placed, Entry>,
): boolean => {
  const stand = path === undefined ? undefined : standAt(path, stands)
  const entry =
    stand?.entry ??
    [...entries.values()].find(({ placed }) => address !== undefined && placed.address === address)
  if (aside !== undefined) return entry !== undefined && leaveOut(entry, aside, why)
  const subject = stand?.field ?? entry?.placed.kind.fields.find(one => one.path === field)
  // tags carry the ownership: they are never left to others
  if (entry === undefined || subject === undefined || subject.path === entry.placed.kind.tags) return false
  const { statements } = entry
  const said = statements.stated.some(one => one.field === subject)
  const before = statements.unsaid.find(one => one.field === subject)
  if (before?.ignored || (!said && path !== undefined)) return false
  statements.stated = statements.stated.filter(one => one.field !== subject)
  statements.unsaid = [
    ...statements.unsaid.filter(one => one.field !== subject),
    // silence keeps some settings; the others have to be ignored to stay
    { field: subject, why, ignored: path === undefined || subject.unset !== 'keep' },
  ]
  return true
}

/** Leaves to others what stands in its block and nobody made. */
const leaveOut = ({ statements }: Entry, path: string, why: string): boolean => {
  if (statements.unsaid.some(one => one.field.path === path)) return false
  statements.unsaid.push({ field: { path }, why, ignored: true })
  return true
}

/** The setting at a path, or what is nearest to it. */
const standAt = (path: Path, stands: readonly Stand[]): Stand | undefined =>
  stands
    .filter(one => begins(path, one.path) || begins(one.path, path))
    .sort((a, b) => b.path.length - a.path.length)[0]

const begins = (path: Path, start: Path): boolean => start.every((part, index) => path[index] === part)
