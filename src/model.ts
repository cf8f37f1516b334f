// The vocabulary of a run: what the stages hand to each other. Imports nothing.

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** Where a resource stands in the file: `userPools.customers.clients.web`. */
export type Address = string

/** A way into a document: `['userPools', 'customers', 'mfa']`. */
export type Path = (string | number)[]

/**
 * A value that may have holes: plain JSON in which an object with one of these keys stands for something
 * known later. Being JSON, terms can be saved, hashed and compared.
 * - `{ $ref, attr }`   an attribute of another resource of the file
 * - `{ $join: [...] }` the parts, as one string
 * - `{ $json: term }`  the term, as JSON text
 * - `{ $secret: name }` a declared secret, read at the last moment
 * - `{ $entries: [[key, value], ...] }` an object whose keys may be terms
 * - `{ $file: path, sha256, size }` the bytes of a file, read at the last moment; without a path, bytes that only
 *   AWS has
 */
export type Term = Json

export type Severity = 'error' | 'warning' | 'note'

/** A place in a source file; lines and columns count from 1. */
export interface Position {
  file: string
  line: number
  column: number
  endLine?: number
  endColumn?: number
}

/** Something to tell the user. The position is added at the edge, from the path. */
export interface Diagnostic {
  code: string
  severity: Severity
  /** into the file; empty for the file as a whole */
  path: Path
  /** lower case, no full stop, contains the wrong value */
  message: string
  /** what to change */
  hint?: string
  /** the position, once known */
  at?: Position
  /** point at the key instead of its value */
  onKey?: boolean
}

/** A setting left to others. `path` is relative to the resource. */
export interface Ignore {
  path: string
  reason?: string
  /** a date, `2026-12-01`; from then on the plan warns */
  until?: string
}

/** One resource that should exist, as the file says. */
export interface Desired {
  address: Address
  kind: string
  /** the last part of the address */
  key: string
  /** where its block stands in the file */
  path: Path
  parent?: Address
  /** what is stated (or implied by what is stated), by field path; `null` is the default said aloud */
  spec: { [field: string]: Term }
  /** ids that other settings of the file give it */
  ids?: { [member: string]: Term }
  /** the pinned id: consent to adopt */
  id?: string
  /** others own it: read and referred to, never written */
  existing?: { id?: string; name?: string }
  /** its former local key: ownership tags and addresses may still carry it */
  movedFrom?: string
  /** its former name in AWS */
  renamedFrom?: string
  ignore?: Ignore[]
  /** where the secret that AWS makes with it is delivered */
  secretTo?: SecretPlace
  /** collections (of children, or inside the resource) whose unlisted entries are deleted */
  prune?: string[]
  /** what stands here without the file saying so: made where there is nothing, and otherwise left alone */
  assumed?: true
  /** unknown members of the live object that its whole-body updates may drop or must resend */
  strangers?: { accept?: string[]; resend?: string[] }
}

/** A thing to delete, by name. */
export interface Tombstone {
  /** the collection: `clients`, `scopes`, ... */
  collection: string
  name: string
  /** the resource it belongs to; absent for pools' siblings such as roles */
  parent?: Address
  path: Path
}

export type SecretSource =
  | { env: string }
  | { file: string }
  /** a parameter of Parameter Store, by name or ARN */
  | { ssm: string }
  /** a secret of Secrets Manager, by name or ARN; `key`: a member of the JSON object that it is */
  | { secretsManager: string; key?: string }

/** Where a secret that AWS makes is delivered: the name of a parameter, or of a secret of Secrets Manager. */
export type SecretPlace = { ssm: string } | { secretsManager: string }

/** The whole file, understood. */
export interface Spec {
  version: number
  stack: string
  region: string
  account?: string
  environment?: string
  tags: { [key: string]: string }
  /** what unmentioned settings mean: AWS's default, or whatever is there */
  unspecified: 'default' | 'keep'
  secrets: { [name: string]: SecretSource }
  resources: Desired[]
  removed: Tombstone[]
  /** all environments that the file declares; what they own is theirs */
  environments?: string[]
  /** roots that are given up, by the key of their tags or by id: only our tags go */
  released?: Tombstone[]
}

