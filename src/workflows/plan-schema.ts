// The shape of a saved plan: what a plan file is checked against, and from which its JSON Schema is made.
import { z } from 'zod'

const address = z.string().meta({ description: 'Where a resource stands in the file.' })
const path = z.array(z.union([z.string(), z.number()]))
const position = z.strictObject({
  file: z.string(),
  line: z.int(),
  column: z.int(),
  endLine: z.int().optional(),
  endColumn: z.int().optional(),
})
const term = z.json().meta({
  description:
    'JSON in which { $ref, attr }, { $join }, { $json }, { $secret } and { $entries } stand for what is known later.',
})
const input = z.record(z.string(), term)
const ids = z.record(z.string(), z.string())
const digest = () => z.string().regex(/^[0-9a-f]{64}$/)
const impact = z.enum([
  'in-place',
  'login-breaking',
  'security-loosening',
  'security-tightening',
  'cost',
  'irreversible',
  'secret-flow',
])

const diagnostic = z.strictObject({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'note']),
  path,
  message: z.string(),
  hint: z.string().optional(),
  at: position.optional(),
  onKey: z.boolean().optional(),
})

const field = z.strictObject({
  path: z.string(),
  before: term.optional(),
  after: term.optional(),
  impact: z.array(impact),
  restored: z.boolean().optional(),
  secret: z.enum(['changed', 'same', 'unchecked']).optional(),
})

const blocked = z.strictObject({
  path: z.string(),
  before: term.optional(),
  after: term.optional(),
  code: z.string(),
  reason: z.string(),
  remedy: z.string(),
})

const call = z.strictObject({
  operation: z.string().meta({ description: 'Also the IAM action it needs.' }),
  input,
  region: term.optional().meta({ description: 'Where it is sent, if not to the Region of the plan.' }),
  yields: z.record(z.string(), z.string()).optional(),
  until: z
    .strictObject({
      operation: z.string(),
      input,
      item: z.strictObject({ list: z.string(), by: input }).optional(),
      path: z.string(),
      in: z.array(z.json()),
      within: z.number().meta({ description: 'Seconds.' }),
      soft: z.literal(true).optional(),
    })
    .optional(),
  retryOn: z.strictObject({ errors: z.array(z.string()), within: z.number() }).optional(),
  creates: z.boolean().optional(),
})

const secretSource = z.union([
  z.strictObject({ env: z.string() }),
  z.strictObject({ file: z.string() }),
  z.strictObject({ ssm: z.string() }),
  z.strictObject({ secretsManager: z.string(), key: z.string().optional() }),
])

const flow = z.strictObject({
  from: z.union([
    z.strictObject({ secret: z.string(), source: secretSource }),
    z.strictObject({ made: address }),
    z.strictObject({ held: address }),
  ]),
  to: z.union([
    z.strictObject({ address, path: z.string() }),
    z.strictObject({ ssm: z.string() }),
    z.strictObject({ secretsManager: z.string() }),
  ]),
})

const change = z.strictObject({
  address,
  kind: z.string(),
  action: z.enum(['create', 'update', 'adopt', 'replace', 'delete', 'blocked', 'none']),
  name: z.string(),
  path,
  ids,
  fields: z.array(field),
  blocked: z.array(blocked),
  preserved: z.array(z.string()),
  impact: z.array(impact),
  after: z.array(address).meta({ description: 'Changes that must have been made before.' }),
  calls: z.array(call).meta({ description: 'The API calls, in order.' }),
  flows: z
    .array(flow)
    .optional()
    .meta({ description: 'The secrets that the calls send: declared ones, ones AWS makes, ones AWS holds.' }),
  goesWith: address.optional(),
})

/** A saved plan, as `cogsync plan --out` writes it. */
export const savedPlan = z
  .strictObject({
    format: z.literal(2).meta({ description: 'The version of this format.' }),
    tool: z.string().meta({ description: 'Only the same major version applies it.' }),
    made: z.iso.datetime().optional().meta({ description: 'When AWS was read.' }),
    target: z.strictObject({
      stack: z.string(),
      environment: z.string().optional(),
      account: z.string(),
      region: z.string(),
      partition: z.string(),
    }),
    scope: z.array(address).optional().meta({ description: 'What --target named.' }),
    options: z
      .strictObject({
        allow: z.array(z.string()).optional(),
        adopt: z.union([z.literal(true), z.array(address)]).optional(),
        only: z.array(address).optional(),
      })
      .optional()
      .meta({ description: 'The other options that decide: --allow, --adopt, and what --since looked at.' }),
    source: z
      .strictObject({ file: z.string(), commit: z.string().optional() })
      .optional()
      .meta({ description: 'Where the file stands, and the commit that was checked out.' }),
    desired: digest().meta({ description: 'A digest of what the file says of everything in scope.' }),
    changes: z.array(change),
    unlisted: z.array(
      z.strictObject({
        kind: z.string(),
        address,
        name: z.string(),
        id: z.string().optional(),
        drift: z.boolean(),
      }),
    ),
    unclaimed: z
      .array(
        z.strictObject({
          kind: z.string(),
          address,
          name: z.string(),
          id: z.string(),
          key: z.string().optional(),
          environment: z.string().optional(),
        }),
      )
      .meta({ description: "What carries this stack's tags and the file does not claim." }),
    unread: z.array(z.strictObject({ address, operation: z.string(), reason: z.string() })),
    unseen: z
      .array(
        z.strictObject({
          kind: z.string(),
          why: z.enum(['target', 'since', 'unmanaged', 'unclaimed', 'denied']),
          count: z.int().positive(),
        }),
      )
      .optional()
      .meta({ description: 'What was left out of reading, and why.' }),
    diagnostics: z.array(diagnostic),
    people: z
      .record(z.string(), z.number())
      .optional()
      .meta({ description: 'About how many people are in what changes, as AWS estimates.' }),
    fingerprints: z.record(z.string(), z.union([digest(), z.literal('absent')])).meta({
      description: 'What every touched resource was like; `absent` where there was none.',
    }),
    known: z.record(z.string(), z.record(z.string(), z.string())),
    secrets: z
      .record(z.string(), secretSource)
      .meta({ description: 'Where secrets come from; never one itself.' }),
    digests: z
      .record(z.string(), z.record(z.string(), digest()))
      .meta({ description: 'Per setting of each change, bound to commit, file, environment and account.' }),
    hash: digest().meta({ description: 'The hash that is reviewed.' }),
    seal: digest().meta({
      description: 'Over all of the above, against accidents: anybody can make it again.',
    }),
  })
  .meta({ title: 'A saved plan of cogsync', description: 'Written by `cogsync plan --out`.' })

/** The JSON Schema of saved plans. */
export const planJsonSchema = (): { [keyword: string]: unknown } =>
  z.toJSONSchema(savedPlan, { target: 'draft-2020-12', reused: 'ref' })
