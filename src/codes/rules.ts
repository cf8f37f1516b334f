// The codes of rules that AWS would enforce: COG2xxx.
import type { Code } from './code.ts'

export const rulesCodes: { [code: string]: Code } = {}
