// Each command's paths, its exit codes above all, with a pipeline that does what the test says.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Diagnostic, Outcome } from '../../src/model.ts'
import { runError } from '../../src/problem.ts'
import { change, everything, firstApply, nothing, plan, set } from '../render/plans.ts'
import { folder, run } from './fake.ts'

const broken: Diagnostic = {
  code: 'COG1203',
  severity: 'error',
  path: ['userPools'],
  message: 'unknown setting "userPool"',
  hint: 'did you mean `userPools`?',
  at: { file: 'cognito.yaml', line: 4, column: 1 },
}
const remark: Diagnostic = { ...broken, code: 'COG2216', severity: 'warning', message: 'that is unusual' }

const faulty = plan({ diagnostics: [broken] })
const loosening = plan({
  changes: [
    change({
      address: 'userPools.customers',
      kind: 'userPool',
      action: 'update',
      fields: [set('mfa.configuration', 'ON', 'OFF', { impact: ['security-loosening'] })],
    }),
  ],
})
const incomplete = plan({ changes: firstApply.changes, unread: everything.unread })
const blocked = plan({ changes: everything.changes.filter(({ action }) => action === 'blocked') })
const partlyBlocked = plan({ changes: everything.changes })

const outcome = (status: Outcome['status'], more: Partial<Outcome> = {}): Outcome => ({
  address: 'userPools.customers',
  kind: 'userPool',
  action: 'create',
  status,
  calls: status === 'not tried' ? 0 : 1,
  ...more,
})
const reportOf = (...outcomes: Outcome[]) => ({ outcomes, known: {} })
const denied = { name: 'AccessDeniedException', message: 'no', operation: 'cognito-idp:CreateUserPool' }

