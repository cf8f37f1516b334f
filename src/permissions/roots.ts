// What is allowed on pools and roles and on what is in them, by the operations of their kinds.

import type { Desired, Spec } from '../model.ts'
import type { Kind, Where } from '../table/kind.ts'
import { operationsOf } from '../table/operations.ts'
import type { Purposes } from './index.ts'
import { type Allowed, capital, serviceOf } from './statement.ts'
import { arnOf, nameOf } from './texts.ts'

/** A kind without a parent, with all that is below it. */
interface Root {
  kind: Kind
  family: Kind[]
  service: string
  where: Where
}

/** What is allowed on everything of one kind that the file has, and on what is in it. */
export const rootStatements = (
  spec: Spec,
  kinds: readonly Kind[],
  where: Where,
  purposes: Purposes,
): Allowed[] =>
  kinds
    .filter(kind => kind.parent === undefined)
    .flatMap(kind => {
      const mine = [...spec.resources.filter(one => one.kind === kind.name), ...buried(kind, spec)]
      const service = serviceOf(kind.read.operations[0] as string)
      const root = { kind, family: [kind, ...below(kind, kinds)], service, where }
      const seeking = [...unclaimed(root, spec), ...released(root, spec, purposes)]
      if (mine.length === 0) return seeking
      return [
        ...seeking,
        ...accountWide(root, purposes),
        ...creating(root, mine, spec, purposes),
        ...owned(
          root,
          mine.filter(one => one.existing === undefined),
          spec,
          purposes,
        ),
        ...mine.filter(one => one.existing !== undefined).flatMap(one => lent(root, one, spec, purposes)),
      ]
    })

/** What `removed` names of a kind without a parent. */
const buried = (kind: Kind, { removed }: Spec): Desired[] => {
  const { place, name, nameField = '' } = kind
  return removed
    .filter(one => one.parent === undefined && place.form === 'map' && place.block === one.collection)
    .map(one => ({
      address: `${one.collection}.${one.name}`,
      kind: name,
      key: one.name,
      path: one.path,
      spec: { [nameField]: one.name },
    }))
}

/** The kinds below one, at any depth. */
const below = (kind: Kind, kinds: readonly Kind[]): Kind[] =>
  kinds.filter(one => one.parent === kind.name).flatMap(one => [one, ...below(one, kinds)])

const isAnywhere = ({ family }: Root, operation: string): boolean =>
  family.some(kind => kind.iam?.anywhere?.some(one => one === operation))

/** Reads and writes of a kind in its root's service, those beside its operations included, creation of roots apart. */
const actionsOf = (
  { service, kind: { create, natural } }: Root,
  kind: Kind,
  { destroy, rotate }: Purposes,
) => {
  const { reads, writes } = operationsOf(kind)
  const making = natural ? undefined : create?.operation
  const ending = kind.parent === undefined && kind.stateful && !destroy ? kind.remove?.operation : undefined
  const own = (actions: readonly string[]) =>
    actions.filter(action => serviceOf(action) === service && action !== making && action !== ending)
  const beside = (kind.iam?.beside ?? []).filter(one => one.rows === undefined)
  const { list, add, remove } = kind.issued?.rotate ?? {}
  return {
    reads: own([...reads, ...beside.flatMap(one => (one.reads ? [one.action] : []))]),
    writes: own([...writes, ...beside.flatMap(one => (one.reads ? [] : [one.action]))]),
    rotates: rotate ? [list, add, remove].flatMap(one => (one === undefined ? [] : [one.operation])) : [],
  }
}

/** Operations that IAM can only allow altogether. */
const accountWide = (root: Root, purposes: Purposes): Allowed[] => {
  const actions = root.family.flatMap(kind => {
    const { reads, writes } = actionsOf(root, kind, purposes)
    return [...reads, ...(purposes.apply ? writes : [])]
  })
  return [
    {
      sid: 'AccountWide',
      actions: actions.filter(action => isAnywhere(root, action)),
      on: ['*'],
    },
  ]
}

/** Making something, with our tags; what is pinned exists. */
const creating = (
  { kind, where }: Root,
  mine: readonly Desired[],
  spec: Spec,
  { apply }: Purposes,
): Allowed[] => {
  const { create, iam, natural } = kind
  if (!apply || create === undefined || natural) return []
  if (mine.every(one => one.id !== undefined || one.existing !== undefined)) return []
  const condition = { StringEquals: tagged('aws:RequestTag', spec) }
  const tagging = (iam?.beside ?? []).filter(
    one => one.rows === undefined && /:TagResource$/.test(one.action),
  )
  const name = capital(kind.name)
  return [
    { sid: `Create${name}`, actions: [create.operation], on: ['*'], condition },
    {
      sid: `TagNew${name}`,
      actions: tagging.map(one => one.action),
      on: [iam?.arn?.('*', where)].filter(one => one !== undefined),
      condition,
    },
  ]
}

