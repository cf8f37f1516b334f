// The files that a name or a glob stands for.
import { posix, sep } from 'node:path'

/**
 * Paths from a folder, sorted, with `/` between their parts. A plain name stands for itself, whether there is such a
 * file or not: reading it says so better. Links to folders are not followed.
 */
export const configFiles = async (pattern: string, cwd: string): Promise<string[]> => {
  const { glob, isDynamicPattern } = await import('tinyglobby')
  const found = isDynamicPattern(pattern)
    ? await glob(pattern, { cwd, followSymbolicLinks: false, ignore: ['**/node_modules/**'] })
    : [pattern]
  return found.map(path => posix.normalize(path.split(sep).join('/'))).toSorted()
}
