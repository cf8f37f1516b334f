// The sandbox's state: plain JSON in memory, and in a file when one is named.
import type { DataFile } from './data-file.ts'
import type { State } from './service.ts'
import { makeTable, parseBare } from './table.ts'

export interface SavedState extends State {
  /** writes the file, if there is one; when that fails, what was not saved is taken back, and it throws */
  save(): void
  /** everything, as text */
  snapshot(): string
  /** goes back to a snapshot */
  restore(snapshot: string): void
}

/** The state that `file` holds, or an empty one. */
export function openState(file?: DataFile): SavedState {
  let slices = readSlices(file?.load() ?? '{}')
  let saved = JSON.stringify(slices)
  return {
    slice<T extends object>(service: string, initial: () => T): T {
      slices[service] ??= initial()
      return slices[service] as T
    },
    save() {
      if (file === undefined) return
      const next = JSON.stringify(slices)
      try {
        file.save(next)
        saved = next
      } catch (error) {
        slices = readSlices(saved)
        throw error
      }
    },
    snapshot: () => JSON.stringify(slices),
    restore(snapshot) {
      slices = readSlices(snapshot)
    },
  }
}

function readSlices(text: string): Record<string, object> {
  return makeTable(parseBare(text) as Record<string, object>)
}
