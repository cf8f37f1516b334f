// The pipeline: read → parse → observe → plan → apply. Everything that needs the SDK is loaded here, when it is
// first needed.

import { basename, dirname, relative, resolve, sep } from 'node:path'
import type { Clock } from './aws/retry.ts'
import { openAws, orRunError, whoAmI, wrongAccount } from './aws/session.ts'
import type { Contact } from './aws/silence.ts'
import type { Accepted } from './import/accept.ts'
import type { Imported, ImportOptions } from './import/index.ts'
import { kinds } from './kinds/index.ts'
import type { JsonObject, Observation, Outcome, Outputs, Plan, Report, Spec } from './model.ts'
import type { Permissions, Purposes } from './permissions/index.ts'
import { type RunError, runError } from './problem.ts'
import type { Parsed } from './spec/index.ts'
import { fileDigest, textReader } from './workflows/files.ts'
import type { Fresh } from './workflows/plan-difference.ts'
import { readPlanFiles } from './workflows/plan-files.ts'
import { configBytes, observeNow, type RunOptions, secretSite } from './workflows/session.ts'
import { tool } from './workflows/version.ts'

/** What to write, and whose it is to be; `into`: a valid file to add to. */
export interface ImportRequest extends Omit<ImportOptions, 'kinds' | 'into'> {
  region: string
  into?: { file: string; text: string; account?: string }
  endpoint?: string
  profile?: string
  pace?: 'aws' | 'none'
  /** the system's, unless given */
  clock?: Clock
  cwd?: string
  /** hears of requests and answers */
  contact?: Contact
}

export interface ApplyOptions extends RunOptions {
  skipBlocked?: boolean
  onOutcome?: (outcome: Outcome) => void
  signal?: AbortSignal
}

/**
 * Reads AWS and plans. Throws a `RunError`: exit 4 without usable credentials or in the wrong account, exit 1 when a
 * target names nothing.
 */
export const makePlan = async (
  parsed: Parsed & { spec: Spec },
  options: RunOptions,
): Promise<{ plan: Plan; observation: Observation }> => {
  const { spec } = parsed
  const [{ observation }, planning, { checkTargets }] = await Promise.all([
    observeNow(spec, options, { compare: true }),
    import('./plan/plan.ts'),
    import('./workflows/target-errors.ts'),
  ])
  const plan = planning.makePlan(spec, observation, kinds, {
    tool,
    now: new Date(options.clock?.now() ?? Date.now()).toISOString(),
    ...(options.allow && { allow: options.allow }),
    ...(options.adopt !== undefined && { adopt: options.adopt }),
    ...(options.targets && { targets: options.targets }),
    ...(options.scope && { scope: options.scope }),
    ...(options.source && { source: options.source }),
  })
  checkTargets(options.targets ?? [], spec, plan)
  return { plan, observation }
}

/** The name that people gave the account; `undefined` when there is none, or asking is not allowed. */
export const accountAlias = async (region: string, options: RunOptions): Promise<string | undefined> => {
  const aws = await openAws(region, options)
  const { AccountAliases: [alias] = [] } = (await aws
    .send('iam:ListAccountAliases', {})
    .catch(() => ({}))) as { AccountAliases?: string[] }
  return alias
}

/** Reads AWS, and says what apps need to know of it. Secrets are read only when told to. */
export const readOutputs = async (
  parsed: Parsed & { spec: Spec },
  options: RunOptions & { address?: string; secrets?: boolean; limits?: boolean },
): Promise<Outputs> => {
  const { aws, observation } = await observeNow(parsed.spec, options)
  const [{ outputsOf }, { readLimits }] = await Promise.all([
    import('./workflows/outputs.ts'),
    import('./workflows/limits.ts'),
  ])
  return orRunError(async () => ({
    ...(await outputsOf(parsed.spec, observation, kinds, {
      ...(options.address !== undefined && { address: options.address }),
      ...(options.secrets && { secrets: { aws, hide: aws.hide } }),
    })),
    ...(options.limits && { limits: await readLimits(aws) }),
  }))
}

/** Reads AWS and writes what is there as a file; throws a `RunError` when it cannot. */
export const importAws = async (options: ImportRequest): Promise<Imported> => {
  const { into, cwd = process.cwd() } = options
  const aws = await openAws(options.region, options)
  const where = await whoAmI(aws, options.region)
  if (into?.account !== undefined && into.account !== where.account)
    throw wrongAccount(where.account, into.account)
  const { importFile } = await import('./import/index.ts')
  return orRunError(() =>
    importFile(aws, where, {
      ...options,
      kinds,
      ...(into && {
        into: {
          ...into,
          readText: textReader(dirname(resolve(cwd, into.file))),
          digest: fileDigest(dirname(resolve(cwd, into.file))),
        },
      }),
    }),
  )
}

/** The file's text with what AWS has in the place of what the plan would change. */
export const acceptDrift = async (
  { spec, plan, observation }: { spec: Spec; plan: Plan; observation: Observation },
  options: RunOptions,
): Promise<Accepted> => {
  const path = resolve(options.cwd ?? process.cwd(), options.config)
  const accept = await import('./import/accept.ts')
  return accept.acceptDrift({
    text: configBytes(path, options.config).toString('utf8'),
    kinds,
    spec,
    plan,
    observation,
    readText: textReader(dirname(path)),
    digest: fileDigest(dirname(path)),
    ...(options.environment !== undefined && { environment: options.environment }),
  })
}

