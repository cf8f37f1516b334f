// The pipeline: read → parse → observe → plan → apply. Everything that needs the SDK is loaded here, when it is
// first needed.

import { readFileSync, realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, relative, resolve, sep } from 'node:path'
import type { AwsError } from './aws/errors.ts'
import { planHash } from './engine/hash.ts'
import type { Accepted } from './import/accept.ts'
import type { Imported, ImportOptions } from './import/index.ts'
import { kinds } from './kinds/index.ts'
import type { Where } from './kinds/kind.ts'
import type {
  Aws,
  Observation,
  Outcome,
  Outputs,
  Plan,
  Progress,
  Report,
  Rotation,
  RotationResult,
  Spec,
} from './model.ts'
import { runError } from './run-error.ts'
import type { SecretSite } from './secrets.ts'
import { type Parsed, parseSpec } from './spec/index.ts'
import { tool } from './version.ts'

export interface RunOptions {
  config: string
  environment?: string
  /** `--allow` words */
  allow?: string[]
  adopt?: string[] | true
  targets?: string[]
  progress?: Progress
  endpoint?: string
  profile?: string
  region?: string
  cwd?: string
}

/** What to write, and whose it is to be; `into`: a valid file to add to. */
export interface ImportRequest extends Omit<ImportOptions, 'kinds' | 'into'> {
  region: string
  into?: { file: string; text: string; account?: string }
  endpoint?: string
  profile?: string
  cwd?: string
}

export interface ApplyOptions extends RunOptions {
  skipBlocked?: boolean
  onOutcome?: (outcome: Outcome) => void
  signal?: AbortSignal
}

/** Reads and parses the file; loads no SDK. Throws a `RunError` only when there is no file to read. */
export const readSpec = async (options: RunOptions): Promise<Parsed> => {
  const cwd = options.cwd ?? process.cwd()
  const path = resolve(cwd, options.config)
  const text = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw runError(
      {
        exit: 3,
        code: 'no-file',
        message:
          cause.code === 'ENOENT'
            ? `there is no file ${options.config}`
            : `${options.config} cannot be read: ${cause.code ?? cause.message}`,
        hint: 'run cogsync init, or name your file with --config',
      },
      cause,
    )
  })
  return parseSpec(
    { file: relative(cwd, path) || path, text },
    {
      kinds,
      ...(options.environment !== undefined && { environment: options.environment }),
      readText: textReader(dirname(path)),
    },
  )
}

/** Reads texts below a folder, and nothing outside it, symbolic links included. */
const textReader =
  (folder: string) =>
  (path: string): string => {
    const root = realpathSync(folder)
    const real = realpathSync(resolve(root, path))
    if (!real.startsWith(root + sep)) throw new Error(`${path} is outside ${folder}`)
    return readFileSync(real, 'utf8')
  }

/**
 * Reads AWS and plans. Throws a `RunError` (exit 4) without usable credentials or in the wrong account.
 */
export const makePlan = async (
  parsed: Parsed & { spec: Spec },
  options: RunOptions,
): Promise<{ plan: Plan; observation: Observation }> => {
  const { spec } = parsed
  const [{ observation }, planning] = await Promise.all([
    observeNow(spec, options, { compare: true }),
    import('./engine/plan.ts'),
  ])
  const plan = planning.makePlan(spec, observation, kinds, {
    tool,
    now: new Date().toISOString(),
    ...(options.allow && { allow: options.allow }),
    ...(options.targets && { targets: options.targets }),
  })
  return { plan, observation }
}

/** Reads AWS: what the file names, and what stands beside it; to compare them, where secrets come from and go too. */
const observeNow = async (
  spec: Spec,
  options: RunOptions,
  { compare }: { compare?: boolean } = {},
): Promise<{ aws: Aws; observation: Observation }> => {
  const aws = await openAws(spec.region, options)
  const where = await whoAmI(aws, spec.region)
  if (spec.account !== undefined && spec.account !== where.account)
    throw wrongAccount(where.account, spec.account)
  const { observe } = await import('./engine/observe.ts')
  const { readComparable } = await import('./secrets.ts')
  const { secret, notes } = compare
    ? await orRunError(() => readComparable(spec, kinds, secretSite(aws, options)))
    : { secret: () => undefined, notes: [] }
  const observation = await orRunError(() =>
    observe(spec, kinds, aws, where, {
      ...(options.adopt !== undefined && { adopt: options.adopt }),
      ...(options.progress && { progress: options.progress }),
      secret,
      ...(!compare && { deliveries: false }),
    }),
  )
  return { aws, observation: { ...observation, diagnostics: [...notes, ...observation.diagnostics] } }
}

