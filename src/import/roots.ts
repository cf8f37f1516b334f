// Which roots are imported: the ones asked for, what trusts them, and what they use.

import type { Term } from '../model.ts'
import { read, site, type Watch } from '../observe/reader.ts'
import { homeOf } from '../observe/tagged.ts'
import { runError } from '../problem.ts'
import { holdsIam } from '../spec/read/schema-walk.ts'
import type { Kind, Listed } from '../table/kind.ts'
import { stackOf } from '../values/ownership.ts'
import { inOrder, type Left, type Seen, surveyRoot } from './discover.ts'

export interface Chosen {
  roots: Seen[]
  left: Left[]
}

/** Everything asked for: `all`, or roots by id or name. */
export const chooseRoots = async (watch: Watch, wanted: 'all' | readonly string[]): Promise<Chosen> => {
  const left: Left[] = []
  const listable = watch.kinds.filter(kind => kind.parent === undefined && kind.read.list !== undefined)
  const lists = await Promise.all(
    listable.map(async kind => ({
      kind,
      listed: [...((await kind.read.list?.(watch.aws, site(watch, undefined))) ?? [])].sort(
        inOrder(ownId(kind)),
      ),
    })),
  )
  const named =
    wanted === 'all'
      ? lists.flatMap(({ kind, listed }) => listed.map(one => ({ kind, one, asked: false })))
      : wanted.map(name => ({ ...onlyOne(name, lists), asked: true }))
  const roots = await rootsOf(watch, named, left)
  const others = lists
    .filter(({ kind }) => wanted !== 'all' && isFollower(kind, watch.kinds))
    .flatMap(({ kind, listed }) => listed.map(one => ({ kind, one, asked: false })))
    .filter(({ kind, one }) => !named.some(each => each.kind === kind && sameIds(kind, each.one, one)))
  const followers = await followersOf(watch, others, roots, left)
  const used = await usedBy(watch, [...roots, ...followers], left)
  return { roots: inRegistryOrder(watch, [...roots, ...followers, ...used]), left }
}

const ownId = (kind: Kind): string => kind.ids.at(-1) as string
const sameIds = (kind: Kind, a: Listed, b: Listed): boolean => a.ids[ownId(kind)] === b.ids[ownId(kind)]

interface Candidate {
  kind: Kind
  one: Listed
  asked: boolean
}

const onlyOne = (
  name: string,
  lists: readonly { kind: Kind; listed: readonly Listed[] }[],
): { kind: Kind; one: Listed } => {
  const all = lists.flatMap(({ kind, listed }) => listed.map(one => ({ kind, one })))
  const byId = all.filter(({ kind, one }) => one.ids[ownId(kind)] === name)
  const found = byId.length > 0 ? byId : all.filter(({ one }) => one.name === name)
  const [first] = found
  if (first !== undefined && found.length === 1) return first
  throw runError(
    first === undefined
      ? {
          exit: 1,
          code: 'not-found',
          message: `there is no ${lists.map(({ kind }) => kind.title).join(' or ')} with the id or name ${name}`,
          hint: 'look at the Region and the account, or import everything with --all',
        }
      : {
          exit: 1,
          code: 'ambiguous-name',
          message: `${found.length} are named ${name}: ${found.map(({ kind, one }) => one.ids[ownId(kind)]).join(', ')}`,
          hint: 'say which by its id',
        },
  )
}

/** Read in full, but for what another stack owns. */
const rootsOf = async (watch: Watch, candidates: readonly Candidate[], left: Left[]): Promise<Seen[]> => {
  const read = await Promise.all(
    candidates.map(async ({ kind, one, asked }) => {
      const seen = await surveyRoot(watch, kind, one.ids)
      return seen && isFree(watch, seen, asked, left) ? seen : undefined
    }),
  )
  return read.filter(seen => seen !== undefined)
}

/** What no file of this Region can manage, and why. */
const unfit = ({ where }: Watch, { kind, live, read }: Seen): { why: string; hint: string } | undefined => {
  const home = homeOf(kind, live.ids)
  if (home !== undefined && home !== where.region)
    return {
      why: `is a replica here; its primary Region is ${home}`,
      hint: `import it there, with --region ${home}: its replicas come with it`,
    }
  const tags = Object.keys(read.found.tags ?? {}).filter(tag => !/^(aws|cogsync):/.test(tag))
  if (kind.tags !== undefined && tags.length > mostOtherTags)
    return {
      why: `has ${tags.length} tags, and AWS allows 50: there is no room for those that say whose it is`,
      hint: 'take some off, or refer to it with `existing:`',
    }
  return undefined
}

/** AWS allows 50, and three are cogsync's own. */
const mostOtherTags = 47

