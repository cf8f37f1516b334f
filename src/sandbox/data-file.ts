// The file in which a sandbox keeps what it holds. It carries a mark of its own: nothing else is read or overwritten.
import { createHash, randomUUID } from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import type { Json, Members } from './service.ts'
import { lookUp, makeTable } from './table.ts'

export interface DataFile {
  /** the state that it held when it was opened, as text; none when there was no file */
  load(): string | undefined
  /** replaces the whole file, so that a crash leaves the old or the new one; throws in words */
  save(state: string): void
}

/** It grows when files of before can no longer be read. */
const format = 1

/** Why a file cannot hold the state: for people, without a stack. */
function dataError(file: string, why: string, cause?: unknown): Error {
  const message = `${file} cannot be used as a data file: ${why}`
  return Object.assign(new Error(message, { cause }), { code: 'ERR_SANDBOX_DATA' })
}

export function isDataError(thrown: unknown): boolean {
  return (thrown as { code?: unknown } | null)?.code === 'ERR_SANDBOX_DATA'
}

/** Checks that a file is a sandbox's own, or that there is none and one can be made. Writes nothing. */
export function openDataFile(file: string): DataFile {
  const { path, there } = find(file)
  const state = there === undefined ? undefined : readState(file, path)
  attempt(file, () => accessSync(dirname(path), constants.W_OK | constants.X_OK))
  let last = there
  return {
    load: () => state,
    save(state) {
      const now = attempt(file, () => statSync(path, { throwIfNoEntry: false }))
      if (now !== undefined && !isSame(now, last))
        throw dataError(file, 'something else has written to it meanwhile')
      attempt(file, () => replace(path, write(state)))
      last = attempt(file, () => statSync(path))
    },
  }
}

/** Where the file is, links followed, and what stands there. */
function find(file: string): { path: string; there?: Stats } {
  const link = attempt(file, () => lstatSync(file, { throwIfNoEntry: false }))
  if (link === undefined) return { path: file }
  const there = attempt(file, () => statSync(file, { throwIfNoEntry: false }))
  if (there === undefined) throw dataError(file, 'it is a link to nothing')
  const path = attempt(file, () => realpathSync(file))
  if (!there.isFile()) throw dataError(file, `it is ${there.isDirectory() ? 'a folder' : 'no regular file'}`)
  return { path, there }
}

function isSame(now: Stats, last: Stats | undefined): boolean {
  return now.ino === last?.ino && now.mtimeMs === last.mtimeMs && now.size === last.size
}

/** The file's text for a state. The digest guards against accidents: edits, merges, halves. */
function write(state: string): string {
  return `{\n"cogsync": "sandbox",\n"format": ${format},\n"digest": "${digest(state)}",\n"state": ${state}\n}\n`
}

function digest(state: string): string {
  return createHash('sha256').update(state).digest('hex')
}

function readState(file: string, path: string): string {
  const value = parse(
    file,
    attempt(file, () => readFileSync(path, 'utf8')),
  )
  const foreign = 'it holds something else, and the sandbox overwrites nothing but its own'
  if (!isObject(value) || lookUp(value, 'cogsync') !== 'sandbox') throw dataError(file, foreign)
  const { format: written, digest: sealed, state } = value
  if (written !== format)
    throw dataError(file, `its format is ${JSON.stringify(written)}, and this version reads ${format}`)
  const text = JSON.stringify(state)
  if (!isObject(state) || typeof sealed !== 'string' || sealed !== digest(text))
    throw dataError(file, 'it is not as the sandbox saved it')
  for (const [service, slice] of Object.entries(state)) checkSlice(file, service, slice)
  return text
}

/** What a service's state is called inside its slice, and how many levels of tables a slice has at least. */
const slices: Record<string, [inside: string | undefined, levels: number]> = makeTable({
  'cognito-idp': [undefined, 4],
  'cognito-identity': ['places', 3],
  iam: ['accounts', 2],
  lambda: ['places', 3],
  secretsmanager: ['places', 3],
  ssm: ['places', 3],
  wafv2: ['places', 3],
})

function checkSlice(file: string, service: string, slice: Json): void {
  const [inside, levels] = slices[service] ?? []
  const isWhole = isObject(slice) && (inside === undefined || lookUp(slice, inside) !== undefined)
  if (levels === undefined || !isWhole || !hasTables(slice, levels))
    throw dataError(file, `what it says of ${JSON.stringify(service)} is no state of a sandbox`)
}

function hasTables(value: Json, levels: number): boolean {
  if (!isObject(value)) return false
  return levels === 0 || Object.values(value).every(each => hasTables(each, levels - 1))
}

function parse(file: string, text: string): Json {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const why = text === '' ? 'it is empty' : 'it is no whole JSON document'
    throw dataError(file, why, cause)
  }
}

function isObject(value: Json | undefined): value is Members {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** A draft beside the file, readable by its owner only, takes the file's place. */
function replace(path: string, text: string): void {
  const draft = `${path}.${randomUUID()}.tmp`
  try {
    const to = openSync(draft, 'wx', 0o600)
    try {
      writeFileSync(to, text)
      fsyncSync(to)
    } finally {
      closeSync(to)
    }
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

const words: Record<string, string> = makeTable({
  EACCES: 'permission denied',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'it would be too large',
  EISDIR: 'it is a folder',
  ELOOP: 'it is a link to itself',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'there is no such folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'its folder is no folder',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
})

/** What the disk refuses, in words. */
function attempt<T>(file: string, act: () => T): T {
  try {
    return act()
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException
    throw dataError(file, words[code] ?? `the disk answered ${code || 'with an error'}`, cause)
  }
}
