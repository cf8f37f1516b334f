// The files that a run is about: one, or all that a glob names. Each has a key of its own.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { configFiles } from '../workflows/config-files.ts'
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

/** Those that there are, sorted by path. */
export const findTargets = async (inputs: Inputs, workspace: string): Promise<Target[]> => {
  const cwd = resolve(workspace, inputs.workingDirectory)
  const { environment, label, region } = inputs
  return (await configFiles(inputs.config, cwd))
    .filter(config => existsSync(resolve(cwd, config)))
    .map(config => {
      const path = relative(workspace, resolve(cwd, config)).split(sep).join('/')
      return { config, path, key: keyOf([path, environment, label, region]) }
    })
}
