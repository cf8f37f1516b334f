// Hashes of plans, saved or to be reviewed.
import { createHash } from 'node:crypto'
import type { Impact, Json, Plan, Term } from '../model.ts'
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
 * The hash of a plan: what decides and what is shown. What the file says, what is done to what, with the values
 * before and after, with which options, what is wrong with it or unknown, where, by which major version. What was
 * merely seen is not in it: counts, times, what the file does not list, remarks, the commit, and how long to be patient.
 */
export const planHash = (plan: Omit<Plan, 'hash' | 'digests'>): string => {
  const { format, tool, target, scope, options, desired, fingerprints, secrets } = plan
  const changes = plan.changes
    .filter(change => change.action !== 'none' || change.calls.length > 0)
    .map(change => ({
      address: change.address,
      kind: change.kind,
      action: change.action,
      name: change.name,
      ids: change.ids,
      impact: lasting(change.impact),
      // that a secret is there, not whether it was at hand to be compared
      fields: change.fields.map(({ restored = false, secret, ...field }) => ({
        ...shown(field),
        impact: lasting(field.impact),
        restored,
        secret: secret !== undefined,
      })),
      blocked: change.blocked.map(({ code, ...block }) => ({ ...shown(block), code })),
      after: [...change.after].sort(),
      calls: change.calls.map(({ retryOn: _patience, ...call }) => sortedLists(call)),
      goesWith: change.goesWith ?? null,
    }))
    .sort((a, b) => (a.address < b.address ? -1 : 1))
  const known = Object.fromEntries(
    Object.entries(plan.known).filter(([, attributes]) => Object.keys(attributes).length > 0),
  )
  const errors = plan.diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, path }) => ({ code, path }))
  const unread = plan.unread.map(({ address, operation }) => ({ address, operation }))
  const body = { format, major: majorOf(tool), target, scope: scope ?? [], options: options ?? {}, desired }
  const seen = { changes, fingerprints, known, secrets }
  return digest({
    ...body,
    ...seen,
    ...(sortedLists({ errors, unread, unclaimed: plan.unclaimed }) as object),
  })
}

/**
 * Impacts but that of a secret's flow, which is told from the calls and the sources, and beside them depends on
 * whether a secret could be compared: whoever plans may have fewer rights than whoever applies.
 */
const lasting = (impact: readonly Impact[]): Impact[] =>
  impact.filter(one => one !== 'secret-flow' && one !== 'in-place').sort()
/** A setting's path and its values, as they are shown. */
const shown = ({ path, before, after }: { path: string; before?: Term; after?: Term }) => ({
  path,
  ...(before !== undefined && { before: sortedLists(before) }),
  ...(after !== undefined && { after: sortedLists(after) }),
})

/** A digest of each setting of each change, bound to where it was wanted. Of secrets nothing but their place is in it. */
export const settingDigests = ({
  changes,
  target,
  source,
}: Pick<Plan, 'changes' | 'target' | 'source'>): Plan['digests'] =>
  Object.fromEntries(
    changes
      .filter(({ fields }) => fields.length > 0)
      .map(({ address, fields }) => [
        address,
        Object.fromEntries(
          fields.map(field => [
            field.path,
            digest({ address, ...shown(field), target, ...(source && { source }) }),
          ]),
        ),
      ]),
  )

/** `cogsync/1.2.3` → `1`: the versions that understand each other's plans. */
export const majorOf = (tool: string): string => /\/(\d+)/.exec(tool)?.[1] ?? tool

/** The seal of a saved plan: over all of it, so that no part can be edited unnoticed. */
export const sealOf = (plan: Plan): string => digest(plan)
