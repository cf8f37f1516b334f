// cogsync outputs: what apps and other tools need to know of what exists.
import type { Outputs, ResourceOutputs } from '../../model.ts'
import { runError } from '../../problem.ts'
import { amplifyClients, clientsNamed, identitiesFor, renderAmplify } from '../../render/outputs/amplify.ts'
import { byAddress, renderDotenv, renderOutputsJson, renderTfvars } from '../../render/outputs/files.ts'
import { clashIn, type Variable, variablesOf } from '../../render/outputs/names.ts'
import { renderOutputs } from '../../render/outputs/table.ts'
import { safe } from '../../render/printable.ts'
import { renderDiagnostics } from '../../render/text/diagnostics.ts'
import { didYouMean } from '../../spec/index.ts'
import { exits, usageError } from '../exit.ts'
import { document, located, placesOf, readFileOrFail, runOptionsOf, worst } from '../planning.ts'
import { watch } from '../progress.ts'
import type { CommonOptions, Run, Session } from '../session.ts'

type Format = 'table' | 'json' | 'dotenv' | 'amplify' | 'tfvars'

export interface OutputsOptions extends CommonOptions {
  format?: Format
  prefix?: string
  client?: string
  showSecrets?: boolean
  limits?: boolean
  force?: boolean
}

export const run: Run<OutputsOptions> = async (session, options, address) => {
  refuseMixed(options)
  refuseExposure(session, options)
  const pipeline = await session.parts.pipeline()
  const settings = runOptionsOf(session, options)
  const parsed = await readFileOrFail(pipeline, settings)
  const { lineAt } = placesOf(parsed)
  const known = parsed.spec.resources.map(one => one.address)
  if (address !== undefined && !known.some(one => `${one}.`.startsWith(`${address}.`)))
    throw usageError(
      `the file has no ${safe(address)}`,
      didYouMean(address, known) ?? `it has ${known.slice(0, 12).join(', ')}`,
    )
  const seen = watch(session, 'Reading AWS')
  const outputs = await pipeline
    .readOutputs(parsed, {
      ...settings,
      // an identity pool stands elsewhere than the client it serves
      ...(address !== undefined && options.format !== 'amplify' && { address }),
      ...(options.showSecrets && { secrets: true }),
      ...(options.limits && { limits: true }),
      progress: seen.progress,
      contact: seen.contact,
    })
    .finally(seen.stop)
  const diagnostics = located(outputs.diagnostics, parsed)
  const exit = worst(
    outputs.unread.length > 0 ? exits.denied : exits.ok,
    outputs.missing.length > 0 || diagnostics.some(({ severity }) => severity === 'error')
      ? exits.failure
      : exits.ok,
  )
  if (diagnostics.length > 0)
    session.warn(`${renderDiagnostics(diagnostics, { style: session.err, lineAt })}\n`)
  if (session.json) {
    const { target, limits, missing, unread } = outputs
    session.print(
      document(session, exit, {
        target,
        outputs: byAddress(outputs),
        ...(limits && { limits }),
        missing,
        unread,
        diagnostics,
      }),
    )
    return exit
  }
  await sayGaps(session, outputs)
  session.print(await render(session, outputs, options, address))
  return exit
}

const refuseMixed = ({ json, format, prefix, client, limits }: OutputsOptions): void => {
  if (json && format !== undefined) throw usageError('--json and --format exclude each other')
  if (prefix !== undefined && format !== 'dotenv') throw usageError('--prefix goes with --format dotenv')
  if (limits && format !== undefined && format !== 'table')
    throw usageError('--limits is for people, or goes with --json: no app needs to know them')
  if (client !== undefined && format !== 'amplify') throw usageError('--client goes with --format amplify')
}