const wrongAccount = (there: string, wanted: string) =>
  runError({
    exit: 4,
    code: 'wrong-account',
    message: `these credentials are for account ${there}, and the file is for account ${wanted}`,
    hint: 'use the credentials of that account, or correct `account:` in the file',
  })

/** Reads AWS, and says what apps need to know of it. Secrets are read only when told to. */
export const readOutputs = async (
  parsed: Parsed & { spec: Spec },
  options: RunOptions & { address?: string; secrets?: boolean },
): Promise<Outputs> => {
  const { aws, observation } = await observeNow(parsed.spec, options)
  const { outputsOf } = await import('./engine/outputs.ts')
  return orRunError(() =>
    outputsOf(parsed.spec, observation, kinds, {
      ...(options.address !== undefined && { address: options.address }),
      ...(options.secrets && { secrets: { aws, hide: aws.hide } }),
    }),
  )
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
      ...(into && { into: { ...into, readText: textReader(dirname(resolve(cwd, into.file))) } }),
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
    text: await readFile(path, 'utf8'),
    kinds,
    spec,
    plan,
    observation,
    readText: textReader(dirname(path)),
    ...(options.environment !== undefined && { environment: options.environment }),
  })
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
  const [engine, { systemClock }] = await Promise.all([import('./engine/apply.ts'), import('./aws/retry.ts')])
  const { readSecrets } = await import('./secrets.ts')
  const secrets = await orRunError(() => readSecrets(plan.secrets, secretSite(aws, options)))
  const moved = await orRunError(() => engine.findMoved(plan, kinds, aws))
  if (moved.length > 0)
    throw runError({
      exit: 5,
      code: 'stale-plan',
      message: `the plan is out of date: ${moved.map(({ address, how }) => `${address} has ${how === 'changed' ? 'changed' : how === 'gone' ? 'gone' : 'appeared'}`).join(', ')} since it was made`,
      hint: 'nothing was changed: plan again, look at the new plan, and apply that',
    })
  return engine.applyPlan(plan, kinds, aws, {
    clock: systemClock,
    secret: name => secrets[name] ?? '',
    ...(options.onOutcome && { onOutcome: options.onOutcome }),
    ...(options.progress && { progress: options.progress }),
    ...(options.signal && { signal: options.signal }),
  })
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

const secretSite = (aws: Aws, { cwd }: RunOptions): SecretSite => ({
  aws,
  readText: textReader(cwd ?? process.cwd()),
})

const openAws = async (region: string, options: Pick<RunOptions, 'endpoint' | 'profile'>): Promise<Aws> => {
  const { openPort } = await import('./aws/port.ts')
  return openPort({
    region,
    ...(options.endpoint !== undefined && { endpoint: options.endpoint }),
    ...(options.profile !== undefined && { profile: options.profile }),
  })
}

/** Whose credentials these are, and where the run happens. */
const whoAmI = async (aws: Aws, region: string): Promise<Where> => {
  const identity = await orRunError(() => aws.send('sts:GetCallerIdentity', {}))
  const [, partition = 'aws'] = String(identity['Arn']).split(':')
  return { account: String(identity['Account']), region, partition }
}

/** Runs a read; what AWS refuses for the whole run is said in a sentence. */
const orRunError = async <T>(read: () => Promise<T>): Promise<T> => {
  const { isAwsError, isCredentials, isDenied } = await import('./aws/errors.ts')
  try {
    return await read()
  } catch (error) {
    if (!isAwsError(error)) throw error
    if (isCredentials(error) || isDenied(error))
      throw runError(credentialFacts(error, isDenied(error)), error)
    throw runError(
      {
        exit: 1,
        code: 'aws-error',
        message: `${error.operation} failed: ${error.code}: ${error.message}`,
        ...(error.status === undefined && { hint: 'is the network, or AWS_ENDPOINT_URL, as it should be?' }),
      },
      error,
    )
  }
}

const credentialFacts = (error: AwsError, denied: boolean) =>
  denied
    ? ({
        exit: 4,
        code: 'access-denied',
        message: `${error.operation} was denied: ${error.message}`,
        hint: 'these credentials lack that permission',
      } as const)
    : /Expired/.test(error.code)
      ? ({
          exit: 4,
          code: 'expired-credentials',
          message: 'the AWS credentials have expired',
          hint: 'sign in again, for example with aws sso login, and repeat the command',
        } as const)
      : ({
          exit: 4,
          code: 'no-credentials',
          message: 'no usable AWS credentials were found',
          hint: 'set AWS_PROFILE or the AWS_* variables, or run aws sso login; to try cogsync without an account, run cogsync sandbox',
        } as const)

