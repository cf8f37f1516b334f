// The table language: what a kind is, what a row is, and nothing about any kind in particular.

import type { CognitoIdentity } from '@aws-sdk/client-cognito-identity'
import type { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider'
import type { IAM } from '@aws-sdk/client-iam'
import type { Lambda } from '@aws-sdk/client-lambda'
import type { WAFV2 } from '@aws-sdk/client-wafv2'
import type { z } from 'zod'
import type { Address, Aws, Impact, Json, JsonObject, Severity, Term } from '../model.ts'
import type { Grants } from './iam.ts'
import type { AmplifyMembers, Output } from './output.ts'

type Verbs<Service> = Exclude<
  keyof Service & string,
  'send' | 'destroy' | 'config' | `paginate${string}` | `waitFor${string}`
>

/** An API operation, written as the IAM action it needs; the compiler knows them all. */
export type Operation =
  | `cognito-idp:${Capitalize<Verbs<CognitoIdentityProvider>>}`
  | `cognito-identity:${Capitalize<Verbs<CognitoIdentity>>}`
  | `iam:${Capitalize<Verbs<IAM>>}`
  | `lambda:${Capitalize<Verbs<Lambda>>}`
  | `wafv2:${Capitalize<Verbs<WAFV2>>}`

/** The dotted member names of a request, to any depth: a wrong one is a compile error with a suggestion. */
export type Leaf<T> = T extends object
  ? {
      [K in keyof T & string]: NonNullable<T[K]> extends readonly unknown[] | Date | Uint8Array
        ? K
        : NonNullable<T[K]> extends object
          ? K | `${K}.${Leaf<NonNullable<T[K]>>}`
          : K
    }[keyof T & string]
  : never

/** Where a run happens: what codecs and reads may depend on. */
export interface Where {
  region: string
  account: string
  partition: string
}

/** The partition that a Region is in. */
export const partitionOf = (region: string): string =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'

/** The members that a codec owns, by dotted wire path. `undefined`: not there. */
export type Wires = { [wire: string]: Term | undefined }

/** The bare path of a resource of a kind that has these attributes, if the file has one. */
export type FindBare = (kind: string, attributes: { [attribute: string]: Term }) => string | undefined

/**
 * The two forms of a setting whose form in the file differs from AWS's. Law: `fromWire(toWire(v))` is `v` in
 * canonical form, and both let terms (`$ref` and so on) stand where a string may.
 */
export interface Codec {
  toWire(value: Term, where: Where): Wires
  /** `undefined` when AWS holds nothing for this setting */
  fromWire(wires: Wires, where: Where): Term | undefined
  /** the form in which two canonical values are compared, where that is not one to show */
  fold?(value: Term): Term
  /** the canonical form of a stated value, where going through the wire would lose something */
  canonical?(value: Term): Term
  /**
   * how a person would write what AWS has, where that is not `fromWire`'s form; `bare` finds the bare path of a
   * resource of the file by its attributes
   */
  toFile?(wires: Wires, where: Where, bare: FindBare): Term | undefined
  /** the setting is that its block is there: what stands in the block is other rows' */
  isPresence?: true
}

/** One value per field path of a resource: the canonical form that is compared and shown. */
export type Values = { [field: string]: Term | undefined }

/** One setting. A row of a kind's table. */
export interface Field {
  /** in the file, relative to the resource: `passwordPolicy.minimumLength` */
  path: string
  /** AWS's member, dotted; several when a codec owns several. The first is the setting's own name */
  wire: string | readonly string[]
  codec?: Codec
  /**
   * what may be written in the file, bounds and patterns included, built when asked for; references are let through
   * by the reader
   */
  schema: () => z.ZodType
  /**
   * how two values compare: `set` ignores order and repetition; `map` compares key by key; `declared` compares
   * only what the file states, to any depth; default `value`
   */
  shape?: 'value' | 'set' | 'map' | 'declared'
  /**
   * what silence means: AWS's documented default (`null`: AWS holds nothing), or `'keep'` where no default is
   * safe or none is proven. Settings fixed at creation are compared only when stated, whatever this says.
   */
  unset: Json | 'keep'
  /** AWS's default for a `keep` row, if there is one: what `null` in the file and absence in AWS mean */
  default?: Json
  /** how AWS is told to hold nothing, when leaving the member out of its block does not do it */
  clear?: { wire: Json } | 'impossible' | 'unproven'
  /** what AWS makes of `[]`; default `empty` */
  empty?: 'empty' | 'default' | 'refused'
  /** the file version from which `unset` is more than `keep`; default 1 */
  since?: number
  /** two values that validate, for the laws and the documentation; the same twice where AWS allows only one */
  examples: readonly [Json, Json]
  /** what the examples need beside them, by field path */
  given?: { [field: string]: Json }
  /** members that AWS mirrors: written with the same value, never compared */
  mirrors?: readonly string[]
  /** one or two sentences, for `explain`, the reference and the JSON Schema */
  doc: string
  /** holds a secret: never shown, stored, or compared */
  secret?: true
  /** entries of a map that hold secrets; those that AWS gives back are compared in memory, and only there */
  secretKeys?: readonly string[]
  /** entries that say to whom the secrets among them are shown: with another one, they go to somebody new */
  secretsGoTo?: readonly string[]
  /** entries that the file does not state are sent back as they are; only `declared` ones are compared */
  carry?: true
  /** what AWS has is another service's, which would put it back: why, and what to do instead */
  kept?: (before: Term | undefined) => { reason: string; remedy: string } | undefined
  /** its items name resources under the same parent by their natural id, which must therefore be there before */
  names?: { kind: string; as: (natural: string, item: string) => boolean }
  /** consequences of a change, from the canonical values; default in place */
  impact?: (before: Term | undefined, after: Term | undefined) => Impact[]
  /**
   * entries that the file does not list stay unless `prune` names the collection; `drift`: they alarm;
   * `permanent`: AWS cannot remove them; `of`: which entries count (default all)
   */
  collection?: {
    name: string
    drift: boolean
    permanent?: true
    /** AWS's own entries: not even unlisted */
    quiet?: true
    of?: (entry: string) => boolean
    /** the only entries that stay: all others are removed like those of any map */
    only?: readonly string[]
  }
  /** a block of settings: if silence keeps, members that the file does not state stay, to any depth */
  parts?: true
  /** what other statements imply, so that it need not be said twice; contradicting it is an error */
  implied?: (spec: { [field: string]: Term }, key: string) => Term | undefined
  /** why a change is blocked and what to do instead, for a setting that is fixed at creation */
  remedy?: string
  /** the bare paths inside the value (`[].client`, `{key}`) and the kind they name */
  bare?: { at: 'key' | string; kind: string }
}

/**
 * An input template. In strings, `$key` and `$value` stand for an entry's key and value; a one-element array
 * in a `batch`ed template is repeated for every entry.
 */
export interface Template {
  operation: Operation
  input: { [member: string]: Json }
}

/** Something to send before deleting, unless these settings already have these values. */
export interface Preparation extends Template {
  unless: { [field: string]: Json }
}

/**
 * A writer whose body is the whole object: everything read that the operation takes, changes laid over it. A
 * `patch` sends only the members that change, each of them whole, since AWS is known to keep the others.
 */
export interface BodyWriter {
  mode: 'replace' | 'patch'
  operation: Operation
  /** the input's name for a member, where it differs: `{ AssumeRolePolicyDocument: 'PolicyDocument' }` */
  rename?: { [wire: string]: string }
  /** the id that names the Region it is sent to */
  region?: string
  /** the members that are the kind's own: all others that it takes repeat the parent's, as it will be */
  own?: readonly string[]
  /** members it takes but another writer owns: sent as they are at that moment */
  echo?: readonly string[]
  /** members left out when another has one of some values */
  omit?: readonly { when: { [wire: string]: readonly Json[] }; members: readonly string[] }[]
  /** members inside a block that repeat another, if that block is sent: `{ 'A.B': 'B' }` */
  repeat?: { [wire: string]: string }
  /** the operation that clears its one setting */
  clear?: Template
  /** errors that pass once a role it names has spread */
  retryOn?: readonly string[]
  /** seconds to wait for those errors to pass in any case: what it names may just have been made by others */
  patience?: number
  until?: Wait
}

/** A writer that goes entry by entry: puts what is new or changed, removes what is gone (`append`: never). */
export interface EntryWriter {
  mode: 'each' | 'append'
  /** the field whose entries they are */
  field: string
  put: Template
  remove?: Template
  /** how many go in one call */
  batch?: number
  /** how many bytes go in one call, files as base64 */
  batchBytes?: number
  /** what makes two items of a list the same entry; default their text */
  key?: (item: Term) => string
  /** the wire form of an entry's value */
  entry?: (key: string, value: Term) => Term
}

/** How a kind's settings reach AWS. */
export type Writer = BodyWriter | EntryWriter

/** The name by which `prune` and `removed` know a setting's entries, if it has any of its own. */
export const collectionNameOf = ({ collection, shape, path }: Field): string | undefined =>
  collection?.name ?? (shape === 'map' ? path : undefined)

/** Whether an entry of a collection is one of those that stay. */
export const staysIn = ({ of, only }: NonNullable<Field['collection']>, entry: string): boolean =>
  (of?.(entry) ?? true) && (only?.includes(entry) ?? true)

export const isBodyWriter = (writer: Writer): writer is BodyWriter =>
  writer.mode === 'replace' || writer.mode === 'patch'

/** After a call, wait until a read shows one of these values at a path (`null`: absent). Seconds. */
export interface Wait {
  operation: Operation
  input: readonly string[]
  /** of a list in the answer, the item with these ids */
  item?: { list: string; by: readonly string[] }
  path: string
  in: readonly Json[]
  within: number
  /** running out of time is worth a note, not a failure */
  soft?: true
}

/** Something found by a list. */
export interface Listed {
  ids: { [member: string]: string }
  name: string
  /** the local key it must have, for kinds that match by key */
  key?: string
  /** AWS's or another service's own; not even unlisted */
  foreign?: boolean
  /** counts as drift if unlisted, whatever its kind says */
  alarms?: boolean
  /** the whole object, where the list gives it; and its members that the SDK did not know, by path */
  wire?: JsonObject
  strangers?: string[]
}

/** What reading knows of the place it reads in. */
export interface Site extends Where {
  /** the ids of the parent, if the kind has one */
  parentIds: { [member: string]: string }
  /** the parent's own object, if the kind has one */
  parent?: JsonObject
}

/** The one piece of code that knows how a kind is read. */
export interface Reader {
  /** every operation it may send, which is also what reading needs in IAM */
  operations: readonly Operation[]
  /** what it answers with is others': members that the SDK does not know there are nobody's concern here */
  others?: true
  /** everything of this kind in the account and Region, or under the parent; nothing for facets */
  list?(aws: Aws, site: Site): Promise<Listed[]>
  /** kinds without a parent: how those that carry cogsync's tags are found, whatever their names */
  tagged?: Tagged
  /** what holds the name of one that is not there under its parent, though it may be another's: an id */
  holder?(aws: Aws, name: string): Promise<string | undefined>
  /**
   * one resource in the shape of its writers' inputs, secrets gone; `undefined` when it does not exist.
   * May add ids (ARNs) to those given.
   */
  get(aws: Aws, ids: { [member: string]: string }, site: Site): Promise<Found | undefined>
}

/** How what carries cogsync's tags is found: tags are in no list [D], so that each one costs a read. */
export interface Tagged {
  operations: readonly Operation[]
  /**
   * those that may carry them, where that is not all of `list`, and the others; `all`: none are others, though most
   * hardly carry any
   */
  near?(aws: Aws, all: boolean): Promise<{ listed: Listed[]; others: Listed[] }>
  /** the tags of one */
  of(aws: Aws, ids: { [member: string]: string }): Promise<{ [key: string]: string }>
}

export interface Found {
  ids: { [member: string]: string }
  name: string
  wire: JsonObject
  tags?: { [key: string]: string }
  createdAt?: string
  /** the bytes behind files in `wire`, by SHA-256, as base64: for writing them out, and kept nowhere */
  files?: { [sha256: string]: string }
  /** secrets that AWS gave back, by wire path: compared at once, and kept nowhere */
  secrets?: { [wire: string]: string }
}

/** A rule that Cognito would enforce, broken. */
export interface Violation {
  code: string
  /** the field to point at */
  field: string
  message: string
  hint: string
  severity?: Severity
  /** the one operation that refuses it; the others leave it as it is */
  by?: Operation
}

/** What a check may look at beside the resource itself. */
export interface Context extends Where {
  key: string
  address: Address
  /** the resource does not exist yet, as far as is known */
  creating: boolean
  /** the parent's values */
  parent?: Values
  /** other resources of the file: of a kind under the same parent, or at the root */
  siblings(kind: string): { key: string; values: Values }[]
  /** all of a kind that the file makes and keeps under the same root, at any depth */
  peers(kind: string): { address: Address; values: Values }[]
  /** whether the parent is in the file in full, so that what is not in it does not exist */
  complete: boolean
}

/** How a kind's resources stand in the file. */
export type Place =
  /** a map under the root or under the parent's block: key → block */
  | {
      form: 'map'
      block: string
      /** the key is the bare path of a resource of `kind`, or AWS's own text: what it becomes, in which field */
      /** `among`: where the parent's object has the keys that there may be (`[]` a list's items, `{}` a map's keys) */
      /** `names`: settings of the parent that name what the key may be as well */
      bareKey?: {
        kind: string
        attribute: string
        field: string
        among?: readonly string[]
        names?: readonly string[]
      }
    }
  /** rows that stand in the parent's own block; the address ends in `key` */
  | {
      form: 'facet'
      key: string
      /** there is one for each of these, which the parent's settings ask for; the address ends in `key.EACH` */
      each?: (
        parent: Values,
        owner: { stack: string; key: string; address: Address },
      ) => { [each: string]: Each }
    }
  /** a block that holds several resources of fixed keys; `split` deals it out by key, paths included */
  | {
      form: 'split'
      block: string
      keys: readonly string[]
      split: (block: JsonObject) => { [key: string]: SplitBlock }
    }

/** A resource that a setting of the parent asks for. */
export interface Each {
  /** the parent's setting, at which its diagnostics point */
  at: string
  /** those of its ids that the file knows */
  ids: { [member: string]: Term }
}

/** Something to tell the user of a resource. */
export interface Saying {
  code: string
  message: string
  hint: string
}

/** How a resource is regarded that is not made and kept. */
export type Regard =
  /** others': neither read nor written, as a note says */
  | { is: 'beyond'; note: Saying }
  /** read and never written; a warning when it is not there, a note when it may not be read */
  | { is: 'watched'; absent: Saying; unread: Saying }

/** What one of a split block's resources takes from it: field path → where the value stands in the block. */
export type SplitBlock = { [field: string]: { value: Json; at: (string | number)[] } }

/** One sort of resource: a header and a table. */
export interface Kind {
  name: string
  /** in sentences: `app client` */
  title: string
  place: Place
  presence: 'resource' | 'facet'
  /** read only when the file says anything of it, since every parent costs a read: until then it is nobody's */
  onDemand?: boolean
  parent?: string
  /** the ids its operations take, the parent's included: `['UserPoolId', 'ClientId']` */
  ids: readonly string[]
  /** ids that its parent has under another name: `{ ResourceArn: 'Arn' }` */
  idsFrom?: { [id: string]: string }
  /** ids that are settings of the file: `{ Identifier: 'identifier' }`; with all of them natural, no search by name */
  natural?: { [id: string]: string }
  /** the id that begins with the Region where one is at home: elsewhere it is a copy, which manages nothing */
  home?: { id: string; endsAt: string }
  /** the row that names it; facets have none */
  nameField?: string
  /** the name can be changed in place; otherwise a changed name is blocked (or replaced, if `replace` allows) */
  renamable?: boolean
  /** `--allow` word under which it may be deleted and made again for a change of its name */
  replace?: string
  /** the row that holds its tags, on which ownership is written */
  tags?: string
  /** the operation that takes tags away and nothing else; `on`: its input's members, by attribute or id */
  untag?: { operation: Operation; on: { [member: string]: string } }
  /** whom it works for beside the file: ids of a kind without a parent that its settings name */
  serves?: { kind: string; by: (values: Values) => string[]; field: string; both: string }
  /** how one is found again among several of the same parent: by `name` (default) or by `key` (at most one a key) */
  match?: 'name' | 'key'
  create?: {
    operation: Operation
    /** ids from the answer, by member path */
    yields: { [id: string]: string }
    retryOn?: readonly string[]
    until?: Wait
    /** it begins with values of its parent, which defaults do not tell: all that is stated is written */
    copies?: true
    /** settings that the operation takes but must be left to their writers */
    without?: readonly string[]
  }
  writers: readonly Writer[]
  /**
   * what goes before an update that takes away what updates cannot: a call that makes the resource blank, after
   * which everything is said again
   */
  restart?: Template & { when: (before: Values, after: Values) => boolean; note: Saying }
  /** what it says where the file says nothing of it and AWS has none; `undefined`: it is nobody's then */
  assumed?: (context: Context) => Values | undefined
  remove?: {
    operation: Operation
    until?: Wait
    /** fields of `each` writers whose live entries must go first */
    empty?: readonly string[]
    first?: Preparation
    /** there may be only so many, so that it goes before others are made */
    makesRoom?: true
    /** the setting that must have this value first, which only `destroy` gives it */
    unlock?: { field: string; value: Json }
    /** it is on its way out already when its object says so here: nothing is left but to wait */
    going?: { wire: string; is: Json }
    /** unless its object says one of these here, it takes no deletion yet: what to wait for first */
    settled?: { wire: string; until: Wait }
  }
  /** deleted before its parent: AWS refuses to delete the parent otherwise, or leaves this one behind */
  goesFirst?: true
  /** a member of its object that estimates how many people are in it; `through`: its parent's people come through it */
  people?: { wire: string } | 'through'
  /** facets: what one that was never set reads as */
  blank?: JsonObject
  fields: readonly Field[]
  read: Reader
  /** how far to go with one, by what the file says of it; `undefined`: it is made and kept */
  regard?: (spec: Values, ids: { [member: string]: string }, where: Where) => Regard | undefined
  /** groups of rows: if anything in a group's block is stated, all of the group must be */
  together?: readonly (readonly string[])[]
  /** rules over one resource's values, defaults filled in where known; `undefined` means unknown, never wrong */
  check?: (values: Values, context: Context) => Violation[]
  /**
   * a secret that AWS makes with it when a setting is true, and that `clientSecretTo` has delivered elsewhere;
   * `secret`: where its reader's `secrets` have it
   */
  issued?: {
    when: string
    secret: string
    /** how there can be two of them for a while; `path`, `id` and `value` lead into the answers */
    rotate?: {
      list: { operation: Operation; path: string; id: string }
      add: { operation: Operation; id: string; value: string }
      remove: { operation: Operation; id: string }
    }
  }
  /** what `${...}` may end in; from ids (known after creation) or from values (known at once) */
  attributes: { [name: string]: Attribute }
  /** what apps and other tools need to know of one that exists */
  outputs?: readonly Output[]
  /** what it adds to amplify_outputs.json */
  amplify?: AmplifyMembers
  /** members of its operations' inputs that are no rows, and why */
  ignored: { [wire: string]: string }
  /** what IAM needs to know of it, beside its operations */
  iam?: Grants
  /** seconds its writes may take to spread; dependants retry meanwhile */
  spreads?: number
  /** kinds whose resources under the same parents must be made before */
  after?: readonly string[]
  /** how many of them AWS allows, as its quota page says [G26] */
  quota?: string
  /** losing it loses people, data or identities: never deleted but by name */
  stateful?: boolean
  /** one that the file does not list counts as drift: it lets people in, or sends them elsewhere */
  alarms?: boolean
  doc: string
}

/** `id`: a member of `ids`. `value`: from the resource's values; `rest` is what follows the name, as in `scopes.read`. */
export type Attribute =
  | { id: string }
  | {
      value: (
        values: Values,
        rest: string,
        where: Where,
        self: (attribute: string) => Term,
      ) => Term | undefined
    }
  | { made: (ids: { [member: string]: string }, where: Where) => string }
  /** an attribute of the first of these children that there is */
  | { child: { block: string; keys: readonly string[]; attribute: string } }