/** One resource as AWS has it. */
export interface Live {
  address: Address
  kind: string
  /** what its operations call it: `{ UserPoolId, ClientId, Arn, ... }`; parents' ids included */
  ids: { [member: string]: string }
  name: string
  /** in the shape of its writers' inputs, so that it can be sent back; secrets are gone already */
  wire: JsonObject
  /** true when the ownership tags (its own, or its parent's) name this stack and environment */
  owned: boolean
  /** unknown members, by path: the SDK would drop them */
  strangers: string[]
  /** members that hold a declared secret which nobody could compare, dotted */
  unchecked?: string[]
  /** an IAM role younger than five minutes may not have spread yet */
  createdAt?: string
}

/** Something that exists beside what the file lists. */
export interface Unlisted {
  kind: string
  /** as a user would write it: `userPools.customers.clients.legacy-web` */
  address: Address
  name: string
  id?: string
  /** counts as drift: a provider, a domain, a custom attribute, a policy on a role */
  drift: boolean
}

/** A root that carries this stack's tags and that the file does not claim: kept, and watched by nobody. */
export interface Unclaimed {
  kind: string
  /** under the key of its tags: `userPools.old` */
  address: Address
  name: string
  id: string
  /** of its tags */
  key?: string
  /** of its tags */
  environment?: string
}

/** A read that was refused, so that the answer is incomplete. */
export interface Unread {
  address: Address
  operation: string
  reason: string
}

/** What was left out of reading, to spare requests. */
export interface Unseen {
  kind: string
  /**
   * `target`: the file names these, and the run does not; `since`: the file does not change them since a commit;
   * `unmanaged`: the file says nothing of theirs; `unclaimed`: those with this stack's tags that the file does not
   * claim were not looked for; `denied`: nor could they be
   */
  why: 'target' | 'since' | 'unmanaged' | 'unclaimed' | 'denied'
  /** how many; of what is unmanaged, how many could have one; 1 where nobody can tell */
  count: number
}

/** What was seen. */
export interface Observation {
  account: string
  region: string
  partition: string
  live: { [address: Address]: Live }
  unlisted: Unlisted[]
  /** roots of this stack that the file does not claim */
  unclaimed: Unclaimed[]
  /** those of them that the file gives up, and where it says so */
  released?: { live: Live; path: Path }[]
  /**
   * by address: ids of others that a live resource names and that exist, or are in another Region; taking one out of
   * it takes something from whoever uses that one
   */
  serves?: { [address: Address]: string[] }
  /** what tombstones and `prune` name, found */
  doomed: Live[]
  unread: Unread[]
  unseen?: Unseen[]
  diagnostics: Diagnostic[]
  /** resources whose secret's destination holds no value: nothing has the name, or what has it is empty */
  vacant?: { [address: Address]: 'absent' | 'empty' }
}

export type Action = 'create' | 'update' | 'adopt' | 'replace' | 'delete' | 'blocked' | 'none'

/** What a change does to the people who sign in, and to those who pay. */
export type Impact =
  | 'in-place'
  | 'login-breaking'
  | 'security-loosening'
  | 'security-tightening'
  | 'cost'
  | 'irreversible'
  /** a secret is read from a new source, or sent to a new destination */
  | 'secret-flow'

/**
 * A secret that a change sends: a declared one from its source, one that AWS `made` with a resource, or one that AWS
 * `held` and is sent back; to a setting, or to where it is delivered.
 */
export interface SecretFlow {
  from: { secret: string; source: SecretSource } | { made: Address } | { held: Address }
  to: { address: Address; path: string } | SecretPlace
}

