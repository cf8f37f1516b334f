// Where a plan may be saved, and how a saved one is read as text.
import { lstatSync } from 'node:fs'
import { readOrdinary } from './files.ts'

/** Far more than the plan of any file that is read. */
const mostBytes = 256 * 1024 * 1024

/** The text of a plan file; throws, with a reason, when it is no ordinary file that can be read. */
export const planText = (path: string): string => readOrdinary(path, mostBytes).toString('utf8')

/** Why nothing may be saved there; `undefined` where nothing is, or an empty file, or a plan of whatever version. */
export const whyNoPlace = (path: string): string | undefined => {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return undefined
  if (found.isSymbolicLink()) return 'it is a symbolic link, and links are not followed'
  if (found.isDirectory()) return 'it is a folder'
  if (!found.isFile()) return 'it is no ordinary file'
  return found.size === 0 || isPlan(path) ? undefined : 'it is a file that holds no plan'
}

const isPlan = (path: string): boolean => {
  try {
    const { format, tool, hash, changes } = JSON.parse(planText(path)) as { [member: string]: unknown }
    return (
      typeof format === 'number' &&
      typeof tool === 'string' &&
      typeof hash === 'string' &&
      Array.isArray(changes)
    )
  } catch {
    return false
  }
}
