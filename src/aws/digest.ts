// What stands for bytes: how many they are, and their hash.
import { createHash } from 'node:crypto'

export interface Digest {
  /** in hex */
  sha256: string
  /** in bytes */
  size: number
}

export const digestOf = (bytes: Uint8Array): Digest => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  size: bytes.length,
})

/** The term for bytes that AWS answered with, as base64. */
export const heldBytes = (base64: string): { $file: string; sha256: string; size: number } => ({
  $file: '',
  ...digestOf(Buffer.from(base64, 'base64')),
})