/** What the next step is in rotating a client's secret. Throws a `RunError`, exit 5, when there is none to take. */
export const planRotation = async (
  parsed: Parsed & { spec: Spec },
  options: RunOptions & { address: string; finish?: boolean },
): Promise<Rotation> => {
  const { address, finish = false } = options
  const desired = parsed.spec.resources.find(one => one.address === address)
  const kind = kinds.find(one => one.name === desired?.kind)
  const refuse = (code: string, message: string, hint: string, exit: 1 | 4 | 5 = 5) =>
    runError({ exit, code, message: `${message}; nothing was changed`, hint })
  if (kind?.issued?.rotate === undefined)
    throw refuse('no-secret', `${address} has no secret that could be rotated`, 'name an app client')
  const place = desired?.secretTo
  if (place === undefined)
    throw refuse(
      'no-destination',
      `${address} has no \`clientSecretTo\`, so a new secret would reach nobody`,
      'a client whose secret AWS generates can have one; add it and run cogsync apply',
    )
  const { aws, observation } = await observeNow(parsed.spec, options)
  const { account, region, partition, live, unread, diagnostics } = observation
  const ids = live[address]?.ids
  if (ids === undefined) {
    const denied = unread.find(one => `${address}.`.startsWith(`${one.address}.`))
    if (denied)
      throw refuse(
        'access-denied',
        `${address} cannot be read: ${denied.operation}: ${denied.reason}`,
        'these credentials lack that permission',
        4,
      )
    const wrong = diagnostics.find(one => one.severity === 'error')
    throw wrong
      ? refuse(wrong.code, wrong.message, wrong.hint ?? 'see cogsync plan', 1)
      : refuse('no-client', `${address} does not exist`, 'cogsync apply makes it')
  }
  const where = { account, region, partition }
  const { nextStep } = await import('./engine/rotate.ts')
  const next = await orRunError(() =>
    nextStep({ address, ids, place }, kind, aws, where, { finish, hide: aws.hide }),
  )
  if ('refused' in next) throw refuse(next.refused, next.message, next.hint)
  const { stack, environment } = parsed.spec
  const target = { stack, ...(environment !== undefined && { environment }), ...where }
  return { target, address, kind: kind.name, ids, place, ...next }
}

/** Carries out a step, if it still is the next one: otherwise a `RunError`, exit 5. */
export const rotate = async (rotation: Rotation, options: RunOptions): Promise<RotationResult> => {
  const { target, address, step, secrets } = rotation
  const kind = kinds.find(one => one.name === rotation.kind)
  if (kind === undefined) throw new Error(`no kind ${rotation.kind}`)
  const aws = await openAws(target.region, options)
  const [{ nextStep, carryOutStep }, { isDenied }] = await Promise.all([
    import('./engine/rotate.ts'),
    import('./aws/errors.ts'),
  ])
  const now = await orRunError(() =>
    nextStep(rotation, kind, aws, target, { finish: step === 'finish', hide: aws.hide }),
  )
  if (!('step' in now) || now.step !== step || now.secrets.join() !== secrets.join())
    throw runError({
      exit: 5,
      code: 'stale-rotation',
      message: `the secrets of ${address} have changed since; nothing was changed`,
      hint: 'run the command again',
    })
  const { done, error } = await carryOutStep(rotation, kind, aws, aws.hide)
  if (error === undefined) return { done }
  const { code, message, operation, unknownOutcome } = error
  return { done, error: { code, message, operation, unknownOutcome }, denied: isDenied(error) }
}

/** A plan as text that `loadPlan` reads back. Holds no secret. */
export const savePlan = (plan: Plan): string => `${JSON.stringify(plan, null, 2)}\n`

/** A saved plan; throws a `RunError` when it is none, is of another version, or was edited. */
export const loadPlan = (text: string): Plan => {
  const plan = parsedPlan(text)
  const { hash, ...body } = plan
  if (planHash(body) !== hash)
    throw runError({
      exit: 5,
      code: 'edited-plan',
      message: 'the plan file was changed after it was saved',
      hint: 'plan again: a plan can be reviewed, but not edited',
    })
  return plan
}

const parsedPlan = (text: string): Plan => {
  try {
    const plan = JSON.parse(text) as Partial<Plan>
    if (plan.format === 1 && Array.isArray(plan.changes) && typeof plan.hash === 'string') return plan as Plan
  } catch {
    // said below
  }
  throw runError({
    exit: 5,
    code: 'no-plan',
    message: 'the file is no plan that this version of cogsync can read',
    hint: 'make one with cogsync plan --out',
  })
}