describe('plan', () => {
  test('prints the plan on stdout and nothing on stderr', async () => {
    const { code, stdout, stderr } = await run('plan', { plan: firstApply })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('Plan: 6 to create, 0 to update, 0 to delete.')
  })
  test.each([
    ['plan', nothing, 0],
    ['plan', firstApply, 0],
    ['plan --detailed-exitcode', nothing, 0],
    ['plan --detailed-exitcode', firstApply, 2],
    ['plan --detailed-exitcode', blocked, 2],
    ['plan', incomplete, 4],
    ['plan --detailed-exitcode', incomplete, 4],
    ['plan', faulty, 1],
    ['drift', faulty, 1],
    ['apply --yes', faulty, 5],
    ['plan --fail-on security-loosening', loosening, 5],
    ['plan --fail-on cost --fail-on security-loosening', loosening, 5],
    ['plan --fail-on cost', loosening, 0],
    ['plan --fail-on security-loosening --allow security-loosening', loosening, 0],
    ['plan --detailed-exitcode --fail-on security-loosening', loosening, 5],
  ])('%s ends as it should (%#)', async (line, made, exit) => {
    expect((await run(line, { plan: made })).code).toBe(exit)
  })
  test('prints what was found even when something could not be read', async () => {
    const { stdout } = await run('plan', { plan: incomplete })
    expect(stdout).toContain('+ userPools.customers')
    expect(stdout).toContain('Could not be read')
  })
  test('prints one JSON document, remarks and exit code included', async () => {
    const { stdout, stderr } = await run('plan --json', { plan: incomplete, diagnostics: [remark] })
    expect(JSON.parse(stdout)).toMatchObject({
      format: 1,
      command: 'plan',
      exitCode: 4,
      summary: { complete: false, create: 6 },
      diagnostics: [{ code: 'COG2216' }],
    })
    expect(stderr).toContain('warning[COG2216]')
  })
  test('prints markdown', async () => {
    expect((await run('plan --markdown', { plan: everything })).stdout).toContain(
      '| ⛔&nbsp;**blocked** | **cannot change** role `shop-admin`',
    )
  })
  test('--json and --markdown exclude each other', async () => {
    expect(await run('plan --json --markdown')).toMatchObject({ code: 64, asked: [] })
  })
  test('saves the plan where --out says', async () => {
    const cwd = folder()
    const { code, stderr } = await run('plan --out my.plan.json', { cwd, plan: firstApply })
    expect(code).toBe(0)
    expect(JSON.parse(readFileSync(join(cwd, 'my.plan.json'), 'utf8'))).toMatchObject({ format: 2 })
    expect(stderr).toContain('cogsync apply my.plan.json')
  })
  test('fails cleanly when --out cannot be written', async () => {
    const { code, stderr } = await run('plan --out no/such/folder/p.json', { cwd: folder() })
    expect(code).toBe(1)
    expect(stderr).toContain('error: could not write no/such/folder')
    expect(stderr).not.toContain('bug')
  })
  test('hands every option on', async () => {
    const line =
      'plan -c a.yaml -e prod --profile p --endpoint-url http://localhost:1 -t userPools.a -t roles.b --allow restore-defaults --allow cost --adopt=roles.b'
    const { options } = await run(line)
    expect(options).toMatchObject({
      config: 'a.yaml',
      environment: 'prod',
      profile: 'p',
      endpoint: 'http://localhost:1',
      targets: ['userPools.a', 'roles.b'],
      allow: ['restore-defaults', 'cost'],
      adopt: ['roles.b'],
      cwd: '/nowhere',
    })
  })
  test('--adopt without an address adopts all', async () => {
    expect((await run('plan --adopt')).options.adopt).toBe(true)
    expect((await run('plan')).options.adopt).toBeUndefined()
  })
  test('takes the file from COGSYNC_CONFIG, unless --config says otherwise', async () => {
    const env = { COGSYNC_CONFIG: 'other.yaml' }
    expect((await run('plan', { env })).options.config).toBe('other.yaml')
    expect((await run('plan -c mine.yaml', { env })).options.config).toBe('mine.yaml')
    expect((await run('plan')).options.config).toBe('cognito.yaml')
  })
  test('of an invalid file shows why, and asks AWS nothing', async () => {
    const { code, stdout, stderr, asked } = await run('plan', { diagnostics: [broken] })
    expect({ code, stdout, asked }).toEqual({ code: 3, stdout: '', asked: ['readSpec'] })
    expect(stderr).toContain('cognito.yaml:4:1: error[COG1203]: unknown setting "userPool"')
    expect(stderr.endsWith('\n1 error\n\n')).toBe(true)
  })
  test('points into the file where the engine found something', async () => {
    const found = runError({
      exit: 1,
      code: 'not-ours',
      message: 'a pool of that name is not ours',
      diagnostics: [{ ...broken, at: undefined } as never],
    })
    const { code, stderr } = await run('plan', { pipeline: { makePlan: () => Promise.reject(found) } })
    expect(code).toBe(1)
    expect(stderr).toContain('cognito.yaml:1:1: error[COG1203]')
    expect(stderr).toContain(' 1 | line 1')
  })
})

