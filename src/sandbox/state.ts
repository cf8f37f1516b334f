// The sandbox's state: plain JSON in memory, and in a file when one is named.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { State } from './service.ts'

export interface SavedState extends State {
  /** writes the file, if there is one, so that a crash leaves either the old or the new state */
  save(): void
  /** everything, as text */
  snapshot(): string
  /** goes back to a snapshot */
  restore(snapshot: string): void
}

/** Loads the state from `file`, or starts empty when there is no file yet. */
export function openState(file?: string): SavedState {
  let slices: Record<string, object> = file !== undefined && existsSync(file) ? loadSlices(file) : {}
  return {
    slice<T extends object>(service: string, initial: () => T): T {
      slices[service] ??= initial()
      return slices[service] as T
    },
    save() {
      if (file === undefined) return
      const draft = `${file}.${process.pid}.tmp`
      writeFileSync(draft, `${JSON.stringify(slices, null, 2)}\n`, { mode: 0o600 })
      renameSync(draft, file)
    },
    snapshot: () => JSON.stringify(slices),
    restore(snapshot) {
      slices = JSON.parse(snapshot)
    },
  }
}

function loadSlices(file: string): Record<string, object> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new Error(`${file} does not hold the state of a sandbox`, { cause })
  }
}
