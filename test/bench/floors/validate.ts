// The least that checking a file can cost: yaml and zod at work on it, and nothing of cogsync.
import { readFileSync } from 'node:fs'
import { parseDocument } from 'yaml'
import { z } from 'zod'

const client = z.record(z.string(), z.union([z.boolean(), z.string(), z.array(z.string())]))
const file = z.object({
  version: z.literal(1),
  stack: z.string().regex(/^[a-z]+$/),
  region: z.string(),
  userPools: z.record(z.string(), z.object({ mfa: z.unknown(), clients: z.record(z.string(), client) })),
})
file.parse(parseDocument(readFileSync(process.argv[2] ?? '', 'utf8')).toJS())
