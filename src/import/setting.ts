// A setting of AWS in a file that somebody wrote: what it is there, where it can stand, and the text with it.
import { isMap, isNode, isScalar, type Node, parseDocument } from 'yaml'
import type { Desired, Live, Observation, Path, Spec, Term } from '../model.ts'
import { holdsIam } from '../spec/read/schema-walk.ts'
import { splitShapeOf } from '../spec/read/split-block.ts'
import type { Field, Kind } from '../table/kind.ts'
import { hasHoles, isObject, type Lookup, resolve } from '../term.ts'
import { wiresIn } from '../values/canonical.ts'
import { isOwnershipTag } from '../values/ownership.ts'
import { inOwnWords, revise, type Words } from './edit-value.ts'
import { literal, referenceRoots } from './references.ts'
import { splice } from './splice.ts'
import { branch, branchAt, put } from './tree.ts'
import { inline } from './write.ts'

/** A setting of the file beside what AWS has. */
export interface Setting {
  desired: Desired
  kind: Kind
  live: Live
  row: Field
  /** what is known of all of the file and of AWS */
  around: {
    kinds: readonly Kind[]
    spec: Spec
    observation: Observation
    environment?: string
    lookup: Lookup
  }
}

/** A new text, or why there is none; `unwritable` whatever else may change with it. */
export type Outcome = { text: string } | { why: string; unwritable?: boolean }

/** What AWS has, in the file's form; `null` for the default where AWS has nothing to say. */
export const liveForm = ({ live, kind, row, around: { spec, observation } }: Setting): Term => {
  const wires = wiresIn(row, live.wire)
  const form = row.codec
    ? (row.codec.toFile ?? row.codec.fromWire)(wires, observation, () => undefined)
    : Object.values(wires)[0]
  if (
    form === undefined ||
    (Array.isArray(form) && form.length === 0 && row.empty !== undefined && row.empty !== 'empty')
  )
    return null
  const shared = spec.tags
  return row.path === kind.tags && isObject(form)
    ? Object.fromEntries(
        Object.entries(form).filter(([tag, text]) => !isOwnershipTag(tag) && shared[tag] !== text),
      )
    : form
}

const escaped = (value: Term, iam: boolean, roots: ReadonlySet<string>): Term => {
  if (typeof value === 'string') return literal(value, iam, roots)
  if (Array.isArray(value)) return value.map(item => escaped(item, iam, roots))
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, escaped(inner, iam, roots)]))
    : value
}

/** Where a setting can be said, first where the text says it. */
export const pathsOf = ({ around: { spec }, desired, kind, row }: Setting, text: string): Path[] => {
  const parts = row.path.split('.')
  if (kind.place.form !== 'split') return [[...desired.path, ...parts]]
  const parent = spec.resources.find(one => one.address === desired.parent)
  const block = [...(parent?.path ?? []), kind.place.block]
  const shape = splitShapeOf(kind)
  const [first = ''] = parts
  const paths = [
    ...(shape.keys.get(desired.key)?.inner.has(first) ? [[...block, desired.key, ...parts]] : []),
    ...(shape.shared.has(first) ? [[...block, ...parts]] : []),
  ]
  const document = parseDocument(text)
  const rank = (path: Path) => (document.getIn(path) === undefined ? 1 : 0)
  return paths.sort((a, b) => rank(a) - rank(b))
}

/** The text with the value where it belongs: in the place of what stands there, in its variable, or as a new line. */
export const changedText = (text: string, path: Path, setting: Setting): Outcome => {
  const { desired, row } = setting
  const { kinds, environment, lookup } = setting.around
  const value = liveForm(setting)
  const document = parseDocument(text)
  const nodeAt = (path: Path) => document.getIn(path, true) as Node | null | undefined
  const environments = nodeAt(['environments'])
  const places: Places = {
    nodeAt,
    several: isMap(environments) && environments.items.length > 1,
    ...(environment !== undefined && { environment }),
  }
  const roots = referenceRoots(kinds)
  const words: Words = {
    known: term => resolve(term, lookup),
    plain: term => escaped(term, holdsIam(row.schema()), roots),
    isSet: row.shape === 'set',
  }
  const place = placeOf(path, 'override', places)
  const stands = nodeAt(place) ?? nodeAt(path)
  const variable = wholeVariable(stands)
  const said = inOwnWords(stands, desired.spec[row.path], value, words)
  if (variable !== undefined && !isMap(stands) && typeof value !== 'object')
    return laid(text, placeOf(['vars', variable], undefined, places), words.plain(value), places)
  if (said === undefined || hasBare(row, desired.spec[row.path]))
    return {
      why: `it is stated by reference, and AWS has ${inline(value)}: change it by hand`,
      unwritable: true,
    }
  return laid(text, place, said, places)
}

interface Places {
  nodeAt(path: Path): Node | null | undefined
  environment?: string
  /** what stands outside an environment belongs to others too */
  several: boolean
}

/** Where to write what stands at a path: what this environment says for itself stays there, and what others share is not touched. */
const placeOf = (
  path: Path,
  under: 'override' | undefined,
  { nodeAt, environment, several }: Places,
): Path => {
  if (environment === undefined) return path
  const own = ['environments', environment, ...(under === undefined ? [] : [under]), ...path]
  return several || isNode(nodeAt(own)) ? own : path
}

const laid = (text: string, path: Path, value: Term, { nodeAt }: Places): Outcome => {
  const node = nodeAt(path)
  if (isNode(node)) {
    const revised = revise(text, node, value)
    return 'why' in revised ? { ...revised, unwritable: true } : revised
  }
  const tree = branch({ open: true })
  put(tree, path, value)
  // what an environment says for itself has no lines yet to stand under
  if (path[0] === 'environments') for (const at of path.keys()) branchAt(tree, path.slice(0, at)).open = true
  return { text: splice(text, tree) }
}

/** The variable that is all of a value. */
const wholeVariable = (node: Node | null | undefined): string | undefined =>
  isScalar(node) ? /^\$\{var\.([^}]+)\}$/.exec(String(node.value))?.[1] : undefined

/** A setting that names resources by their keys, which AWS does not know. */
const hasBare = (row: Field, stated: Term | undefined): boolean =>
  row.bare !== undefined && stated !== undefined && hasHoles(stated)
