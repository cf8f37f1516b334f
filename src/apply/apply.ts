// Apply: carries out a plan as it stands. It decides nothing; it closes holes, sends calls, waits and reports.
import { type AwsError, awsError, isAwsError, isQuota } from '../aws/errors.ts'
import type { Clock } from '../aws/retry.ts'
import type {
  Address,
  Aws,
  Call,
  Change,
  JsonObject,
  Outcome,
  Plan,
  Progress,
  Report,
  Term,
} from '../model.ts'
import type { EntryWriter, Found, Kind, Writer } from '../table/kind.ts'
import { close, type FileTerm, isObject, type Lookup, liveSecret, resolve, secretsIn } from '../term.ts'
import { knownAttributes } from '../values/attributes.ts'
import { at, liveValues } from '../values/canonical.ts'
import { inLanes, inOrderOf } from './concurrency.ts'
import { once } from './create-once.ts'
import { withDoubles } from './duplicates.ts'
import { makeLooks } from './looks.ts'
import {
  type Ids,
  isWork,
  kindNamed,
  type Moved,
  movedText,
  twins,
  unlessMissing,
  whereOf,
} from './staleness.ts'
import { makeWaits } from './waits.ts'

export interface ApplyOptions {
  clock: Clock
  /** the value of a declared secret; never logged */
  secret: (name: string) => string
  /** the bytes of a file, as base64; the same that the plan saw */
  file: (file: FileTerm) => string
  onOutcome?: (outcome: Outcome) => void
  progress?: Progress
  /** once aborted, the requests in flight are finished and nothing more is sent */
  signal?: AbortSignal
  /** when `findMoved` began, by the clock; default now */
  looked?: number
  /** for how long (milliseconds) a look counts that found nothing; what is there is read again before each write */
  freshFor?: number
  /** what was found by that look */
  seen?: ReadonlyMap<Address, JsonObject>
}

/**
 * Sends the plan's calls in order. A change whose predecessors failed is not tried; others go on. Never throws
 * for what AWS answers: the report says what was done, what failed and what was not tried.
 */
