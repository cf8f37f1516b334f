// Which operations the kinds declare: what must be bundled, described and permitted.
import { isBodyWriter, type Kind, type Operation } from './kind.ts'

/** The operations that read a kind, and those that change it, waits included. */
export const operationsOf = (kind: Kind): { reads: Operation[]; writes: Operation[] } => {
  const waits = [
    kind.create?.until,
    kind.remove?.until,
    ...kind.writers.map(writer => ('until' in writer ? writer.until : undefined)),
  ]
  return {
    reads: [
      ...kind.read.operations,
      ...(kind.read.tagged?.operations ?? []),
      ...waits.flatMap(wait => (wait === undefined ? [] : [wait.operation])),
    ],
    writes: [
      ...(kind.create === undefined ? [] : [kind.create.operation]),
      ...kind.writers.flatMap(writer => {
        if (isBodyWriter(writer))
          return [writer.operation, ...(writer.clear === undefined ? [] : [writer.clear.operation])]
        return [writer.put.operation, ...(writer.remove === undefined ? [] : [writer.remove.operation])]
      }),
      ...(kind.restart === undefined ? [] : [kind.restart.operation]),
      ...(kind.remove === undefined ? [] : [kind.remove.operation]),
      ...(kind.untag === undefined ? [] : [kind.untag.operation]),
    ],
  }
}