/** What a file needs IAM to allow; asks AWS nothing. */
export const permissionsFor = async (
  spec: Spec,
  purposes: Purposes,
  account: string | undefined,
): Promise<Permissions> => {
  const permissions = await import('./permissions/index.ts')
  return permissions.permissionsFor(spec, kinds, purposes, account ?? spec.account ?? '*')
}

/**
 * Carries out a plan, after making sure that everything it touches is still as it saw it. Throws a `RunError`:
 * exit 5 when the plan has errors, is blocked or is stale; exit 4 without usable credentials.
 */
export const applyPlan = async (plan: Plan, options: ApplyOptions): Promise<Report> => {
  refuseUnfit(plan, options)
  const aws = await openAws(plan.target.region, options)
  const where = await whoAmI(aws, plan.target.region)
  if (where.account !== plan.target.account)
    throw runError({
      exit: 5,
      code: 'wrong-account',
      message: `the plan is for account ${plan.target.account}, and these credentials are for account ${where.account}`,
      hint: 'use the credentials of that account',
    })
  const [engine, { findMoved, movedText }, { systemClock }] = await Promise.all([
    import('./apply/apply.ts'),
    import('./apply/staleness.ts'),
    import('./aws/retry.ts'),
  ])
  const { clock = systemClock } = options
  const { readSecrets } = await import('./workflows/secrets.ts')
  const secrets = await orRunError(() => readSecrets(plan.secrets, secretSite(aws, options)))
  const file = await readPlanFiles(plan, options)
  const looked = clock.now()
  const seen = new Map<string, JsonObject>()
  const moved = await orRunError(() => findMoved(plan, kinds, aws, seen))
  if (moved.length > 0)
    throw runError({
      exit: 5,
      code: 'stale-plan',
      message: `the plan${plan.made === undefined ? '' : ` of ${plan.made}`} is out of date: ${moved.map(movedText).join(', ')} since it was made`,
      hint: 'nothing was changed: plan again, look at the new plan, and apply that',
    })
  return engine.applyPlan(plan, kinds, aws, {
    clock,
    file,
    looked,
    seen,
    secret: name => secrets[name] ?? '',
    ...(options.onOutcome && { onOutcome: options.onOutcome }),
    ...(options.progress && { progress: options.progress }),
    ...(options.signal && { signal: options.signal }),
  })
}

/** Makes sure that a plan is the one that was reviewed; throws a `RunError`, exit 5, when it is another. */
export const requireHash = (plan: Plan, hash: string): void => {
  if (plan.hash === hash) return
  throw runError({
    exit: 5,
    code: 'plan-changed',
    message: `this is not the plan that was reviewed: its hash is ${plan.hash}, and ${hash} is expected`,
    hint: 'nothing was changed: the file, AWS or the options are other than they were; review the new plan',
  })
}

/** Why a saved plan is not the one that was made now; `undefined` when it is. */
export const planDifference = async (saved: Plan, fresh: Fresh): Promise<RunError | undefined> =>
  (await import('./workflows/plan-difference.ts')).planDifference(saved, fresh)

/** Makes sure that a plan would send what it shows and nothing else; throws a `RunError`, exit 5. */
export const requireShown = async (plan: Plan): Promise<void> =>
  (await import('./workflows/shown-plan.ts')).requireShown(plan)

/** Where a file stands in its repository and which commit is checked out; in no repository, where it stands here. */
export const sourceOf = async (
  { config, cwd = process.cwd() }: RunOptions,
  env: { [name: string]: string | undefined },
): Promise<NonNullable<Plan['source']>> => {
  const path = resolve(cwd, config)
  const { placeInGit } = await import('./workflows/git.ts')
  const place = await placeInGit(dirname(path))
  const commit = place?.commit ?? (env['GITHUB_SHA'] || undefined)
  const file = place === undefined ? relative(cwd, path) : `${place.folder}${basename(path)}`
  return { file: file.split(sep).join('/'), ...(commit !== undefined && { commit }) }
}

const refuseUnfit = (plan: Plan, options: ApplyOptions): void => {
  const errors = plan.diagnostics.filter(diagnostic => diagnostic.severity === 'error')
  if (errors.length > 0)
    throw runError({
      exit: 5,
      code: 'plan-has-errors',
      message: `the plan has ${errors.length === 1 ? 'an error' : `${errors.length} errors`}; nothing was changed`,
      diagnostics: errors,
    })
  if (plan.changes.some(change => change.blocked.length > 0) && options.skipBlocked !== true)
    throw runError({
      exit: 5,
      code: 'plan-is-blocked',
      message: 'the plan has blocked changes; nothing was changed',
      hint: 'resolve them, or apply the rest with --skip-blocked',
    })
}

export type { Accepted } from './import/accept.ts'
export type { Imported } from './import/index.ts'
export { originsAgainst, scopeSince } from './workflows/baseline.ts'
export { configFiles } from './workflows/config-files.ts'
export { planDestruction } from './workflows/destroy.ts'
export { planRotation, rotate } from './workflows/rotate.ts'
export { loadPlan, savePlan } from './workflows/saved-plan.ts'
export { type RunOptions, readSpec } from './workflows/session.ts'
