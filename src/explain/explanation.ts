// What `cogsync explain` answers.
import type { JsonObject } from '../model.ts'

/** One line of a block: a setting, a block inside it, or what any resource may have. */
export interface Line {
  key: string
  text: string
}

export type Explanation =
  | {
      is: 'setting'
      /** as it stands in a file, with `<key>` for the keys that are anybody's */
      path: string
      /** what it is a setting of: `user pool` */
      of: string
      doc: string
      /** what may be written, in words */
      type: string
      /** the same as a JSON Schema */
      schema: JsonObject
      /** what leaving it out means */
      silence?: string
      /** what else to know of its value */
      notes: string[]
      /** what a change does, and what it cannot do */
      changes: string[]
      /** other settings that must be stated with it */
      together?: string[]
      /** AWS's name */
      member?: string
      /** what was asked for stands inside the setting */
      inside?: { path: string; type: string }
      example?: string
    }
  | {
      is: 'block'
      path: string
      title: string
      doc: string
      /** what references to it may end in */
      attributes: string[]
      settings: Line[]
      blocks: Line[]
      /** settings that any resource may have */
      common: Line[]
    }
  | { is: 'code'; code: string; title: string; explain: string }
  /** several settings are called that */
  | { is: 'several'; path: string; candidates: Line[] }
  | { is: 'unknown'; path: string; hint?: string }