/** Reading what may or may not be ours, to tell: whether the file has one of the kind or not. */
const unclaimed = (root: Root, spec: Spec): Allowed[] => {
  const { kind, where } = root
  const { operations, tagged: search } = kind.read
  if (search === undefined) return []
  const all = [kind.iam?.arn?.('*', where)].filter(one => one !== undefined)
  const near = [...search.operations, ...(kind.natural ? [] : operations)]
  return [
    { sid: 'AccountWide', actions: near.filter(one => isAnywhere(root, one)), on: ['*'] },
    { sid: `Find${capital(kind.name)}`, actions: near.filter(one => !isAnywhere(root, one)), on: all },
    {
      sid: `Unclaimed${capital(kind.name)}`,
      actions: kind.natural ? operations : [],
      on: all,
      condition: { StringEquals: ofStack(spec) },
    },
  ]
}

/** Taking our tags off what the file gives up, whatever environment they name. */
const released = ({ kind, where }: Root, spec: Spec, { apply }: Purposes): Allowed[] => {
  const { place, untag, iam } = kind
  const isNamed = spec.released?.some(({ collection }) => place.form === 'map' && place.block === collection)
  return !apply || untag === undefined || !isNamed
    ? []
    : [
        {
          sid: `Release${capital(kind.name)}`,
          actions: [untag.operation],
          on: [iam?.arn?.('*', where)].filter(one => one !== undefined),
          condition: { StringEquals: ofStack(spec) },
        },
      ]
}

const ofStack = ({ stack }: Spec) => ({ 'aws:ResourceTag/cogsync:stack': stack })

/** Everything on what is ours: by id or name, else by its tags. */
const owned = (root: Root, mine: readonly Desired[], spec: Spec, purposes: Purposes): Allowed[] => {
  const { kind, family, where } = root
  const actions = family.flatMap(one => {
    const { reads, writes, rotates } = actionsOf(root, one, purposes)
    return [...reads, ...(purposes.apply ? writes : []), ...rotates].filter(each => !isAnywhere(root, each))
  })
  const making = kind.natural && purposes.apply && kind.create ? [kind.create.operation] : []
  const [named, other] = [
    mine.filter(one => one.id !== undefined || kind.natural),
    mine.filter(one => one.id === undefined && !kind.natural),
  ]
  const arns = (some: readonly Desired[]) =>
    some.map(one => arnOf(one, kind, where)).filter(one => one !== undefined)
  const absent = named.flatMap(one =>
    kind.natural ? (kind.iam?.absent?.(nameOf(one, kind), where) ?? []) : [],
  )
  const { reads } = actionsOf(root, kind, purposes)
  return [
    { sid: `Named${capital(kind.name)}`, actions: [...actions, ...making], on: arns(named) },
    {
      sid: `Find${capital(kind.name)}`,
      actions: reads,
      on: absent.filter(arn => !arns(named).includes(arn)),
    },
    {
      sid: `Owned${capital(kind.name)}`,
      actions,
      on: arns(other),
      condition: { StringEquals: tagged('aws:ResourceTag', spec) },
    },
  ]
}

/** Reading what others own, and writing the kinds that the file has in it. */
const lent = (root: Root, desired: Desired, spec: Spec, purposes: Purposes): Allowed[] => {
  const { kind, family, where } = root
  const { address, prune = [] } = desired
  const inside = new Set(spec.resources.filter(one => one.parent === address).map(one => one.kind))
  const buried = spec.removed.filter(one => one.parent === address).map(one => one.collection)
  const isInside = ({ name, place }: Kind): boolean =>
    inside.has(name) || (place.form === 'map' && [...buried, ...prune].includes(place.block))
  const actions = family.flatMap(one => {
    const { reads, writes, rotates } = actionsOf(root, one, purposes)
    const ours = one !== kind && isInside(one)
    return [...reads, ...(purposes.apply && ours ? writes : []), ...(ours ? rotates : [])]
  })
  const arn = arnOf(desired, kind, where)
  return [
    {
      sid: `Existing${capital(kind.name)}`,
      actions: actions.filter(action => !isAnywhere(root, action)),
      on: arn === undefined ? [] : [arn],
    },
  ]
}

const tagged = (key: 'aws:RequestTag' | 'aws:ResourceTag', { stack, environment }: Spec) => ({
  [`${key}/cogsync:stack`]: stack,
  ...(environment !== undefined && { [`${key}/cogsync:environment`]: environment }),
})