export const applyPlan = async (
  plan: Plan,
  kinds: readonly Kind[],
  aws: Aws,
  options: ApplyOptions,
): Promise<Report> => {
  const where = whereOf(plan)
  const { clock, looked = clock.now(), freshFor = 10_000, seen = new Map() } = options
  const looks = makeLooks(plan, kinds, aws, { seen, isStale: () => clock.now() - looked > freshFor })
  const known = new Map(Object.entries(plan.known))
  const failed = new Set<Address>()
  const outcomes: Outcome[] = []
  const { patiently, waitFor } = makeWaits(aws, options)
  const work = plan.changes.filter(change => isWork(change) || change.action === 'blocked')
  const total = plan.changes.filter(isWork).length
  await inLanes(work, async change => {
    const outcome = await carryOut(change)
    if (outcome.status !== 'done') failed.add(change.address)
    if (change.action === 'blocked' && !isWork(change)) return
    outcomes.push(outcome)
    options.onOutcome?.(outcome)
    const left = aws.left?.() ?? 0
    options.progress?.({ stage: 'apply', done: outcomes.length, total, text: change.address, left })
  })
  const report = { outcomes: inOrderOf(plan, outcomes), known: Object.fromEntries(known) }
  return options.signal?.aborted
    ? report
    : { ...report, outcomes: await withDoubles(plan, kinds, report, aws) }

  async function carryOut(change: Change): Promise<Outcome> {
    const facts = { address: change.address, kind: change.kind, action: change.action }
    if (!isWork(change) || options.signal?.aborted || change.after.some(address => failed.has(address)))
      return { ...facts, status: 'not tried', calls: 0 }
    let sent = 0
    try {
      for (const [nth, call] of change.calls.entries()) {
        if (options.signal?.aborted) return stoppedAfter(facts, sent)
        if (nth === 0) await looks.ahead(change)
        const look = await looks.before(change, nth)
        if (look.moved !== undefined)
          return { ...facts, status: 'failed', calls: sent, ...movedError(look.moved, sent) }
        const held = await heldSecrets(change, call, look.found)
        if (options.signal?.aborted) return stoppedAfter(facts, sent)
        sent += 1
        await sendCall(change, call, held).catch(change.action === 'delete' ? unlessMissing : undefined)
      }
      await looks.behind(change)
      return { ...facts, status: 'done', calls: sent }
    } catch (error) {
      if (!isAwsError(error)) throw error
      return {
        ...facts,
        status: 'failed',
        calls: sent,
        error: {
          name: error.code,
          message: isQuota(error) ? overQuota(error, kindNamed(kinds, change.kind)) : error.message,
          operation: error.operation,
        },
      }
    }
  }

  async function sendCall(change: Change, call: Call, held: { [name: string]: string }): Promise<void> {
    const kind = kindNamed(kinds, change.kind)
    const lookup: Lookup = ref => known.get(ref.$ref)?.[ref.attr]
    const secret = (name: string) => held[name] ?? options.secret(name)
    const closed = (input: { [member: string]: Term }) =>
      close(input, lookup, secret, options.file) as JsonObject
    const output = await sendOnce(change, kind, call, closed(call.input), regionOf(call, lookup))
    if (call.yields || call.creates) {
      const ids = { ...idsIn(change, kind, closed), ...output }
      known.set(change.address, { ...known.get(change.address), ...knownAttributes(kind, ids, where) })
    }
    if (call.until) {
      const { input, item } = call.until
      await waitFor(call.until, closed(input), closed(item?.by ?? {}))
    }
  }

  /** Secrets that only AWS holds and that must be sent back, read just before. */
  async function heldSecrets(
    change: Change,
    call: Call,
    looked: Found | undefined,
  ): Promise<{ [name: string]: string }> {
    const kind = kindNamed(kinds, change.kind)
    const names = [...secretsIn(call.input)].filter(name => name.startsWith(liveSecret))
    if (names.length === 0) return {}
    const ids = { ...change.ids }
    for (const member of kind.ids) ids[member] ??= known.get(change.address)?.[`ids.${member}`] ?? ''
    const found = looked ?? (await kind.read.get(aws, ids, { ...where, parentIds: ids }))
    return Object.fromEntries(
      names.map(name => {
        const value = found?.secrets?.[name.slice(name.indexOf('#') + 1)]
        // nothing is ever written in the place of a secret
        if (value === undefined || value === '') throw unheld(call)
        aws.hide(value)
        return [name, value]
      }),
    )
  }

  /** The ids of a resource that its calls already hold. */
  function idsIn(change: Change, kind: Kind, closed: (input: { [member: string]: Term }) => JsonObject) {
    const input = change.calls.find(call => call.creates)?.input ?? {}
    const present = Object.fromEntries(
      kind.ids.filter(member => member in input).map(member => [member, input[member] as Term]),
    )
    return { ...change.ids, ...(closed(present) as { [member: string]: string }) }
  }

  /** Sends a call; a creation whose outcome is unknown is looked for before it is sent again. Returns the ids it yields. */
  async function sendOnce(
    change: Change,
    kind: Kind,
    call: Call,
    input: JsonObject,
    region: string | undefined,
  ): Promise<Ids> {
    const yielded = (output: JsonObject): Ids =>
      Object.fromEntries(
        Object.entries(call.yields ?? {}).flatMap(([id, path]) => {
          const value = at(output, path)
          return typeof value === 'string' ? [[id, value]] : []
        }),
      )
    const ask = async () => yielded(await patiently(call, () => aws.send(call.operation, input, region)))
    // what is gone when it is to be removed, or going, was removed by a request whose reply was lost, or by others
    if (isRemoval(kind, call))
      return ask()
        .catch(unlessMissing)
        .catch(error => unlessGoing(change, kind, call, error))
        .then(() => ({}))
    const added = kind.writers.find(isAdding(call))
    if (added) return once(ask, () => lookForEntries(change, kind, added.field), options.clock)
    if (!call.creates) return ask()
    const look = async () => {
      const ids = Object.fromEntries(Object.entries(change.ids).concat(namesIn(kind, input)))
      const made = await twins(kind, { ...change, ids }, aws, where)
      if (made.length > 1) throw ambiguous(call, kind, made)
      const [one] = made
      return one && ((await kind.read.get(aws, one, { ...where, parentIds: one }))?.ids ?? one)
    }
    return once(ask, look, options.clock)
  }

  /** Throws why a removal was refused, unless what is to be removed is on its way out. */
  async function unlessGoing(change: Change, kind: Kind, { operation }: Call, error: unknown): Promise<void> {
    const { going } = kind.remove ?? {}
    if (going === undefined || operation !== kind.remove?.operation || !isAwsError(error)) throw error
    const { ids } = change
    const found = await kind.read.get(aws, ids, { ...where, parentIds: ids }).catch(unlessMissing)
    if (found !== undefined && at(found.wire, going.wire) !== going.is) throw error
  }

  /** The entries of a list that only grows: nothing to yield once all of them are there. */
  async function lookForEntries(change: Change, kind: Kind, field: string): Promise<Ids | undefined> {
    const found = await kind.read.get(aws, change.ids, { ...where, parentIds: change.ids })
    const there = found && liveValues(kind, found.wire, where)[field]
    const wanted = change.fields.find(({ path }) => path === field)?.after
    const isThere = isObject(there) && isObject(wanted) && Object.keys(wanted).every(key => key in there)
    return isThere ? {} : undefined
  }

  function namesIn(kind: Kind, input: JsonObject): [string, string][] {
    return kind.ids.flatMap((member): [string, string][] =>
      typeof input[member] === 'string' ? [[member, input[member]]] : [],
    )
  }
}

