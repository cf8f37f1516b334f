// Files of the repository: texts, bytes and digests of what is below a folder.
import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { type Digest, digestOf } from '../aws/digest.ts'
import { hiddenPart } from '../spec/read/secret-sources.ts'

/** More than any message or document that AWS takes. */
const maxTextBytes = 1024 * 1024
/** More than any image that AWS takes, so that a rule can say how large one may be. */
const maxBytes = 16 * maxTextBytes

/**
 * Reads files below a folder, and nothing outside it and nothing hidden, symbolic links included. Throws, with a
 * reason that names no place of the machine, for what is missing, no ordinary file, or larger than `most` bytes.
 */
export const bytesReader =
  (folder: string, most = maxBytes) =>
  (path: string): Buffer => {
    const root = realPath(folder)
    const named = isAbsolute(path) ? relative(root, resolve(path)) : path
    if (hiddenPart(named) !== undefined) throw new Error(hidden)
    const real = orReason(() => realPath(resolve(root, path)))
    if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) throw new Error('it is outside the folder')
    if (hiddenPart(relative(root, real)) !== undefined) throw new Error(hidden)
    return readOrdinary(real, most)
  }

/**
 * Reads an ordinary file of at most `most` bytes, whatever it says its size is. Throws, with a reason, for anything
 * else: a pipe would keep the reader waiting, and a device may never end.
 */
export const readOrdinary = (path: string, most: number): Buffer => {
  // without waiting for somebody at the other end of a pipe
  const file = orReason(() => openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)))
  try {
    const found = orReason(() => fstatSync(file))
    if (found.isDirectory()) throw new Error('it is a folder')
    if (!found.isFile()) throw new Error('it is no ordinary file')
    if (found.size > most) throw new Error(`it has ${found.size} bytes, and at most ${most} are read`)
    return orReason(() => readUpTo(file, found.size, most))
  } finally {
    closeSync(file)
  }
}

/** Files of `/proc` have no size and may have no end. */
const readUpTo = (file: number, size: number, most: number): Buffer => {
  const chunks: Buffer[] = []
  let total = 0
  for (;;) {
    const chunk = Buffer.alloc(Math.max(64 * 1024, Math.min(size - total + 1, most)))
    const read = readSync(file, chunk)
    if (read === 0) return Buffer.concat(chunks, total)
    chunks.push(chunk.subarray(0, read))
    total += read
    if (total > most) throw new Error(`it has more than the ${most} bytes that are read`)
  }
}

/** Reads texts like `bytesReader`; throws as well for what is not UTF-8. */
export const textReader = (folder: string) => {
  const read = bytesReader(folder, maxTextBytes)
  return (path: string): string => {
    const bytes = read(path)
    const text = bytes.toString('utf8')
    if (!Buffer.from(text).equals(bytes)) throw new Error('it is not UTF-8')
    return text
  }
}

/** The hash and the size of files like `bytesReader`. */
export const fileDigest = (folder: string) => {
  const read = bytesReader(folder)
  return (path: string): Digest => digestOf(read(path))
}

const hidden = 'a part of its path begins with a dot'

/** As the system spells it: other systems know one file by several names, such as `GIT~1`. */
const realPath = (path: string): string => realpathSync.native(path)

/** Notes where files are read: below a folder, by names as they stand in the file. */
export const noting = (cwd: string, folder: string) => {
  const noted = new Set<string>()
  const note = (path: string) => {
    noted.add(relative(cwd, path))
    noted.add(relative(realPath(cwd), realPath(path)))
  }
  return {
    note,
    after:
      <T>(readIt: (name: string) => T) =>
      (name: string): T => {
        const read = readIt(name)
        note(resolve(folder, name))
        return read
      },
    files: () => [...noted].map(path => path.split(sep).join('/')).toSorted(),
  }
}

/** Errors of the system that mean the same in reading and in writing, in words. */
export const diskReasons: { [code: string]: string } = {
  EISDIR: 'it is a folder',
  EIO: 'the disk reports an error',
  ELOOP: 'its symbolic links go round in a circle',
  ENAMETOOLONG: 'its name is too long',
}

const reasons: { [code: string]: string } = {
  ...diskReasons,
  ENOENT: 'it does not exist',
  ENOTDIR: 'it does not exist',
  EACCES: 'it may not be read',
  EPERM: 'it may not be read',
  ENXIO: 'it is no ordinary file',
}

const orReason = <T>(read: () => T): T => {
  try {
    return read()
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === undefined) throw cause
    throw Object.assign(new Error(reasons[code] ?? code, { cause }), { code })
  }
}
