// What is allowed beyond pools and roles themselves: roles that are handed over, functions, web ACLs, keys, logs.

import type { Desired, Spec } from '../model.ts'
import type { Beside } from '../table/iam.ts'
import type { Kind, Where } from '../table/kind.ts'
import { operationsOf } from '../table/operations.ts'
import type { Purposes } from './index.ts'
import { type Allowed, capital, serviceOf } from './statement.ts'
import { arnOf, followed, lookupIn, textOf, textsIn } from './texts.ts'

/** What single resources of the file need beyond themselves, and remarks on what is wider than it need be. */
export const edgeStatements = (
  spec: Spec,
  kinds: readonly Kind[],
  where: Where,
  purposes: Purposes,
): { allowed: Allowed[]; notes: string[] } => {
  const lookup = lookupIn(spec, kinds, where)
  const ours = [...spec.resources.filter(one => one.existing === undefined), ...buried(spec, kinds)].map(
    one => followed(one, lookup),
  )
  const parts = ours.map(desired => {
    const kind = kinds.find(one => one.name === desired.kind) as Kind
    const foreign = ofAnotherService(spec, kinds, desired, kind, where, purposes)
    const beside = (kind.iam?.beside ?? [])
      .filter(one => one.rows !== undefined && (purposes.apply || one.reads))
      .map(one => besides(desired, kind, one, where))
    return {
      allowed: [...foreign, ...beside.flatMap(one => one.allowed)],
      carried: beside.flatMap(one => one.carried),
    }
  })
  const carried = parts.flatMap(one => one.carried)
  const unstated = spec.resources.flatMap(one => unstatedIn(spec, kinds, one, where))
  return {
    allowed: [...parts.flatMap(one => one.allowed), ...unstated],
    notes: carried.length > 0 ? [remark(carried)] : [],
  }
}

/** Reading what the file says nothing of, where that is another service's: `drift --full` looks for it everywhere. */
const unstatedIn = (spec: Spec, kinds: readonly Kind[], parent: Desired, where: Where): Allowed[] => {
  if (parent.existing !== undefined) return []
  const parentKind = kinds.find(one => one.name === parent.kind) as Kind
  const arn = arnOf(parent, parentKind, where)
  return kinds
    .filter(kind => kind.parent === parent.kind && kind.onDemand && kind.iam?.on !== undefined)
    .filter(kind => !spec.resources.some(one => one.parent === parent.address && one.kind === kind.name))
    .flatMap(({ name, idsFrom = {}, read, iam }): Allowed[] => {
      const ids = Object.fromEntries(Object.keys(idsFrom).map(id => [id, arn]))
      const on = (iam?.on?.(ids, {}, where) ?? []).filter(one => one !== undefined)
      const beside = (iam?.beside ?? []).flatMap(one => (one.reads && one.rows && one.on ? [one] : []))
      return [
        { sid: `Read${capital(name)}`, actions: read.operations, on },
        ...beside.map(one => ({
          sid: `${capital(serviceOf(one.action))}For${capital(name)}`,
          actions: [one.action],
          on: one.on === undefined ? [] : [one.on(where, {})],
        })),
      ]
    })
}

/** What `removed` names of kinds that are another service's, or stand elsewhere, than what they are in. */
const buried = ({ resources, removed }: Spec, kinds: readonly Kind[]): Desired[] =>
  removed.flatMap(({ parent, collection, name, path }) => {
    const owner = resources.find(one => one.address === parent)
    const kind = kinds.find(
      ({ parent, place, iam }) =>
        iam?.on !== undefined && parent === owner?.kind && place.form === 'map' && place.block === collection,
    )
    if (owner === undefined || kind?.place.form !== 'map') return []
    const field = kind.place.bareKey?.field ?? kind.nameField
    const spec = field === undefined ? {} : { [field]: name }
    const address = `${owner.address}.${collection}.${name}`
    return [{ address, kind: kind.name, key: name, path, parent: owner.address, spec }]
  })

const remark = ([first, ...others]: readonly string[]): string =>
  `${first}${others.length > 0 ? ` and ${others.length} more settings` : ''} not in the file: roles that are there already are handed to Cognito again with each update, and any role may be. State them, or narrow the statement PassCarriedRoles`

/** The operations of a kind that belong to another service than its parent's. */
const ofAnotherService = (
  spec: Spec,
  kinds: readonly Kind[],
  desired: Desired,
  kind: Kind,
  where: Where,
  { apply }: Purposes,
): Allowed[] => {
  const { on } = kind.iam ?? {}
  if (on === undefined) return []
  const parent = spec.resources.find(one => one.address === desired.parent)
  const parentKind = kinds.find(one => one.name === parent?.kind)
  const parentArn = parent && parentKind && arnOf(parent, parentKind, where)
  const ids = {
    ...Object.fromEntries(Object.keys(kind.idsFrom ?? {}).map(id => [id, parentArn])),
    ...texts(desired.ids ?? {}),
  }
  const arns = on(ids, texts(desired.spec), where).filter(one => one !== undefined)
  const regard = kind.regard?.(desired.spec, ids as { [id: string]: string }, where)
  if (regard?.is === 'beyond') return []
  const { reads, writes } = operationsOf(kind)
  const { only } = kind.iam ?? {}
  return [
    { sid: `Read${capital(kind.name)}`, actions: reads, on: arns },
    {
      sid: `Write${capital(kind.name)}`,
      actions: apply && regard === undefined ? writes : [],
      on: arns,
      ...(only && { condition: { StringEquals: only } }),
    },
  ]
}

const texts = (values: Desired['spec']): { [name: string]: string | undefined } =>
  Object.fromEntries(Object.entries(values).map(([name, term]) => [name, textOf(term)]))

/** What some settings need beside the operations that write them. */
const besides = (
  desired: Desired,
  kind: Kind,
  { action, rows = [], when, on, to }: Beside,
  where: Where,
): { allowed: Allowed[]; carried: string[] } => {
  const stated = rows.filter(row => desired.spec[row] !== undefined)
  const service = serviceOf(action)
  const isWanted = (row: string) => when === undefined || desired.spec[row] === when
  const found = on
    ? stated.some(isWanted)
      ? [on(where, texts(desired.spec))]
      : []
    : stated.flatMap(row => textsIn(desired.spec[row]).filter(text => isArnOf(text, service)))
  const handed = { StringEqualsIfExists: { 'iam:PassedToService': to ?? '' } }
  const sid = `${to ? 'PassRole' : capital(service).replaceAll('-', '')}For${capital(kind.name)}`
  const named: Allowed = { sid, actions: [action], on: found, ...(to && { condition: handed }) }
  const carried = to === undefined ? [] : rows.filter(row => isCarried(desired, kind, row))
  return {
    allowed: [
      named,
      {
        sid: 'PassCarriedRoles',
        actions: carried.length > 0 ? [action] : [],
        on: [`arn:${where.partition}:iam::${where.account}:role/*`],
        condition: { StringEquals: { 'iam:PassedToService': to ?? '' } },
      },
    ],
    carried: carried.map(row => `${desired.address}.${row}`),
  }
}

/** Whether what AWS has there stays, and so is sent again with every update. */
const isCarried = ({ spec, ignore = [] }: Desired, { fields }: Kind, row: string): boolean => {
  if (ignore.some(({ path }) => row === path || row.startsWith(`${path}.`))) return true
  return spec[row] === undefined && fields.find(field => field.path === row)?.unset === 'keep'
}

const isArnOf = (text: string, service: string): boolean =>
  text === '*' || new RegExp(`^arn:[^:]+:${service}:`).test(text)