describe('apply', () => {
  test('asks nobody and sends nothing when there is nothing to do', async () => {
    expect(await run('apply', { plan: nothing, terminal: true })).toMatchObject({
      code: 0,
      asked: ['readSpec', 'makePlan'],
    })
    expect(await run('apply', { plan: nothing })).toMatchObject({ code: 0, asked: ['readSpec', 'makePlan'] })
  })
  test('applies after a yes', async () => {
    const ran = await run('apply', {
      plan: firstApply,
      terminal: true,
      answer: 'yes',
      report: reportOf(outcome('done')),
    })
    expect(ran).toMatchObject({ code: 0, asked: ['readSpec', 'makePlan', 'ask', 'applyPlan'] })
    expect(ran.stdout).toContain('Applied: 1 created.')
    expect(ran.stderr).toContain('✓ userPools.customers  created')
  })
  test.each(['no', '', 'y', undefined])('changes nothing after %j', async answer => {
    const ran = await run('apply', {
      plan: firstApply,
      terminal: true,
      ...(answer === undefined ? {} : { answer }),
    })
    expect(ran).toMatchObject({ code: 5, asked: ['readSpec', 'makePlan', 'ask'] })
    expect(ran.stderr).toContain('Nothing was changed.')
  })
  test('refuses without a terminal and without --yes, plan shown', async () => {
    const ran = await run('apply', { plan: firstApply })
    expect(ran).toMatchObject({ code: 5, asked: ['readSpec', 'makePlan'] })
    expect(ran.stdout).toContain('Plan: 6 to create')
    expect(ran.stderr).toContain('pass --yes')
  })
  test('--no-input never asks, even on a terminal', async () => {
    expect(await run('apply --no-input', { plan: firstApply, terminal: true })).toMatchObject({
      code: 5,
      asked: ['readSpec', 'makePlan'],
    })
  })
  test('--yes asks nobody', async () => {
    expect(
      await run('apply --yes --no-input', { plan: firstApply, report: reportOf(outcome('done')) }),
    ).toMatchObject({
      code: 0,
      asked: ['readSpec', 'makePlan', 'applyPlan'],
    })
  })
  test.each([
    ['a blocked plan', 'apply --yes', partlyBlocked, 4],
    ['a plan that is all blocked', 'apply --yes', blocked, 5],
    ['an incomplete plan', 'apply --yes', incomplete, 4],
    ['an incomplete plan, blocked ones skipped', 'apply --yes --skip-blocked', incomplete, 4],
    ['what --fail-on catches', 'apply --yes --fail-on security-loosening', loosening, 5],
  ])('refuses %s', async (_name, line, made, exit) => {
    const ran = await run(line, {
      plan:
        exit === 4 && made === partlyBlocked
          ? plan({ changes: made.changes, unread: everything.unread })
          : made,
    })
    expect(ran.code).toBe(exit)
    expect(ran.asked).not.toContain('applyPlan')
  })
  test('--skip-blocked applies the rest and says so', async () => {
    const ran = await run('apply --yes --skip-blocked', {
      plan: partlyBlocked,
      report: reportOf(outcome('done')),
    })
    expect(ran).toMatchObject({ code: 0, options: { skipBlocked: true } })
    expect(ran.stderr).toContain('2 blocked changes were skipped')
  })
  test('--skip-blocked asks nobody when there is no rest', async () => {
    expect(await run('apply --skip-blocked', { plan: blocked, terminal: true })).toMatchObject({
      code: 0,
      asked: ['readSpec', 'makePlan'],
    })
  })
  test.each([
    ['partly applied', reportOf(outcome('done'), outcome('failed', { error: denied })), 6],
    ['failed in the middle of one', reportOf(outcome('failed', { calls: 2, error: denied })), 6],
    ['denied at once', reportOf(outcome('failed', { error: denied }), outcome('not tried')), 4],
    [
      'failed at once',
      reportOf(outcome('failed', { error: { name: 'InvalidParameterException', message: 'no' } })),
      1,
    ],
    ['all done', reportOf(outcome('done'), outcome('done')), 0],
  ])('ends with the right code when %s', async (_name, report, exit) => {
    expect((await run('apply --yes', { plan: firstApply, report })).code).toBe(exit)
  })
  test('a stale plan is refused with the hint that came with it', async () => {
    const stale = runError({
      exit: 5,
      code: 'stale-plan',
      message: 'AWS has changed since the plan was made',
      hint: 'make a new plan',
    })
    const ran = await run('apply --yes', {
      plan: firstApply,
      pipeline: { applyPlan: () => Promise.reject(stale) },
    })
    expect(ran.code).toBe(5)
    expect(ran.stderr).toContain('error: AWS has changed since the plan was made\n  help: make a new plan\n')
  })
  test('plans again for a saved plan', async () => {
    const cwd = folder()
    writeFileSync(join(cwd, 'p.json'), JSON.stringify(firstApply))
    const ran = await run('apply p.json --yes', { cwd, plan: firstApply, report: reportOf(outcome('done')) })
    expect(ran).toMatchObject({ code: 0, asked: ['loadPlan', 'readSpec', 'makePlan', 'applyPlan'] })
  })
  test('a saved plan that is not there', async () => {
    expect(await run('apply p.json --yes', { cwd: folder() })).toMatchObject({ code: 1, asked: [] })
  })
  test('a saved plan takes no --target', async () => {
    expect(await run('apply p.json --target roles.a')).toMatchObject({ code: 64, asked: [] })
  })
  test('applies a saved plan without its file only with --no-file and a hash', async () => {
    const cwd = folder()
    writeFileSync(join(cwd, 'p.json'), JSON.stringify(firstApply))
    expect(await run('apply p.json --yes --no-file', { cwd })).toMatchObject({ code: 64, asked: [] })
    expect(await run(`apply --yes --no-file --expect-hash ${'0'.repeat(64)}`, { cwd })).toMatchObject({
      code: 64,
      asked: [],
    })
    const ran = await run(`apply p.json --yes --no-file --expect-hash ${'0'.repeat(64)}`, {
      cwd,
      report: reportOf(outcome('done')),
    })
    expect(ran).toMatchObject({ code: 0, asked: ['loadPlan', 'applyPlan'] })
    expect(ran.stdout).toContain('without its file')
  })
  test('prints one JSON document with outcomes', async () => {
    const ran = await run('apply --yes --json', {
      plan: firstApply,
      report: reportOf(outcome('done'), outcome('failed', { error: denied })),
    })
    expect(JSON.parse(ran.stdout)).toMatchObject({
      command: 'apply',
      exitCode: 6,
      outcomes: [{ status: 'done' }, { status: 'failed', error: denied }],
    })
  })
  test('prints a JSON document when refused too', async () => {
    const { stdout, code } = await run('apply --json', { plan: firstApply })
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: code, outcomes: [] })
  })
  test('the first Ctrl-C lets the request in flight end, the second ends the process', async () => {
    let interrupt = () => {}
    const ran = await run('apply --yes', {
      plan: firstApply,
      onListen: handler => (interrupt = handler),
      pipeline: {
        applyPlan: async (_plan, { signal }) => {
          expect(signal?.aborted).toBe(false)
          interrupt()
          expect(signal?.aborted).toBe(true)
          interrupt()
          return reportOf(outcome('done'), outcome('not tried', { address: 'roles.member' }))
        },
      },
    })
    expect(ran).toMatchObject({ code: 130, exited: [130] })
    expect(ran.stdout).toContain('Stopped because you asked.')
    expect(ran.stdout).toContain('roles.member  not tried')
  })
})