/** What another stack, or another environment of this one, owns is left to it; so is what cannot be managed here. */
const isFree = (watch: Watch, seen: Seen, asked: boolean, left: Left[]): boolean => {
  const obstacle = unfit(watch, seen)
  if (obstacle !== undefined) {
    const { why, hint } = obstacle
    const { kind, live } = seen
    if (asked) throw runError({ exit: 1, code: 'unfit', message: `${kind.title} ${live.name} ${why}`, hint })
    left.push({ kind, name: live.name, id: live.ids[ownId(kind)] as string, why })
    return false
  }
  const owner = stackOf(seen.read.found.tags)
  const { stack, environment } = watch.spec
  if (owner === undefined || (owner.stack === stack && owner.environment === environment)) return true
  const { kind, live } = seen
  const why = `belongs to stack ${owner.stack}${owner.environment === undefined ? '' : `, environment ${owner.environment}`}`
  if (asked)
    throw runError({
      exit: 1,
      code: 'owned-by-another',
      message: `${kind.title} ${live.name} ${why}`,
      hint: 'refer to it with `existing:`, or take its cogsync tags off first',
    })
  left.push({ kind, name: live.name, id: live.ids[ownId(kind)] as string, why })
  return false
}

/** Kinds that name resources of other roots: they come with what they name. */
const isFollower = (kind: Kind, kinds: readonly Kind[]): boolean =>
  kind.fields.some(
    ({ bare }) => bare !== undefined && kinds.some(one => one.name === bare.kind && one.name !== kind.name),
  )

/** Those that name something of the chosen roots by its id. */
const followersOf = async (
  watch: Watch,
  candidates: readonly Candidate[],
  roots: readonly Seen[],
  left: Left[],
): Promise<Seen[]> => {
  const ids = new Set(roots.flatMap(everything).flatMap(({ kind, live }) => plainIds(kind, live.ids)))
  const related = await Promise.all(
    candidates.map(async candidate => {
      const one = await read(watch, candidate.kind, candidate.one.ids, undefined)
      return one && textsIn(one.found.wire).some(text => ids.has(text)) ? [candidate] : []
    }),
  )
  return rootsOf(watch, related.flat(), left)
}

/** Ids that AWS made: no setting is equal to one by chance. */
export const plainIds = (kind: Kind, ids: { [member: string]: string }): string[] =>
  kind.ids.flatMap(member => (kind.natural?.[member] === undefined && ids[member] ? [ids[member]] : []))

export const everything = (seen: Seen): Seen[] => [seen, ...seen.children.flatMap(everything)]

const textsIn = (value: Term): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}

/** Roots that cannot be listed, found by the ARNs in settings of what was found. */
const usedBy = async (watch: Watch, seen: readonly Seen[], left: Left[]): Promise<Seen[]> => {
  const unlisted = watch.kinds.filter(
    kind => kind.parent === undefined && kind.read.list === undefined && kind.natural !== undefined,
  )
  const texts = new Set(
    seen
      .flatMap(everything)
      .flatMap(({ kind, values }) =>
        kind.fields
          .filter(field => !holdsIam(field.schema()))
          .flatMap(field => textsIn(values[field.path] ?? null)),
      ),
  )
  const found = await Promise.all(
    unlisted.map(async kind => {
      const arns = [...texts].filter(text => arnOf(kind, watch.where.account).test(text)).sort()
      return Promise.all(arns.map(arn => usedOne(watch, kind, arn, left)))
    }),
  )
  return found.flat().filter(one => one !== undefined)
}

/** The ARNs of a kind in this account, as its operations call it: `iam:CreateRole` makes `:iam::…:role/…`. */
const arnOf = (kind: Kind, account: string): RegExp => {
  const [service = '', verb = ''] = (kind.create?.operation ?? '').split(':')
  return new RegExp(
    `^arn:[\\w-]+:${service}:[\\w-]*:${account}:${verb.replace(/^Create/, '').toLowerCase()}/`,
  )
}

/** AWS made it, and nobody but AWS can change it. */
export const isServiceLinked = (arn: string): boolean =>
  /^arn:[^/]+\/aws-(?:service-role|reserved)\//.test(arn)

const usedOne = async (watch: Watch, kind: Kind, arn: string, left: Left[]): Promise<Seen | undefined> => {
  const [, ...path] = arn.split('/')
  const name = path.at(-1) as string
  const leave = (why: string): undefined => {
    left.push({ kind, name, id: arn, why })
    return undefined
  }
  if (path.length > 1 && /^aws-(service-role|reserved)$/.test(path[0] as string)) return leave('AWS keeps it')
  const seen = await surveyRoot(watch, kind, { [ownId(kind)]: name })
  if (seen === undefined) return leave('it could not be found')
  if (!Object.values(seen.live.ids).includes(arn)) return leave('it is another one by now')
  return isFree(watch, seen, false, left) ? seen : undefined
}

const inRegistryOrder = (watch: Watch, roots: readonly Seen[]): Seen[] => {
  const rank = (seen: Seen) => watch.kinds.indexOf(seen.kind)
  const text = (seen: Seen) => `${seen.live.name}\n${seen.live.ids[ownId(seen.kind)]}`
  return [...roots].sort((a, b) => rank(a) - rank(b) || (text(a) < text(b) ? -1 : 1))
}
