// What was seen, as apps and other tools want it: each kind's rows of outputs, filled in.

import { covers } from '../address.ts'
import type {
  Address,
  Aws,
  Desired,
  Json,
  JsonObject,
  Live,
  Observation,
  Outputs,
  ResourceOutputs,
  Spec,
  Term,
} from '../model.ts'
import type { Kind, Values, Where } from '../table/kind.ts'
import type { Output, View } from '../table/output.ts'
import { isObject, resolve } from '../term.ts'
import { attributeOf } from '../values/attributes.ts'
import { at, liveValues } from '../values/canonical.ts'

export interface OutputsOptions {
  /** only this resource and what is under it */
  address?: Address
  /** reads secrets, with the way to AWS; nobody reads them otherwise */
  secrets?: { aws: Aws; hide: (secret: string) => void }
}

/** Reads nothing but secrets, and those only if told to. */
export const outputsOf = async (
  spec: Spec,
  observation: Observation,
  kinds: readonly Kind[],
  options: OutputsOptions = {},
): Promise<Outputs> => {
  const where: Where = {
    region: observation.region,
    account: observation.account,
    partition: observation.partition,
  }
  const views = viewsOf(spec, observation, kinds, where)
  const byAddress = new Map(spec.resources.map(desired => [desired.address, desired]))
  const mentioned = mentionsIn(spec, observation, kinds)
  const isInDoubt = doubtsIn(spec, observation)
  const told = spec.resources.flatMap(desired => {
    const kind = kindNamed(kinds, desired.kind)
    return kind.outputs !== undefined || kind.amplify !== undefined ? [{ desired, kind }] : []
  })
  const inScope = ({ desired: { address } }: { desired: Desired }) =>
    options.address === undefined || covers(options.address, address)
  const resources = await Promise.all(
    told.filter(inScope).flatMap(({ desired, kind }) => {
      const view = views(desired.address)
      const live = observation.live[desired.address]
      return view === undefined || live === undefined
        ? []
        : [
            tell(desired, kind, live, view, options, {
              keys: keysOf(desired, byAddress),
              mentions: mentioned(live.wire, desired.address),
            }),
          ]
    }),
  )
  return {
    target: {
      stack: spec.stack,
      ...(spec.environment !== undefined && { environment: spec.environment }),
      ...where,
    },
    resources,
    missing: told
      .filter(inScope)
      .map(({ desired: { address, kind } }) => ({ address, kind }))
      .filter(({ address }) => observation.live[address] === undefined && !isInDoubt(address)),
    unread: observation.unread,
    diagnostics: observation.diagnostics,
  }
}

/** Whether something else than its absence kept a resource from being seen. */
const doubtsIn = (spec: Spec, { unread, diagnostics }: Observation): ((address: Address) => boolean) => {
  const byPath = new Map(spec.resources.map(({ path, address }) => [JSON.stringify(path), address]))
  const wrong = diagnostics.flatMap(({ severity, path }) => {
    const address = byPath.get(JSON.stringify(path))
    return severity === 'error' && address !== undefined ? [address] : []
  })
  const doubtful = [...unread.map(({ address }) => address), ...wrong]
  return address => doubtful.some(outer => covers(outer, address))
}

const tell = async (
  desired: Desired,
  kind: Kind,
  live: Live,
  view: View,
  options: OutputsOptions,
  place: Pick<ResourceOutputs, 'keys' | 'mentions'>,
): Promise<ResourceOutputs> => {
  const rows = await Promise.all((kind.outputs ?? []).map(row => fill(row, kind, live, view, options)))
  return {
    address: desired.address,
    kind: kind.name,
    ...place,
    ...(desired.parent !== undefined && { parent: desired.parent }),
    outputs: rows.flat(),
    amplify: Object.fromEntries(
      Object.entries(kind.amplify ?? {}).flatMap(([member, value]) => {
        const made = value(view)
        return made === undefined ? [] : [[member, made]]
      }),
    ),
  }
}

