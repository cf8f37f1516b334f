// cogsync destroy: deletes what is named, once somebody has given its name.
import type { Plan } from '../../model.ts'
import { isRunError } from '../../problem.ts'
import { safe } from '../../render/printable.ts'
import { renderPlan } from '../../render/text/plan.ts'
import { count } from '../../render/text/wrap.ts'
import { exits, usageError } from '../exit.ts'
import { document, located, placesOf, readFileOrFail, runOptionsOf } from '../planning.ts'
import { watch } from '../progress.ts'
import type { CommonOptions, Run, Session } from '../session.ts'
import { carryOut, refusal } from './apply.ts'

export interface DestroyOptions extends CommonOptions {
  target?: string[]
  confirm?: string[]
  input?: boolean
}

type Targets = Awaited<ReturnType<typeof import('../../index.ts').planDestruction>>['targets']

/** Whether the name of every target was passed, or is typed now. */
const named = async (session: Session, options: DestroyOptions, targets: Targets): Promise<boolean> => {
  const { confirm } = options
  const names = targets.flatMap(({ name }) => (name === undefined ? [] : [name]))
  const refused = `${session.err.red('refused:')} `
  if (confirm !== undefined) {
    const missing = names.filter(name => !confirm.includes(name))
    for (const name of missing)
      session.warn(
        `${refused}--confirm gives ${confirm.map(each => `"${safe(each)}"`).join(', ')}, and the name is "${safe(name)}". Nothing was changed.\n`,
      )
    return missing.length === 0
  }
  if (options.input === false || !session.io.interactive) {
    session.warn(
      `${refused}nobody gave the name of what is to be deleted. Nothing was changed.\n  There is no terminal to ask on${options.input === false ? ' (--no-input)' : ''}; pass ${names.map(name => `--confirm "${safe(name)}"`).join(' ')} if it is meant.\n`,
    )
    return false
  }
  for (const name of names) {
    const question = session.err.bold(`To delete it for good, type its name, ${safe(name)}:`)
    if ((await session.io.ask(`\n${question} `))?.trim() === name) continue
    session.warn('Nothing was changed.\n')
    return false
  }
  return true
}

export const run: Run<DestroyOptions> = async (session, options) => {
  const { target = [] } = options
  if (target.length === 0)
    throw usageError(
      'say what to destroy with --target',
      'by its address, such as --target userPools.customers; there is no way to destroy everything at once',
    )
  const pipeline = await session.parts.pipeline()
  const settings = { ...runOptionsOf(session, options), targets: [...new Set(target)] }
  const parsed = await readFileOrFail(pipeline, settings)
  const places = placesOf(parsed)
  const seen = watch(session, 'Reading AWS')
  const { plan: made, targets } = await pipeline
    .planDestruction(parsed, { ...settings, progress: seen.progress, contact: seen.contact })
    .catch(error => {
      if (!isRunError(error) || !error.diagnostics) throw error
      throw Object.assign(error, { diagnostics: located(error.diagnostics, parsed), lineAt: places.lineAt })
    })
    .finally(seen.stop)
  const plan: Plan = { ...made, diagnostics: located(made.diagnostics, parsed) }
  const title = await session.parts.titles()
  if (!session.json) session.print(renderPlan(plan, { style: session.out, title, ...places, destroys: true }))

  const nothing = plan.changes.length === 0
  const exit =
    refusal(session, plan, {}, '') ??
    (nothing || (await named(session, options, targets)) ? exits.ok : exits.refused)
  if (nothing || exit !== exits.ok) {
    if (session.json)
      session.print(document(session, exit, { targets, plan, report: { outcomes: [], known: {} } }))
    return exit
  }
  const done = await carryOut(session, pipeline, plan, settings, { targets })
  const listed = targets.filter(({ address }) => parsed.spec.resources.some(one => one.address === address))
  if (done === exits.ok && listed.length > 0)
    session.say(
      `The file still lists ${count(listed.length, 'resource')} that ${listed.length === 1 ? 'was' : 'were'} destroyed: take ${listed.map(({ address }) => safe(address)).join(', ')} out of it, or the next apply makes ${listed.length === 1 ? 'it' : 'them'} again.\n`,
    )
  return done
}
