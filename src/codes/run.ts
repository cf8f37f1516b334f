// The codes of running: COG4xxx.
import type { Code } from './code.ts'

export const runCodes: { [code: string]: Code } = {}
