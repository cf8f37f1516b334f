// Settings that are the bytes of a file of the repository.
import { z } from 'zod'
import type { JsonObject, Term } from '../model.ts'

/** `${file:logo.png}`: the reader turns it into a term that stands for the file's bytes. */
export const file = () =>
  z
    .string()
    .regex(/^\$\{file:[^}]+\}$/, 'must be a file, such as ${file:logo.png}')
    .meta({ file: true })

export interface FileTerm {
  /** its path; empty for bytes that only AWS has */
  $file: string
  sha256: string
  /** in bytes */
  size: number
}

export const isFile = (term: unknown): term is FileTerm & JsonObject =>
  typeof term === 'object' && term !== null && '$file' in term

/** Bytes that AWS has and does not give back. */
export const unknownFile = (): FileTerm & JsonObject => ({ $file: '', sha256: '', size: 0 })

/** For comparing: what the bytes are, wherever they come from. */
export const unnamed = (term: Term | undefined): Term | undefined =>
  isFile(term) ? { ...term, $file: '' } : term
