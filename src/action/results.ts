// One file of a run: planned, checked, compared or applied, and put into words.
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { exits } from '../cli/exit.ts'
import { isValid, placesOf, runOptionsOf } from '../cli/planning.ts'
import type { Diagnostic } from '../model.ts'
import { runError } from '../problem.ts'
import { changesOf, isQuiet, verdict } from '../render/groups.ts'
import { driftTitle, hasDrift, renderDrift } from '../render/markdown/drift.ts'
import { renderMarkdown } from '../render/markdown/plan.ts'
import { renderFailure } from '../render/markdown/report.ts'
import { escapeMarkdown } from '../render/markdown/text.ts'
import { renderDiagnostics } from '../render/text/diagnostics.ts'
import { driftVerdict, renderPlan } from '../render/text/plan.ts'
import { count } from '../render/text/wrap.ts'
import { driftImpact } from '../workflows/impact-of-drift.ts'
import { whyNoPlace } from '../workflows/plan-place.ts'
import { writeFiles } from '../workflows/written.ts'
import { annotationsOf } from './annotations.ts'
import { type Failure, failureOf } from './failure.ts'
import {
  fromTop,
  type Job,
  planningOptions,
  type Result,
  selectionOf,
  sessionFor,
  workingDirectory,
} from './job.ts'
import {
  notLookedFor,
  originsFor,
  type Planned,
  placeFromTop,
  planTarget,
  refusedDeletions,
  refusedImpacts,
  refusedUnasked,
  unfit,
} from './planned.ts'
import type { Target } from './target.ts'

/** Positions from the top of the repository, where annotations and links want them. */
const placed = (job: Job, diagnostics: readonly Diagnostic[]): Diagnostic[] =>
  diagnostics.map(each =>
    each.at ? { ...each, at: { ...each.at, file: fromTop(job, each.at.file) } } : each,
  )

const heading = ({ inputs }: Job, command: string): string =>
  `cogsync ${command}${inputs.label === undefined ? '' : ` (${inputs.label})`}`

/** Of several files, which one a line is about. */
export const named = ({ several }: Job, { path }: Target, text: string): string =>
  several ? `${path}: ${text}` : text

/** A file for which there is no answer. */
export const failed = (job: Job, target: Target, command: string, failure: Failure): Result => {
  const { lineAt, ...facts } = failure
  const shown = job.redactor.deep(facts)
  const diagnostics = placed(job, shown.diagnostics ?? [])
  return {
    target,
    exit: failure.exit,
    failure: shown,
    text: `${renderDiagnostics(diagnostics, lineAt && { lineAt })}${shown.message}\n`,
    annotations: annotationsOf(diagnostics, [], () => undefined),
    markdown: budget =>
      renderFailure(
        `${heading(job, command)}: ${target.path}`,
        {
          message: shown.message,
          ...(shown.hint !== undefined && { hint: shown.hint }),
          diagnostics,
          lineAt,
        },
        budget,
      ),
    notable: true,
  }
}

/** Runs a part for one file; whatever it throws is that file's failure. */
export const caught = async (
  job: Job,
  target: Target,
  command: string,
  part: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await part()
  } catch (error) {
    return failed(job, target, command, failureOf(error))
  }
}

const temporary = ({ runner }: Job, name: string): string => join(runner.env['RUNNER_TEMP'] || tmpdir(), name)

/** Saves the plan where the workflow says, or in the runner's folder for such things. */
const savePlan = async (job: Job, target: Target, { pipeline, plan }: Planned): Promise<string> => {
  const { planFile } = job.inputs
  const path =
    planFile === undefined
      ? temporary(job, `cogsync-${target.key}.plan.json`)
      : resolve(workingDirectory(job), planFile)
  const why = whyNoPlace(path)
  if (why !== undefined)
    throw runError({
      exit: 1,
      code: 'not-written',
      message: `the plan cannot be saved as ${planFile ?? path}: ${why}; it was not changed`,
      hint: 'name a new file as plan-file, or an older plan to replace',
    })
  await writeFiles([{ path, content: pipeline.savePlan(plan), mode: 0o600 }])
  return path
}

const linkTo = ({ context }: Job) => {
  const { serverUrl, owner, repo, pull, sha } = context
  const commit = pull?.head || sha
  return (place: string): string => {
    const [, file = '', line = ''] = /^(.*):(\d+)$/.exec(place) ?? []
    const path = file.split('/').map(encodeURIComponent).join('/')
    return `${serverUrl}/${owner}/${repo}/blob/${commit}/${path}#L${line}`
  }
}

