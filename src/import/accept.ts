// cogsync drift --accept: what AWS has goes into the file, at the places that say otherwise.
import { isCollection, type Node, parseDocument } from 'yaml'
import { wiresIn, wiresOf } from '../engine/canonical.ts'
import { isOwnershipTag } from '../engine/owner.ts'
import { hasHoles, isObject } from '../engine/terms.ts'
import type { Field, Kind, Where } from '../kinds/kind.ts'
import type { Desired, FieldChange, Live, Observation, Path, Plan, Spec, Term } from '../model.ts'
import { parseSpec } from '../spec/index.ts'
import { holdsIam } from '../spec/schema-walk.ts'
import { literal, referenceRoots } from './references.ts'
import { splice } from './splice.ts'
import { branch, put } from './tree.ts'
import { inline, writeUnder } from './write.ts'

export interface Accepted {
  text: string
  /** settings that the file now says as AWS has them */
  accepted: { address: string; path: string }[]
  /** settings that somebody has to see to, and why */
  kept: { address: string; path: string; why: string }[]
}

export interface AcceptInput {
  text: string
  kinds: readonly Kind[]
  spec: Spec
  plan: Plan
  observation: Observation
  environment?: string
  readText(path: string): string
}

/** Setting by setting; one that the file then no longer reads well with is left as it was. */
export const acceptDrift = (input: AcceptInput): Accepted => {
  const result: Accepted = { text: input.text, accepted: [], kept: [] }
  for (const change of input.plan.changes) {
    const desired = input.spec.resources.find(one => one.address === change.address)
    const live = input.observation.live[change.address]
    const kind = input.kinds.find(one => one.name === change.kind)
    const all = [
      ...change.fields,
      ...change.blocked.map(({ path, before }) => ({ path, before }) as FieldChange),
    ]
    for (const field of all) {
      const row = kind?.fields.find(one => one.path === field.path)
      const said =
        desired === undefined || kind === undefined || row === undefined
          ? 'it is to be deleted: take it out of `removed` by hand'
          : live === undefined
            ? 'it is not there: take it out of the file, or apply'
            : acceptOne(result.text, { input, desired, kind, live, row })
      if (typeof said === 'string') result.kept.push({ address: change.address, path: field.path, why: said })
      else if (said !== undefined) {
        result.text = said.text
        result.accepted.push({ address: change.address, path: field.path })
      }
    }
  }
  return result
}

interface Situation {
  input: AcceptInput
  desired: Desired
  kind: Kind
  live: Live
  row: Field
}

/** The new text, or why there is none; `undefined` when there is nothing to take over. */
const acceptOne = (text: string, situation: Situation): { text: string } | string | undefined => {
  const { input, desired, kind, row } = situation
  if (kind.place.form === 'split') return 'change it by hand: several settings stand on its line'
  if (row.path === kind.nameField) return 'a name is how it is found: change it by hand'
  if (row.secret || row.secretKeys) return 'it holds secrets: change it by hand'
  const stated = desired.spec[row.path]
  if (stated !== undefined && stated !== null && hasHoles(stated))
    return 'it is stated by reference: change it by hand'
  const value = liveForm(situation)
  if (row.path === kind.tags && JSON.stringify(value) === JSON.stringify(stated ?? {})) return undefined
  const path = [...desired.path, ...row.path.split('.')]
  const changed = changedText(text, path, value, input)
  if (typeof changed === 'string') return changed
  const { diagnostics } = parseSpec(
    { file: 'cognito.yaml', text: changed.text },
    {
      kinds: input.kinds,
      readText: input.readText,
      ...(input.environment !== undefined && { environment: input.environment }),
    },
  )
  const wrong = diagnostics.find(({ severity }) => severity === 'error')
  return wrong === undefined ? changed : `the file would not be valid: ${wrong.message}`
}

/** What AWS has, as the file says it; `null` for the default where AWS has nothing to say. */
const liveForm = ({ live, kind, row, input }: Situation): Term => {
  const where: Where = input.observation
  const wires = wiresIn(row, live.wire)
  const form = row.codec
    ? (row.codec.toFile ?? row.codec.fromWire)(wires, where, () => undefined)
    : wires[wiresOf(row)[0] as string]
  if (
    form === undefined ||
    (Array.isArray(form) && form.length === 0 && row.empty !== undefined && row.empty !== 'empty')
  )
    return null
  const shared = input.spec.tags
  const own =
    row.path === kind.tags && isObject(form)
      ? Object.fromEntries(
          Object.entries(form).filter(([tag, text]) => !isOwnershipTag(tag) && shared[tag] !== text),
        )
      : form
  return escaped(own, holdsIam(row.schema), referenceRoots(input.kinds))
}

const escaped = (value: Term, iam: boolean, roots: ReadonlySet<string>): Term => {
  if (typeof value === 'string') return literal(value, iam, roots)
  if (Array.isArray(value)) return value.map(item => escaped(item, iam, roots))
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, escaped(inner, iam, roots)]))
    : value
}

/** The text with the value at a path: in the place of what stands there, or as a new line. */
const changedText = (
  text: string,
  path: Path,
  value: Term,
  input: AcceptInput,
): { text: string } | string => {
  const document = parseDocument(text)
  const own = ['environments', input.environment ?? '', 'override', ...path]
  const [inBase, inOverride] = [path, own].map(one => document.getIn(one, true) as Node | null | undefined)
  const node = inOverride ?? inBase
  if (node === undefined || node === null) {
    const tree = branch({ open: true })
    put(tree, path, value)
    return { text: splice(text, tree) }
  }
  const [start, end] = node.range ?? [0, 0]
  const source = text.slice(start, end)
  if (source.startsWith('*') || source.startsWith('&'))
    return 'it is written with an anchor: change it by hand'
  if (source.includes('${')) return 'it is stated by reference: change it by hand'
  if (/(^|\s)#/.test(source) && isCollection(node)) return 'comments stand in it: change it by hand'
  const block = isCollection(node) && !node.flow && node.items.length > 0
  if (!block && !source.includes('\n'))
    return { text: text.slice(0, start) + inline(value) + text.slice(end) }
  // over several lines: written anew, at the same depth
  const column = start - (text.lastIndexOf('\n', start - 1) + 1)
  const many = typeof value === 'object' && value !== null && Object.keys(value).length > 0
  const lines = block && many ? writeUnder(value, column).slice(column).replace(/\n$/, '') : inline(value)
  const tail = source.endsWith('\n') ? '\n' : ''
  return { text: text.slice(0, start) + lines + tail + text.slice(end) }
}