describe('drift', () => {
  test.each([
    ['nothing differs', nothing, 0, 'No drift.'],
    ['something differs', loosening, 2, 'Drift: 1 resource differs from the file.'],
    [
      'an unlisted provider exists',
      plan({ unlisted: everything.unlisted }),
      2,
      'Drift: 1 resource exists that the file does not list.',
    ],
    [
      'an unlisted client exists',
      plan({ unlisted: everything.unlisted.filter(({ drift }) => !drift) }),
      0,
      'No drift.',
    ],
    ['something could not be read', plan({ unread: everything.unread }), 4, 'not everything could be read'],
    ['something differs and something could not be read', incomplete, 4, 'Drift: 6 resources differ'],
  ])('when %s', async (_name, made, exit, text) => {
    const ran = await run('drift', { plan: made })
    expect(ran.code).toBe(exit)
    expect(ran.stdout).toContain(text)
  })
  test('as JSON', async () => {
    expect(JSON.parse((await run('drift --json', { plan: loosening })).stdout)).toMatchObject({
      command: 'drift',
      exitCode: 2,
      drift: true,
    })
  })
})

describe('validate', () => {
  test('of a valid file', async () => {
    const ran = await run('validate')
    expect(ran).toMatchObject({
      code: 0,
      asked: ['readSpec'],
      stdout: '✓ cognito.yaml is valid: 1 resource in stack shop.\n',
    })
  })
  test('of a file with remarks', async () => {
    const ran = await run('validate', { diagnostics: [remark] })
    expect(ran.code).toBe(0)
    expect(ran.stdout).toContain('warning[COG2216]')
    expect(ran.stdout).toContain('is valid')
  })
  test('of an invalid file', async () => {
    const ran = await run('validate', { diagnostics: [remark, broken] })
    expect(ran.code).toBe(3)
    expect(ran.stdout).toContain('1 error, 1 warning')
    expect(ran.stdout).not.toContain('is valid')
  })
  test('as JSON', async () => {
    const ran = await run('validate --json', { diagnostics: [broken] })
    expect(JSON.parse(ran.stdout)).toMatchObject({
      command: 'validate',
      exitCode: 3,
      valid: false,
      diagnostics: [{ code: 'COG1203', at: { line: 4 } }],
      files: ['cognito.yaml'],
    })
  })
})