export interface FieldChange {
  /** relative to the resource: `passwordPolicy.minimumLength` */
  path: string
  /** absent when there is nothing before; terms where a value is known only later */
  before?: Term
  after?: Term
  impact: Impact[]
  /** the file never mentioned it: it goes back to AWS's default */
  restored?: boolean
  secret?: 'changed' | 'same' | 'unchecked'
}

/** A difference that is not made, why, and what to do instead. */
export interface Blocked {
  path: string
  before?: Term
  after?: Term
  code: string
  reason: string
  remedy: string
}

/** Wait until a read shows a value: `Status` of a domain is `ACTIVE`, or the thing is gone. */
export interface Until {
  operation: string
  input: { [member: string]: Term }
  /** of a list in the answer, the item with these members; else the answer itself */
  item?: { list: string; by: { [member: string]: Term } }
  /** a member path of the answer, or of the item */
  path: string
  /** any of these; `null` means absent */
  in: Json[]
  /** seconds */
  within: number
  /** running out of time is worth a note, not a failure */
  soft?: true
}

export interface Retry {
  errors: string[]
  /** seconds */
  within: number
}

/** One API call as data, holes included. */
export interface Call {
  /** `cognito-idp:CreateUserPool`, which is also the IAM action it needs */
  operation: string
  input: { [member: string]: Term }
  /** the Region it is sent to, where that is not the run's */
  region?: Term
  /** ids the answer gives, by member path of the answer */
  yields?: { [id: string]: string }
  until?: Until
  retryOn?: Retry
  /** an unknown outcome must be looked up before any repeat */
  creates?: boolean
}

export interface Change {
  address: Address
  kind: string
  action: Action
  name: string
  path: Path
  ids: { [member: string]: string }
  fields: FieldChange[]
  blocked: Blocked[]
  /** entries inside the resource that the file does not list and that stay */
  preserved: string[]
  /** the resource's impact: its fields' and its action's */
  impact: Impact[]
  /** changes that must have been made before */
  after: Address[]
  calls: Call[]
  /** the secrets that the calls send */
  flows?: SecretFlow[]
  /** AWS deletes it with this one, so that it needs no call of its own */
  goesWith?: Address
}

/** Where a difference comes from: a change of the file, drift before it, or both. */
export type Origin = 'change' | 'drift' | 'both'

export interface ResourceOrigin {
  /** that of the resource as a whole: `both` when its settings are of either sort */
  origin: Origin
  /** that of each setting and of each blocked one, by path */
  fields: { [path: string]: Origin }
}

/** A plan's differences told apart, by comparing with an earlier version of the file. */
export interface Origins {
  /** the commit of the earlier version */
  commit: string
  changes: { [address: Address]: ResourceOrigin }
  /** settings that had drifted and that the file now takes over as AWS has them */
  accepted: { address: Address; path: string }[]
  /** what could not be told, and why */
  unknown: string[]
}

/** The options that decide what is in a plan, beside `scope`. */
export interface PlanChoices {
  /** `--allow` words that let something into a plan, impacts left out: those only open gates */
  allow?: string[]
  adopt?: Address[] | true
  /** with --since: the resources that were looked at */
  only?: Address[]
}

/** What to do, as a value. */
export interface Plan {
  format: 2
  tool: string
  target: { stack: string; environment?: string; account: string; region: string; partition: string }
  changes: Change[]
  unlisted: Unlisted[]
  /** roots of this stack that the file does not claim; they count as drift */
  unclaimed: Unclaimed[]
  unread: Unread[]
  unseen?: Unseen[]
  diagnostics: Diagnostic[]
  /** when AWS was read, ISO 8601; no part of the hash */
  made?: string
  /** with --target: what was asked for */
  scope?: Address[]
  /** the other options that decide; absent where there were none */
  options?: PlanChoices
  /** where the file stands in its repository (or working folder), and the commit that was checked out; not hashed */
  source?: { file: string; commit?: string }
  /** a digest of what the file says of everything in scope */
  desired: string
  /** about how many people are in what changes, as AWS estimates; no part of the hash */
  people?: { [address: Address]: number }
  /** by address: a hash of what we manage and carry of each resource that is touched; `absent` where none is */
  fingerprints: { [address: Address]: string }
  /** ids of everything known, for references from changed resources to unchanged ones */
  known: { [address: Address]: { [attribute: string]: string } }
  secrets: { [name: string]: SecretSource }
  /**
   * by address and path: a digest of one setting's change, bound to the commit (where known), the file, the
   * environment and the account, by which a later run tells that this very change was wanted
   */
  digests: { [address: Address]: { [path: string]: string } }
  hash: string
}

