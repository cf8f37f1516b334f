// The codes of planning: COG3xxx.
import type { Code } from './code.ts'

export const planCodes: { [code: string]: Code } = {}
