// The outputs of action.yml. No account ids: an output that contains a masked text is lost.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Plan } from '../model.ts'
import { countsOf } from '../render/groups.ts'
import { safeJson } from '../render/printable.ts'
import { tool } from '../workflows/version.ts'
import { writeFiles } from '../workflows/written.ts'
import type { Job, Result } from './job.ts'

/** Every output there is; action.yml has the same, with what each is for. */
export const outputNames = [
  'changes',
  'to-create',
  'to-update',
  'to-delete',
  'blocked',
  'plan-hash',
  'plan-file',
  'plan-json',
  'comment-id',
  'issue-number',
  'exit-code',
  'failure-reason',
] as const

/** One file's plan has its own hash; several have one over all of them. */
export const hashOf = (results: readonly Pick<Result, 'target' | 'plan'>[]): string => {
  const hashes = results.flatMap(({ target, plan }) => (plan ? [{ key: target.key, hash: plan.hash }] : []))
  const [first] = hashes
  if (first === undefined || hashes.length < results.length) return ''
  return hashes.length === 1
    ? first.hash
    : createHash('sha256')
        .update(hashes.map(({ key, hash }) => `${key} ${hash}\n`).join(''))
        .digest('hex')
}

const planJson = async ({ runner }: Job, results: readonly Result[]): Promise<string> => {
  const folder = runner.env['RUNNER_TEMP']
  const plans = results.flatMap(({ target, plan }) => (plan ? [{ config: target.path, plan }] : []))
  if (!folder || plans.length === 0) return ''
  const path = join(folder, `cogsync-${results[0]!.target.key}.json`)
  await writeFiles([{ path, content: `${safeJson({ format: 1, tool, plans })}\n`, mode: 0o600 }])
  return path
}

export const writeOutputs = async (
  job: Job,
  results: readonly Result[],
  { comments, issues, exit, reason }: { comments: number[]; issues: number[]; exit: number; reason: string },
): Promise<void> => {
  const plans = results.flatMap(({ plan }): Plan[] => (plan ? [plan] : []))
  const total = (of: (counts: ReturnType<typeof countsOf>) => number) =>
    String(plans.reduce((sum, plan) => sum + of(countsOf(plan)), 0))
  const values: { [name in (typeof outputNames)[number]]: string } = {
    changes: String(results.some(({ plan }) => plan && Object.values(countsOf(plan)).some(n => n > 0))),
    'to-create': total(({ create }) => create),
    'to-update': total(({ update, adopt }) => update + adopt),
    'to-delete': total(counts => counts.delete + counts.replace),
    blocked: total(({ blocked }) => blocked),
    'plan-hash': hashOf(results),
    'plan-file': results.length === 1 ? (results[0]!.planFile ?? '') : '',
    'plan-json': await planJson(job, results),
    'comment-id': comments.join(' '),
    'issue-number': issues.join(' '),
    'exit-code': String(exit),
    'failure-reason': reason,
  }
  for (const name of outputNames) job.runner.output(name, values[name])
}
