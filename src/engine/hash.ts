// Hashes of plans, saved or to be reviewed.
import { createHash } from 'node:crypto'
import type { Impact, Json, Plan } from '../model.ts'
import { canonicalText, canonicalTexts } from './canonical.ts'

/** As much text, in UTF-16 units, as is hashed at once. */
const enough = 100_000

/** A digest of a value in canonical form; that of a whole plan is never one text. */
export const digest = (value: object): string => {
  const hash = createHash('sha256')
  let text = ''
  for (const piece of canonicalTexts(value as unknown as Json)) {
    text += piece
    if (text.length < enough) continue
    hash.update(text)
    text = ''
  }
  return hash.update(text).digest('hex')
}

/** A value with every list in order: where no row says which lists are sets, all are. */
export const sortedLists = (value: unknown): Json => {
  if (Array.isArray(value))
    return value.length < 2
      ? value.map(sortedLists)
      : value
          .map(item => sortedLists(item))
          .map(item => ({ item, text: canonicalText(item) }))
          .sort((a, b) => (a.text < b.text ? -1 : 1))
          .map(({ item }) => item)
  if (typeof value !== 'object' || value === null) return value as Json
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sortedLists(inner)]))
}

/**
 * The hash of a plan: what the file says, what is done to what, where, by which major version. What was merely seen
 * is not in it: counts, times, what the file does not list, remarks, and how long to be patient.
 */
export const planHash = (plan: Omit<Plan, 'hash'>): string => {
  const { format, tool, target, scope, desired, fingerprints, secrets } = plan
  const changes = plan.changes
    .filter(change => change.action !== 'none')
    .map(change => ({
      address: change.address,
      kind: change.kind,
      action: change.action,
      name: change.name,
      ids: change.ids,
      impact: lasting(change.impact),
      // values are in what the file says, in the fingerprint and in the calls
      fields: change.fields.map(({ path, restored = false, impact }) => ({
        path,
        restored,
        impact: lasting(impact),
      })),
      blocked: change.blocked.map(({ path, code }) => ({ path, code })),
      after: [...change.after].sort(),
      calls: change.calls.map(({ retryOn: _patience, ...call }) => sortedLists(call)),
      goesWith: change.goesWith ?? null,
    }))
    .sort((a, b) => (a.address < b.address ? -1 : 1))
  const known = Object.fromEntries(
    Object.entries(plan.known).filter(([, attributes]) => Object.keys(attributes).length > 0),
  )
  const body = { format, major: majorOf(tool), target, scope: scope ?? [], desired, changes, fingerprints }
  return digest({ ...body, known, secrets })
}

/**
 * Impacts but that of a secret's flow, which is told from the calls and the sources, and beside them depends on
 * whether a secret could be compared: whoever plans may have fewer rights than whoever applies.
 */
const lasting = (impact: readonly Impact[]): Impact[] =>
  impact.filter(one => one !== 'secret-flow' && one !== 'in-place').sort()

/** `cogsync/1.2.3` → `1`: the versions that understand each other's plans. */
export const majorOf = (tool: string): string => /\/(\d+)/.exec(tool)?.[1] ?? tool

/** The seal of a saved plan: over all of it, so that no part can be edited unnoticed. */
export const sealOf = (plan: Plan): string => digest(plan)
