// cogsync schema: the JSON Schema of the file, for editors.
import { safeJson } from '../../render/printable.ts'
import { exits } from '../exit.ts'
import type { Run } from '../session.ts'

export const run: Run = async session => {
  session.print(`${safeJson(await session.parts.schema())}\n`)
  return exits.ok
}
