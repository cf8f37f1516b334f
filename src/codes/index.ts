// Every diagnostic code, with its explanation; a test holds this against the source, both ways.
import type { Code } from './code.ts'
import { fileCodes } from './file.ts'
import { planCodes } from './plan.ts'
import { rulesCodes } from './rules.ts'
import { runCodes } from './run.ts'

export const codes: { [code: string]: Code } = { ...fileCodes, ...rulesCodes, ...planCodes, ...runCodes }