const reproduce = (job: Job, target: Target): string[] => {
  const { context, inputs } = job
  const commit = context.pull?.head || context.sha
  return [
    ...(commit === '' ? [] : [`git checkout ${commit}`]),
    ...(inputs.workingDirectory === '.' ? [] : [`cd '${inputs.workingDirectory.replaceAll("'", `'\\''`)}'`]),
    `cogsync plan${selectionOf(job, target)}`,
  ]
}

/** What a plan of this workflow would be stopped by. */
const notices = (failures: readonly (Failure | undefined)[]): string[] =>
  failures.flatMap(failure =>
    failure === undefined
      ? []
      : [
          `**Not applied by itself:** ${escapeMarkdown(failure.message)}. To go on, ${escapeMarkdown(failure.hint ?? 'see the log')}.`,
        ],
  )

/** A plan, as it stands in a pull request. */
export const planResult = (job: Job, target: Target): Promise<Result> =>
  caught(job, target, 'plan', async () => {
    const planned = await planTarget(job, target, 'plan')
    const { plan, shown, remarks, title, lineAt } = planned
    const [origins, alias] = await Promise.all([
      originsFor(job, target, planned),
      planned.pipeline.accountAlias(plan.target.region, planned.settings),
    ])
    const placeOf = placeFromTop(job, planned.placeOf)
    const gate = refusedImpacts(plan, job, target)
    const failure = unfit(plan) ?? gate
    const diagnostics = placed(job, [...job.redactor.deep(remarks), ...shown.diagnostics])
    return {
      target,
      exit: failure?.exit ?? exits.ok,
      ...(failure && { failure: job.redactor.deep(failure) }),
      plan: shown,
      planFile: await savePlan(job, target, planned),
      text: renderPlan(shown, { title, lineAt, placeOf }),
      verdict: named(job, target, verdict(shown)),
      annotations: annotationsOf(diagnostics, changesOf(shown), placeOf),
      markdown: budget =>
        renderMarkdown(
          { ...shown, diagnostics },
          {
            title,
            placeOf,
            linkTo: linkTo(job),
            heading: heading(job, 'plan'),
            reproduce: reproduce(job, target),
            notices: notices(
              [gate, refusedDeletions(plan, job), refusedUnasked(plan, job, target)].map(
                each => each && job.redactor.deep(each),
              ),
            ),
            ...(alias !== undefined && { alias: job.redactor.text(alias) }),
            ...(origins && { origins: job.redactor.deep(origins) }),
            budget,
          },
        ),
      notable: !isQuiet(plan) || failure !== undefined,
    }
  })

/** Whether a file is one, without AWS. */
export const validateResult = (job: Job, target: Target): Promise<Result> =>
  caught(job, target, 'validate', async () => {
    const session = sessionFor(job, 'validate')
    const settings = runOptionsOf(session, planningOptions(job, target))
    const parsed = await (await session.parts.pipeline()).readSpec(settings)
    const { lineAt } = placesOf(parsed)
    const errors = parsed.diagnostics.filter(({ severity }) => severity === 'error').length
    if (!isValid(parsed))
      return failed(job, target, 'validate', {
        reason: 'invalid-spec',
        exit: exits.invalid,
        message: `${target.path} has ${count(errors, 'error')}`,
        diagnostics: parsed.diagnostics,
        lineAt,
      })
    const diagnostics = placed(job, parsed.diagnostics)
    const said = `${target.path} is valid: ${count(parsed.spec.resources.length, 'resource')}.`
    return {
      target,
      exit: exits.ok,
      text: `${renderDiagnostics(parsed.diagnostics, { lineAt })}${said}\n`,
      verdict: said,
      annotations: annotationsOf(diagnostics, [], () => undefined),
      markdown: () => `### ${heading(job, 'validate')}\n\n${escapeMarkdown(said)}\n`,
      notable: false,
    }
  })

/** Whether AWS still is what the file says. */
export const driftResult = (job: Job, target: Target): Promise<Result> =>
  caught(job, target, 'drift', async () => {
    const { plan, shown, title, lineAt, placeOf } = await planTarget(job, target, 'drift')
    const drift = hasDrift(plan)
    const unanswered = unfit(plan) ?? notLookedFor(plan)
    const failOn = job.inputs.failOn.includes('drift')
    const failure: Failure | undefined =
      unanswered ??
      refusedImpacts(plan, job, target) ??
      (drift && failOn
        ? { reason: 'drift', exit: exits.differences, message: driftTitle(shown, target.path) }
        : undefined)
    return {
      target,
      exit: unanswered?.exit ?? (drift ? exits.differences : exits.ok),
      ...(failure && { failure: job.redactor.deep(failure) }),
      plan: shown,
      text: renderPlan(shown, { title, lineAt, drift: true }),
      verdict: named(job, target, driftVerdict(shown)),
      annotations: annotationsOf(placed(job, shown.diagnostics), [], placeFromTop(job, placeOf)),
      markdown: budget =>
        drift
          ? renderDrift(shown, {
              title,
              impactOf: driftImpact,
              selection: selectionOf(job, target),
              runUrl: job.context.runUrl,
              budget,
            })
          : renderMarkdown(shown, { title, heading: heading(job, 'drift'), budget }),
      notable: drift || unanswered !== undefined,
    }
  })
