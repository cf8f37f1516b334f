// Files that the user keeps, written whole or not at all: beside the old one, flushed, then put in its place.
import { randomBytes } from 'node:crypto'
import * as node from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { runError } from '../problem.ts'
import { safe } from '../render/printable.ts'
import { diskReasons } from './files.ts'

export interface Written {
  path: string
  /** as messages call it; the path, unless given */
  name?: string
  content: string | Uint8Array
  /** of a file that is new; others keep theirs */
  mode?: number
  /** what the file must still hold; `null`: there must be none */
  was?: string | null
  /** the folder that the file must be in, once links are followed; missing folders below it are made */
  within?: string
}

/** What of the file system is used, so that a test can fill the disk. */
export type Disk = Pick<typeof node, 'access' | 'lstat' | 'mkdir' | 'open' | 'readFile' | 'rename' | 'rm'>

/**
 * Writes all of the files or, when one cannot be written, none: every one is written beside its place and flushed
 * before the first is put there. Modes are kept, and owners where the system lets us. A link is refused, whatever it
 * leads to: putting a file in its place would part the two, and writing through it would write where nobody looked.
 * Throws a `RunError`, exit 1.
 */
export const writeFiles = async (files: readonly Written[], disk: Disk = node): Promise<void> => {
  const staged: { file: Written; draft: string }[] = []
  try {
    for (const file of files)
      await orSaid(file, async () => {
        const draft = join(dirname(file.path), `.cogsync-${randomBytes(8).toString('hex')}.tmp`)
        const before = await standing(file, disk)
        staged.push({ file, draft })
        await writeDraft(draft, file, before, disk)
      })
    for (const { file, draft } of staged)
      await orSaid(file, async () => {
        await standing(file, disk)
        await disk.rename(draft, file.path)
      })
    for (const folder of new Set(files.map(({ path }) => dirname(path)))) await flushFolder(folder, disk)
  } catch (error) {
    for (const { draft } of staged) await disk.rm(draft, { force: true }).catch(() => undefined)
    throw error
  }
}

/** What stands at the place, when that may be replaced; nothing where there is nothing. */
const standing = async (file: Written, disk: Disk) => {
  const { path, was, within } = file
  if (within !== undefined) await makeFolder(path, within, disk)
  const found = await disk.lstat(path).catch(orNothing)
  if (found === undefined) {
    if (typeof was === 'string') throw refusal('it is gone by now')
    return undefined
  }
  if (found.isSymbolicLink()) throw refusal('it is a symbolic link, and links are not followed')
  if (found.isDirectory()) throw refusal('it is a folder')
  if (!found.isFile()) throw refusal('it is no ordinary file')
  if (was === null) throw refusal('there is one by now')
  // a file that may not be written may not be replaced either, though its folder would let us
  await disk.access(path, node.constants.W_OK)
  if (was !== undefined && (await disk.readFile(path, 'utf8')) !== was)
    throw refusal('somebody has changed it since it was read')
  return found
}

const makeFolder = async (path: string, within: string, disk: Disk): Promise<void> => {
  const [folder, root] = [dirname(resolve(path)), resolve(within)]
  let at = root
  for (const part of relative(root, folder)
    .split(sep)
    .filter(part => part !== '')) {
    at = join(at, part)
    const found = await disk.lstat(at).catch(orNothing)
    if (found === undefined) await disk.mkdir(at)
    else if (!found.isDirectory() || part === '..')
      throw refusal('its folder is a link or no folder, and links are not followed')
  }
}

const writeDraft = async (
  draft: string,
  { content, mode = 0o666 }: Written,
  before: Awaited<ReturnType<typeof standing>>,
  disk: Disk,
): Promise<void> => {
  // beside its place, so that a rename suffices; never an existing file, by a name that nobody can guess
  const handle = await disk.open(draft, 'wx', before === undefined ? mode : 0o600)
  try {
    await handle.writeFile(content)
    if (before !== undefined) {
      const own = await handle.stat()
      if (own.uid !== before.uid || own.gid !== before.gid)
        await handle.chown(before.uid, before.gid).catch(() => undefined)
      await handle.chmod(before.mode & 0o777)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The new name outlives a power cut, where the system can say so. */
const flushFolder = async (folder: string, disk: Disk): Promise<void> => {
  const handle = await disk.open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close().catch(() => undefined)
}

const orNothing = (error: NodeJS.ErrnoException): undefined => {
  if (error.code === 'ENOENT') return undefined
  throw error
}

const refusalName = 'Refusal'
const refusal = (why: string) => Object.assign(new Error(why), { name: refusalName })

const reasons: { [code: string]: string } = {
  ...diskReasons,
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it would be larger than the system lets a file be',
  EROFS: 'the file system is read-only',
  EACCES: 'it or its folder may not be written',
  EPERM: 'it or its folder may not be written',
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is no folder',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EBUSY: 'somebody else is using it',
  ETXTBSY: 'somebody else is using it',
  ENXIO: 'the device is gone',
}

const orSaid = async ({ name, path }: Written, write: () => Promise<void>): Promise<void> => {
  try {
    await write()
  } catch (error) {
    const { code, name: kind, message } = error as NodeJS.ErrnoException
    if (code === undefined && kind !== refusalName) throw error
    throw runError(
      {
        exit: 1,
        code: 'not-written',
        message: `could not write ${safe(name ?? path)}: ${code === undefined ? message : (reasons[code] ?? code)}; nothing was written, and what was there is unchanged`,
      },
      error,
    )
  }
}
