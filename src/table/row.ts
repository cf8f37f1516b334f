// How a table's rows are written: the compiler checks each wire against the requests of the kind.
import type { Field } from './kind.ts'
import { lazily } from './schemas.ts'

/** A row whose `wire` must be one of the dotted members `Wire`; returns the row, its schema built only once. */
export const rows =
  <Wire extends string>() =>
  (row: Omit<Field, 'wire'> & { wire: Wire | readonly Wire[] }): Field => ({
    ...row,
    schema: lazily(row.schema),
  })
