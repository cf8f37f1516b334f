// Files of the repository: texts, bytes and digests of what is below a folder.
import { readFileSync, realpathSync, statSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { type Digest, digestOf } from './aws/digest.ts'

/** More than any message or document that AWS takes. */
const maxTextBytes = 1024 * 1024
/** More than any image that AWS takes, so that a rule can say how large one may be. */
const maxBytes = 16 * maxTextBytes

/**
 * Reads files below a folder, and nothing outside it, symbolic links included. Throws, with a reason that names no
 * place of the machine, for what is missing, no ordinary file, or larger than `most` bytes.
 */
export const bytesReader =
  (folder: string, most = maxBytes) =>
  (path: string): Buffer => {
    const root = realpathSync(folder)
    const real = orReason(() => realpathSync(resolve(root, path)))
    if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) throw new Error('it is outside the folder')
    // a pipe would keep the reader waiting, and a device may never end
    const found = orReason(() => statSync(real))
    if (!found.isFile()) throw new Error('it is no file')
    if (found.size > most) throw new Error(`it has ${found.size} bytes, and at most ${most} are read`)
    return orReason(() => readFileSync(real))
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

/** Notes where files are read: below a folder, by names as they stand in the file. */
export const noting = (cwd: string, folder: string) => {
  const noted = new Set<string>()
  const note = (path: string) => {
    noted.add(relative(cwd, path))
    const [from, to] = [cwd, path].map(one => realpathSync(one))
    noted.add(relative(from!, to!))
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

const reasons: { [code: string]: string } = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'it does not exist',
  EACCES: 'it may not be read',
  ELOOP: 'its symbolic links go round in a circle',
  ENAMETOOLONG: 'its name is too long',
}

const orReason = <T>(read: () => T): T => {
  try {
    return read()
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException
    throw new Error(reasons[code] ?? code, { cause })
  }
}
