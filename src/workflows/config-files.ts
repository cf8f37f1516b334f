// The files that a name or a glob stands for.
import { realpathSync } from 'node:fs'
import { posix, relative, resolve, sep } from 'node:path'
import { runError } from '../problem.ts'
import { hiddenPart } from '../spec/read/secret-sources.ts'

/** A part that begins with a dot, also inside braces, brackets and alternatives: `{.git,a}`, `@(.env|b)`, `[.]git`. */
const namesHidden = (pattern: string): boolean =>
  pattern
    .replace(/\\(?=.)/g, '')
    .split('/')
    .some(part => part !== '.' && part !== '..' && /(^|[{(|,[!^])\.(?!\.?([/}|,)]|$))/.test(part))

const isHidden = (path: string, cwd: string): boolean => {
  if (hiddenPart(path) !== undefined) return true
  try {
    return (
      hiddenPart(relative(realpathSync.native(cwd), realpathSync.native(resolve(cwd, path)))) !== undefined
    )
  } catch {
    return false
  }
}

/**
 * Paths from a folder, sorted, with `/` between their parts. A plain name stands for itself, whether there is such a
 * file or not: reading it says so better. Links to folders are not followed, and what is hidden is not found: a glob
 * that names it is refused with a `RunError`, exit 1.
 */
export const configFiles = async (pattern: string, cwd: string): Promise<string[]> => {
  const { glob, isDynamicPattern } = await import('tinyglobby')
  const path = (file: string) => posix.normalize(file.split(sep).join('/'))
  if (!isDynamicPattern(pattern)) return [path(pattern)]
  if (namesHidden(pattern))
    throw runError({
      exit: 1,
      code: 'hidden-files',
      message: `the glob ${pattern} names files whose path has a part that begins with a dot, and those are not read`,
      hint: 'name one such file by its whole path, without a glob',
    })
  const found = await glob(pattern, { cwd, followSymbolicLinks: false, ignore: ['**/node_modules/**'] })
  return found
    .map(path)
    .filter(file => !isHidden(file, cwd))
    .toSorted()
}