const fill = async (
  row: Output,
  kind: Kind,
  live: Live,
  view: View,
  { secrets }: OutputsOptions,
): Promise<ResourceOutputs['outputs']> => {
  const { name, title } = row
  if ('secret' in row) {
    if (secrets === undefined) return []
    const ids = Object.fromEntries(kind.ids.map(id => [id, live.ids[id] as string]))
    const value = at(await secrets.aws.send(row.secret.operation, ids), row.secret.path)
    if (typeof value !== 'string') return []
    secrets.hide(value)
    return [{ name, title, value, secret: true }]
  }
  const value = 'attribute' in row ? view.attribute(row.attribute) : row.value(view)
  return value === undefined ? [] : [{ name, title, value }]
}

/** The local keys from the root down to a resource. */
const keysOf = (desired: Desired, byAddress: ReadonlyMap<Address, Desired>): string[] => {
  const parent = desired.parent === undefined ? undefined : byAddress.get(desired.parent)
  return [...(parent === undefined ? [] : keysOf(parent, byAddress)), desired.key]
}

/** The resources whose own ids stand anywhere in what was read of another. */
const mentionsIn = (
  spec: Spec,
  { live }: Observation,
  kinds: readonly Kind[],
): ((wire: Json, own: Address) => Address[]) => {
  const byId = new Map<string, Address[]>()
  const rank = new Map<Address, number>()
  for (const { address, kind } of spec.resources) {
    const id = live[address]?.ids[kindNamed(kinds, kind).ids.at(-1) as string]
    if (id !== undefined) byId.set(id, [...(byId.get(id) ?? []), address])
    rank.set(address, rank.size)
  }
  return (wire, own) =>
    [...new Set(textsIn(wire))]
      .flatMap(text => byId.get(text) ?? [])
      .filter(address => address !== own)
      .sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0))
}

const textsIn = (value: Json): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : []

const kindNamed = (kinds: readonly Kind[], name: string): Kind => {
  const kind = kinds.find(one => one.name === name)
  if (kind === undefined) throw new Error(`no kind ${name}`)
  return kind
}

/** Every resource that exists, seen with its parents. */
const viewsOf = (
  spec: Spec,
  observation: Observation,
  kinds: readonly Kind[],
  where: Where,
): ((address: Address) => View | undefined) => {
  const byAddress = new Map(spec.resources.map(desired => [desired.address, desired]))
  const referent = (address: Address) => {
    const live = observation.live[address]
    if (live === undefined) return undefined
    const kind = kindNamed(kinds, live.kind)
    return { kind, ids: live.ids, values: () => liveValues(kind, live.wire, where) }
  }
  const lookup = (ref: { $ref: Address; attr: string }) => attributeOf(ref, referent, where)
  const view = (address: Address): View | undefined => {
    const [desired, live] = [byAddress.get(address), observation.live[address]]
    const seen = referent(address)
    if (desired === undefined || live === undefined || seen === undefined) return undefined
    const parent = desired.parent === undefined ? undefined : view(desired.parent)
    return {
      attribute: name => {
        const value = resolve({ $ref: address, attr: name }, lookup)
        return typeof value === 'string' ? value : undefined
      },
      values: Object.fromEntries(
        Object.entries(seen.values()).map(([field, value]) => [
          field,
          inOrderOf(resolve(desired.spec[field] ?? null, lookup), value),
        ]),
      ) satisfies Values,
      wire: live.wire as JsonObject,
      where,
      ...(parent && { parent }),
    }
  }
  return view
}

/** A list in the order in which the file states it; what the file does not state comes last. */
const inOrderOf = (stated: Term, value: Term | undefined): Term | undefined => {
  if (!Array.isArray(stated) || !Array.isArray(value) || value.some(isObject)) return value
  const rank = (item: Term) => (stated.includes(item) ? stated.indexOf(item) : stated.length)
  return [...value].sort((one, other) => rank(one) - rank(other))
}
