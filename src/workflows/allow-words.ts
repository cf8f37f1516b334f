// The words that let through what is refused otherwise: of the command line, the action and their documents alike.
import type { Impact } from '../model.ts'

/** Impacts that can be refused, in the order of the documents. */
export const gates = [
  'login-breaking',
  'security-loosening',
  'security-tightening',
  'cost',
  'irreversible',
  'secret-flow',
] as const satisfies readonly Impact[]

/** Every word of `--allow` and of the input `allow`. */
export const allowWords = ['restore-defaults', 'replace-domain', 'rename', 'mass-change', ...gates] as const

export type AllowWord = (typeof allowWords)[number]
