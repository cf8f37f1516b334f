// cogsync drift --accept: what AWS has goes into the file, at the places that say otherwise.
import type { Digest } from '../aws/digest.ts'
import type { Observation, Path, Plan, Spec } from '../model.ts'
import { makeWorld } from '../plan/context.ts'
import { makePlan } from '../plan/plan.ts'
import { parseSpec } from '../spec/index.ts'
import type { Kind } from '../table/kind.ts'
import { filesIn, resolve } from '../term.ts'
import { canonicalText } from '../values/canonical.ts'
import { changedText, liveForm, type Outcome, pathsOf, type Setting } from './setting.ts'

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
  digest(path: string): Digest
}

/** Resource by resource; what the file then no longer reads well with is left as it was. */
export const acceptDrift = (input: AcceptInput): Accepted => {
  const { spec, observation, kinds, plan } = input
  const around = { ...input, lookup: makeWorld(spec, observation, kinds, observation).lookup }
  const result: Accepted = { text: input.text, accepted: [], kept: [] }
  for (const { address, fields, blocked } of plan.changes) {
    const group = [...fields, ...blocked].flatMap(({ path }): Setting[] => {
      const setting = settingOf(around, address, path)
      if (typeof setting !== 'string') return isSaid(setting) ? [] : [setting]
      result.kept.push({ address, path, why: setting })
      return []
    })
    settle(result, group, input)
  }
  return result
}

/** A setting of the file and of AWS, or why there is nothing to accept. */
const settingOf = (around: Setting['around'], address: string, path: string): Setting | string => {
  const desired = around.spec.resources.find(one => one.address === address)
  const live = around.observation.live[address]
  const kind = around.kinds.find(one => one.name === desired?.kind)
  const row = kind?.fields.find(one => one.path === path)
  if (desired === undefined || kind === undefined || row === undefined)
    return 'it is to be deleted: take it out of `removed` by hand'
  if (live === undefined) return 'it is not there: take it out of the file, or apply'
  if (row.path === kind.nameField) return 'a name is how it is found: change it by hand'
  if (row.secret || row.secretKeys) return 'it holds secrets: change it by hand'
  const setting = { desired, kind, live, row, around }
  const values = [desired.spec[row.path] ?? null, liveForm(setting)]
  return filesIn(values).length > 0 ? 'a file stands behind it: change it by hand' : setting
}

/** Whether the file says it already, but for tags that are others'. */
const isSaid = (setting: Setting): boolean => {
  const { desired, kind, row, around } = setting
  const stated = resolve(desired.spec[row.path] ?? {}, around.lookup)
  return row.path === kind.tags && canonicalText(liveForm(setting) ?? {}) === canonicalText(stated)
}

/** Settings of one resource, all at once if they can be: some are valid only beside others. */
const settle = (result: Accepted, group: readonly Setting[], input: AcceptInput): void => {
  if (group.length === 0) return
  const without = (some: readonly Setting[]) => group.filter(one => !some.includes(one))
  const take = (some: readonly Setting[], text: string): void => {
    result.text = text
    result.accepted.push(...some.map(nameOf))
    settle(result, without(some), input)
  }
  const all = together(result.text, group, input)
  if ('text' in all) {
    take(group, all.text)
    return
  }
  const alone = group.map(one => [one, onItsOwn(result.text, one, input)] as const)
  const fine = alone.find(([, said]) => 'text' in said)
  if (fine !== undefined && 'text' in fine[1]) {
    take([fine[0]], fine[1].text)
    return
  }
  // one of them keeps the others out
  const [stuck, said] =
    alone.find(([, one]) => 'unwritable' in one) ??
    alone.find(([one]) => group.length > 1 && 'text' in together(result.text, without([one]), input)) ??
    (alone[0] as (typeof alone)[0])
  if ('why' in said) result.kept.push({ ...nameOf(stuck), why: said.why })
  settle(result, without([stuck]), input)
}

const nameOf = ({ desired: { address }, row: { path } }: Setting) => ({ address, path })

/** The text with some settings taken over, each where it stands. */
const together = (text: string, group: readonly Setting[], input: AcceptInput): Outcome => {
  let all = text
  for (const one of group) {
    const changed = changedText(all, pathsOf(one, all)[0] as Path, one)
    if ('why' in changed) return changed
    all = changed.text
  }
  return objection(all, group, input) ?? { text: all }
}

/** The text with one setting taken over, where it stands or in another place of its own. */
const onItsOwn = (text: string, one: Setting, input: AcceptInput): Outcome => {
  const said = pathsOf(one, text).map(path => {
    const changed = changedText(text, path, one)
    return 'why' in changed ? changed : (objection(changed.text, [one], input) ?? changed)
  })
  return said.find(each => 'text' in each) ?? (said[0] as Outcome)
}

/** Why a text is not what was meant: it cannot be read, or its plan shows the settings still, or another one. */
const objection = (
  text: string,
  group: readonly Setting[],
  input: AcceptInput,
): { why: string } | undefined => {
  const { spec, diagnostics } = parseSpec(
    { file: 'cognito.yaml', text },
    {
      kinds: input.kinds,
      readText: input.readText,
      digest: input.digest,
      ...(input.environment !== undefined && { environment: input.environment }),
    },
  )
  const wrong = diagnostics.find(({ severity }) => severity === 'error')
  if (spec === undefined) return { why: `the file would not be valid: ${wrong?.message}` }
  const before = new Set(differing(input.plan))
  const after = differing(makePlan(spec, input.observation, input.kinds, { tool: input.plan.tool }))
  const other = after.find(one => !before.has(one))
  if (other !== undefined) return { why: `${other} would change with it: change it by hand` }
  return group.some(({ desired, row }) => after.includes(`${desired.address} ${row.path}`))
    ? { why: 'it cannot be said where it stands: change it by hand' }
    : undefined
}

const differing = ({ changes }: Plan): string[] =>
  changes.flatMap(({ address, fields, blocked }) =>
    [...fields, ...blocked].map(({ path }) => `${address} ${path}`),
  )
