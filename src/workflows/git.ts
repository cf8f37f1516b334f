// The files of a commit, from the repository that a file stands in.
import { execFile } from 'node:child_process'
import { dirname, posix, relative, resolve, sep } from 'node:path'
import { promisify } from 'node:util'
import { runError } from '../problem.ts'
import type { Tree } from './baseline.ts'

const run = promisify(execFile)

/** The output of a git command in a folder; throws what git says. */
const git = async (cwd: string, ...args: string[]): Promise<string> =>
  (await run('git', ['-C', cwd, ...args], { maxBuffer: 64 * 1024 * 1024 })).stdout

const orBaseError = async <T>(ref: string, ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask()
  } catch (error) {
    const { code, stderr } = error as { code?: string | number; stderr?: string }
    const said = (stderr ?? '')
      .trim()
      .split('\n')[0]
      ?.replace(/^fatal: /, '')
    throw runError(
      {
        exit: 1,
        code: 'no-base',
        message:
          code === 'ENOENT'
            ? 'the earlier file is read with git, and there is no git here'
            : `the merge base of ${ref} and HEAD cannot be found: ${said || 'they have none'}`,
        hint: 'name a branch, tag or commit that is in this clone; a shallow clone may not reach back far enough',
      },
      error,
    )
  }
}

/** The commit that is checked out; `undefined` where there is no git, or no repository. */
export const checkedOut = async (folder: string): Promise<string | undefined> => {
  try {
    return (await git(folder, 'rev-parse', 'HEAD')).trimEnd()
  } catch {
    return undefined
  }
}

/** The commit that is checked out, and a folder's path from the top of its repository, with a `/` at its end. */
export const placeInGit = async (folder: string): Promise<{ commit: string; folder: string } | undefined> => {
  try {
    const [commit = '', prefix = ''] = (await git(folder, 'rev-parse', 'HEAD', '--show-prefix')).split('\n')
    return { commit, folder: prefix }
  } catch {
    return undefined
  }
}

/**
 * The commit where HEAD left a branch, tag or commit, and the path of a file from the top of the repository. Throws a
 * `RunError` when there is none.
 */
export const mergeBase = async (ref: string, file: string): Promise<{ tree: Tree; path: string }> => {
  const folder = dirname(resolve(file))
  const [top, commit] = await orBaseError(ref, async () => [
    (await git(folder, 'rev-parse', '--show-toplevel')).trimEnd(),
    (await git(folder, 'merge-base', '--', ref, 'HEAD')).trimEnd(),
  ])
  // git answers with the real path of the top, which a link may hide
  const prefix = (await git(folder, 'rev-parse', '--show-prefix')).trimEnd()
  return {
    path: posix.join(prefix, relative(folder, resolve(file)).split(sep).join('/')),
    tree: {
      commit: commit!,
      read: async path => {
        try {
          // a link is kept as a file that holds where it leads, and is not followed
          const [mode = ''] = (await git(top!, 'ls-tree', commit!, '--', path)).split(' ')
          return mode.startsWith('100') ? await git(top!, 'cat-file', 'blob', `${commit}:${path}`) : undefined
        } catch {
          return undefined
        }
      },
    },
  }
}
