// Compiled code that is kept between runs, in a folder that is the user's alone.
import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import nodeModule from 'node:module'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

type Env = { [name: string]: string | undefined }

/**
 * The folder for it; `undefined` where there is none that is safe. Node's own default is below the temporary folder of
 * everybody, under a name that can be guessed: whoever is there first decides what this process runs.
 */
export const compiledFolder = (env: Env, home: string): string | undefined => {
  // a runner is new each time: writing costs more than it saves
  if (env['CI'] || env['NODE_DISABLE_COMPILE_CACHE']) return undefined
  const cache = env['XDG_CACHE_HOME'] || (home === '' ? '' : join(home, '.cache'))
  return isAbsolute(cache) ? join(cache, 'cogsync') : undefined
}

/** Whether a folder is there, or was made, that nobody else can write to. */
export const isOwn = (folder: string): boolean => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const found = lstatSync(folder)
    const uid = process.getuid?.()
    if (!found.isDirectory() || (uid !== undefined && found.uid !== uid)) return false
    if (uid !== undefined && (found.mode & 0o077) !== 0) chmodSync(folder, 0o700)
    return true
  } catch {
    return false
  }
}

/** What a command loads is compiled once and kept, where node can (22.8 and newer). */
export const keepCompiled = (env: Env): void => {
  const { enableCompileCache } = nodeModule as { enableCompileCache?: (folder: string) => unknown }
  // who has set node's own variable has chosen a folder
  const folder = env['NODE_COMPILE_CACHE'] || compiledFolder(env, homedir())
  if (enableCompileCache === undefined || folder === undefined) return
  if (env['NODE_COMPILE_CACHE'] || isOwn(folder)) enableCompileCache(folder)
}