/** A setting that somebody changed since a plan saw it. */
export interface MovedField {
  path: string
  /** what the plan saw */
  before?: Term
  /** what is there now */
  after?: Term
}

/** What became of one change. */
export interface Outcome {
  address: Address
  kind: string
  action: Action
  status: 'done' | 'failed' | 'not tried'
  /** calls sent */
  calls: number
  error?: { name: string; message: string; operation?: string }
  /** of what was not as the plan saw it: the settings that differ, if they are known */
  moved?: MovedField[]
}

export interface Report {
  outcomes: Outcome[]
  /** ids of everything the plan touched or knew, for outputs */
  known: { [address: Address]: { [attribute: string]: string } }
}

/** The next step in rotating a secret that AWS made. */
export interface Rotation {
  target: Plan['target']
  address: Address
  kind: string
  ids: { [member: string]: string }
  place: SecretPlace
  /**
   * `add` a second secret; `replace` a second one that was never delivered; `wait`: it was, and the first is for
   * `finish` to remove; `none`: there is only one, so there is nothing to finish
   */
  step: 'add' | 'replace' | 'wait' | 'finish' | 'none'
  /** ids of the secrets, the one to be replaced first */
  secrets: string[]
}

export interface RotationResult {
  /** operations that were carried out */
  done: string[]
  error?: { code: string; message: string; operation: string; unknownOutcome: boolean }
  denied?: boolean
}

/** What one resource tells apps and other tools. */
export interface ResourceOutputs {
  address: Address
  kind: string
  /** the keys of the file on the way to it: `['customers', 'web']` */
  keys: string[]
  parent?: Address
  outputs: { name: string; title: string; value: string; secret?: true }[]
  /** members of the auth section of amplify_outputs.json */
  amplify: { [member: string]: Json }
  /** resources of the file whose ids its settings name */
  mentions: Address[]
}

/** How many requests a second of a category AWS takes from the account in the Region, and how many are free. */
export interface Limit {
  category: string
  provisioned: number
  free: number
}

/** What a stack tells apps and other tools. */
export interface Outputs {
  target: Plan['target']
  resources: ResourceOutputs[]
  /** if they were asked for */
  limits?: Limit[]
  /** those of the file that would tell something and do not exist */
  missing: { address: Address; kind: string }[]
  unread: Unread[]
  diagnostics: Diagnostic[]
}

/** The only way to AWS. Errors are thrown as `AwsError`. */
export interface Aws {
  /**
   * sends one operation, `service:Operation`, to the run's Region or another, and returns its output as JSON (dates
   * as ISO strings)
   */
  send(operation: string, input: JsonObject, region?: string): Promise<JsonObject>
  /** text that must never appear in an error */
  hide(secret: string): void
  /** the members of an output, or of an item of a list in it, that the SDK did not know, by path */
  strangersOf(output: JsonObject): string[]
  /** how long what waits for its turn will take to be sent; milliseconds */
  left?(): number
}

/** Tells whoever watches how far a run is. */
export type Progress = (event: {
  stage: 'read' | 'apply'
  done: number
  total: number
  text: string
  /** milliseconds that what waits for AWS's quotas will take at least */
  left?: number
}) => void