/** Secrets go to a person's screen, and nowhere that keeps them, unless that is said to be meant. */
const refuseExposure = ({ io }: Session, { showSecrets, force, format }: OutputsOptions): void => {
  if (!showSecrets || force) return
  if (format === 'amplify')
    throw usageError('--show-secrets: amplify_outputs.json is part of an app, where nothing is secret')
  const ci = io.env['CI'] ?? ''
  const why = !['', '0', 'false'].includes(ci)
    ? 'this is CI, whose log is kept'
    : io.stdout.isTTY
      ? undefined
      : 'stdout is no terminal, so secrets would end up in a file or a log'
  if (why !== undefined) throw usageError(`--show-secrets: ${why}`, 'if that is meant, add --force')
}

/** What is not in the output, and why. */
const sayGaps = async (session: Session, { missing, unread }: Outputs): Promise<void> => {
  for (const { address, operation, reason } of unread)
    session.warn(`${session.err.red('not read:')} ${safe(address)}: ${operation}: ${safe(reason)}\n`)
  if (missing.length === 0) return
  const title = await session.parts.titles()
  // what is under something that is missing goes without saying
  const first = missing.filter(
    ({ address }) => !missing.some(other => address.startsWith(`${other.address}.`)),
  )
  for (const { address, kind } of first)
    session.warn(`${session.err.red('not there:')} ${safe(address)} (${title(kind)}) does not exist yet\n`)
  session.warn(`  ${session.err.cyan('help:')} cogsync apply creates what the file says\n`)
}

const render = async (
  session: Session,
  outputs: Outputs,
  { format = 'table', prefix, client }: OutputsOptions,
  address: string | undefined,
): Promise<string> => {
  if (format === 'amplify') return amplify(session, outputs, client, address)
  if (outputs.limits === undefined && outputs.resources.every(one => one.outputs.length === 0)) {
    session.say('There are no outputs.\n')
    return format === 'json' || format === 'tfvars' ? '{}\n' : ''
  }
  if (format === 'json') return renderOutputsJson(outputs)
  if (format === 'table')
    return renderOutputs(outputs, { style: session.out, title: await session.parts.titles() })
  const variables = unambiguous(variablesOf(outputs, prefix))
  if (format === 'dotenv') return renderDotenv(variables)
  session.say('Saved as cogsync.auto.tfvars.json, Terraform reads it by itself.\n')
  return renderTfvars(variables)
}

const unambiguous = (variables: Variable[]): Variable[] => {
  const clash = clashIn(variables)
  if (clash !== undefined)
    throw runError({
      exit: 1,
      code: 'same-name',
      message: `outputs of ${clash[0].address} and ${clash[1].address} would both be named ${clash[0].name}`,
      hint: 'print them one by one with `cogsync outputs <address>`, or use --format json',
    })
  return variables
}

const amplify = (
  session: Session,
  outputs: Outputs,
  name: string | undefined,
  address: string | undefined,
): string => {
  const all = amplifyClients(outputs)
  const under = address === undefined ? all : all.filter(one => `${one.address}.`.startsWith(`${address}.`))
  const named = name === undefined ? under : clientsNamed(under, name)
  const [client, ...others] = named
  if (client === undefined) throw noClient(under, name ?? address)
  if (others.length > 0)
    throw usageError(
      `there is more than one client: ${addresses(named)}`,
      'say which with --client, by its key or its address',
    )
  const pools = identitiesFor(outputs, client)
  if (pools.length > 1) session.say(`${addresses(pools)} serve this client; taken is the first.\n`)
  session.say('Save it as amplify_outputs.json.\n')
  return renderAmplify(outputs, client)
}

const addresses = (resources: readonly ResourceOutputs[]): string =>
  resources.map(one => safe(one.address)).join(', ')

const noClient = (others: readonly ResourceOutputs[], name: string | undefined): Error =>
  runError({
    exit: 1,
    code: 'no-client',
    message:
      name === undefined
        ? 'there is no client without a secret that an app could use'
        : `there is no client without a secret named ${safe(name)}`,
    hint:
      others.length > 0
        ? `there is ${addresses(others)}`
        : 'an app that runs on its user’s device needs a client without `generateSecret`',
  })
