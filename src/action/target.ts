// The files that a run is about: one, or all that a glob names. Each has a key of its own.
import { createHash } from 'node:crypto'
import { posix, relative, resolve, sep } from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'
import type { Inputs } from './inputs.ts'

export interface Target {
  /** from the working directory */
  config: string
  /** from the workspace, which is the top of the repository */
  path: string
  /** the same for the same file, environment, label and Region; tells comments and issues apart */
  key: string
}

const keyOf = (parts: readonly (string | undefined)[]): string =>
  createHash('sha256')
    .update(JSON.stringify(parts.map(part => part ?? '')))
    .digest('hex')
    .slice(0, 16)

const unix = (path: string): string => path.split(sep).join('/')

/** Sorted by path. A plain name is a target even when there is no such file: reading it says so better. */
export const findTargets = async (inputs: Inputs, workspace: string): Promise<Target[]> => {
  const cwd = resolve(workspace, inputs.workingDirectory)
  const { config, environment, label, region } = inputs
  const found = isDynamicPattern(config)
    ? await glob(config, { cwd, followSymbolicLinks: false, ignore: ['**/node_modules/**'] })
    : [config]
  return found
    .map(each => {
      const path = unix(relative(workspace, resolve(cwd, each)))
      return { config: posix.normalize(unix(each)), path, key: keyOf([path, environment, label, region]) }
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}