/** AWS's words, and the quota of what was to be made unless they name one: trying again does not help. */
const overQuota = ({ message, operation }: AwsError, { quota, create }: Kind): string => {
  const named = quota === undefined || operation !== create?.operation || /quota/i.test(message)
  return `${message}${named ? '' : ` (the quota: ${quota})`}; make room, or have it raised in Service Quotas`
}

/** Whether a call takes something away. */
const isRemoval = ({ remove, writers }: Kind, { operation }: Call): boolean =>
  operation === remove?.operation ||
  writers.some(writer => 'remove' in writer && writer.remove?.operation === operation)

/** Whether a writer adds by this call what AWS would refuse to add twice. */
const isAdding =
  ({ operation }: Call) =>
  (writer: Writer): writer is EntryWriter =>
    writer.mode === 'append' && writer.put.operation === operation

const regionOf = ({ region }: Call, lookup: Lookup): string | undefined => {
  const known = region === undefined ? undefined : resolve(region, lookup)
  return typeof known === 'string' ? known : undefined
}

const movedError = (moved: Moved, sent: number): Pick<Outcome, 'error' | 'moved'> => ({
  error: {
    name: 'Moved',
    message: `${movedText({ ...moved, fields: [] })} since the plan was made, so nothing ${sent === 0 ? 'was' : 'more was'} written to it: plan again`,
  },
  ...(moved.fields && { moved: moved.fields }),
})

type Facts = Pick<Outcome, 'address' | 'kind' | 'action'>

const stoppedAfter = (facts: Facts, sent: number): Outcome =>
  sent === 0
    ? { ...facts, status: 'not tried', calls: 0 }
    : { ...facts, status: 'failed', calls: sent, error: interrupted }

const interrupted = { name: 'Interrupted', message: 'stopped after the request in flight' }

const unheld = ({ operation }: Call): AwsError =>
  awsError({
    code: 'SecretGone',
    message: 'AWS does not give back the secret that is to be sent',
    operation,
    unknownOutcome: false,
  })

const ambiguous = ({ operation }: Call, kind: Kind, made: readonly Ids[]): AwsError =>
  awsError({
    code: 'Ambiguous',
    message: `the reply was lost, and ${made.length} of that name are there now: ${made.map(ids => ids[kind.ids.at(-1) as string]).join(', ')}`,
    operation,
    unknownOutcome: true,
  })