describe('show', () => {
  const saved = () => {
    const cwd = folder()
    writeFileSync(join(cwd, 'p.json'), JSON.stringify(everything))
    return cwd
  }
  test('prints a saved plan, as text, markdown or JSON', async () => {
    const cwd = saved()
    expect((await run('show p.json', { cwd })).stdout).toContain('~ userPools.customers')
    expect((await run('show p.json --markdown', { cwd })).stdout).toContain('```diff')
    expect(JSON.parse((await run('show p.json --json', { cwd })).stdout)).toMatchObject({
      command: 'show',
      plan: { hash: 'sha256:0' },
    })
  })
  test('of a file that is not there, or is no plan', async () => {
    expect((await run('show q.json', { cwd: saved() })).code).toBe(1)
    const bad = runError({ exit: 1, code: 'bad-plan', message: 'p.json is not a plan' })
    const loadPlan = () => {
      throw bad
    }
    expect(await run('show p.json', { cwd: saved(), pipeline: { loadPlan } })).toMatchObject({ code: 1 })
  })
})

describe('schema and version', () => {
  test('print data', async () => {
    expect(JSON.parse((await run('schema')).stdout)).toEqual({ type: 'object' })
    expect((await run('version')).stdout).toMatch(/^cogsync \d+\.\d+\.\d+\nnode {4}\d/)
    expect(JSON.parse((await run('version --json')).stdout)).toMatchObject({
      command: 'version',
      sdk: expect.stringMatching(/^3\./),
    })
  })
})

describe('destroy', () => {
  const doomed = plan({
    changes: [
      change({ address: 'userPools.customers', kind: 'userPool', action: 'delete', name: 'shop-customers' }),
    ],
  })
  const line = 'destroy -t userPools.customers'
  test.each([
    ['destroy', 64, []],
    [line, 5, ['readSpec', 'planDestruction']],
    [`${line} --no-input`, 5, ['readSpec', 'planDestruction']],
    [`${line} --confirm other`, 5, ['readSpec', 'planDestruction']],
    [`${line} --confirm shop-customers`, 0, ['readSpec', 'planDestruction', 'applyPlan']],
    [`${line} --yes`, 64, []],
  ])('%s ends as it should', async (argv, exit, asked) => {
    const ran = await run(argv, { plan: doomed, report: reportOf(outcome('done', { action: 'delete' })) })
    expect({ code: ran.code, asked: ran.asked }).toEqual({ code: exit, asked })
  })
  test.each([
    ['shop-customers', 0],
    ['yes', 5],
    ['', 5],
    ['Shop-Customers', 5],
  ])('asks for the name on a terminal, and takes "%s" for %i', async (answer, exit) => {
    const report = reportOf(outcome('done', { action: 'delete' }))
    const ran = await run(line, { plan: doomed, terminal: true, answer, report })
    expect(ran.code).toBe(exit)
    expect(ran.asked).toContain('ask')
    expect(ran.asked.includes('applyPlan')).toBe(exit === 0)
  })
  test('with nothing there asks nobody', async () => {
    const { code, stdout, asked } = await run(line, { plan: nothing, terminal: true })
    expect({ code, asked }).toEqual({ code: 0, asked: ['readSpec', 'planDestruction'] })
    expect(stdout).toContain('Nothing to delete')
  })
  test('says that the file still lists it', async () => {
    const report = reportOf(outcome('done', { action: 'delete' }))
    const { stderr } = await run(`${line} --confirm shop-customers`, { plan: doomed, report })
    expect(stderr).toContain('The file still lists 1 resource')
  })
  test('of an invalid file asks AWS nothing', async () => {
    expect(await run(line, { diagnostics: [broken] })).toMatchObject({ code: 3, asked: ['readSpec'] })
  })
})

test('apply ends with 5 when all it met was a resource that had changed', async () => {
  const moved = { name: 'Moved', message: 'it has changed' }
  const report = reportOf(outcome('failed', { calls: 0, error: moved }))
  expect((await run('apply --yes', { plan: firstApply, report })).code).toBe(5)
  const some = reportOf(outcome('done'), outcome('failed', { calls: 0, error: moved }))
  expect((await run('apply --yes', { plan: firstApply, report: some })).code).toBe(6)
})
