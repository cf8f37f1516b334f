// The action's ways through events, refusals and limits, in this process; test/action/action.test.ts runs the build.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CreateAccountAliasCommand } from '@aws-sdk/client-iam'
import { describe, expect, test } from 'vitest'
import { savePlan } from '../../src/index.ts'
import type { Change, Plan } from '../../src/model.ts'
import { planHash } from '../../src/values/hash.ts'
import { fault } from '../sandbox/fixture.ts'
import { baseCommit, mergeCommit, onSite, pullRequest, queuedBranch } from './bench.ts'
import { bot } from './github.ts'
import { before, clickInConsole, scenarios } from './scenarios.ts'

const changed = scenarios['a new callback URL']!.file
const comments = 'POST /repos/shop/identity/issues/5/comments'
const push = { event: {}, env: { GITHUB_EVENT_NAME: 'push', GITHUB_SHA: 'd'.repeat(40) } }

describe('the comment', () => {
  test('is found behind 150 others, and not where somebody else planted the marker', async () => {
    await onSite(async ({ write, run, github, said }) => {
      await write('cognito.yaml', changed)
      await run()
      const [ours] = said()
      const planted = { id: 1, body: ours ?? '', user: { login: 'mallory' } }
      const others = Array.from({ length: 150 }, (_, id) => ({
        id: id + 2,
        body: 'hi',
        user: { login: 'ann' },
      }))
      github.comments.set(5, [planted, ...others, ...(github.comments.get(5) ?? [])])
      await write('cognito.yaml', before)
      const { outputs } = await run()
      expect(outputs['comment-id']).toBe('1000')
      expect(github.writes()).toEqual([comments, 'PATCH /repos/shop/identity/issues/comments/1000'])
      expect(said()).toHaveLength(152)
      expect(said()[0]).toBe(ours)
      expect(said().at(-1)).toContain('No changes.')
    })
  })
  test('is not made when nothing changes, unless always', async () => {
    await onSite(async ({ run, said }) => {
      expect((await run()).outputs).toMatchObject({ changes: 'false', 'comment-id': '' })
      expect(said()).toEqual([])
      await run({ inputs: { comment: 'never' } })
      expect(said()).toEqual([])
      await run({ inputs: { comment: 'always' } })
      expect(said()).toHaveLength(1)
    })
  })
  test('stands once for each label, side by side', async () => {
    await onSite(async ({ write, run, said }) => {
      await write('cognito.yaml', changed)
      await Promise.all(['blue', 'green'].map(label => run({ inputs: { label } })))
      expect(said()).toHaveLength(2)
      expect(new Set(said().map(body => / key=(\w+) /.exec(body)?.[1])).size).toBe(2)
    })
  })
  test.each([
    [
      'from a fork',
      { on: /comments/, status: 403, body: { message: 'Resource not accessible by integration' } },
    ],
    ['too long after all', { on: /POST.*comments/, status: 422 }],
  ])('that GitHub refuses (%s) is a warning, and the summary has it', async (_, fault) => {
    await onSite(async ({ write, run, github }) => {
      await write('cognito.yaml', changed)
      github.faults.push(fault)
      const { code, annotations, summary } = await run()
      expect(code).toBe(0)
      expect(annotations.map(({ level }) => level)).toContain('warning')
      expect(summary).toContain('### cogsync plan: shop')
    })
  })
  test('survives a bad hour of GitHub, and is never there twice', async () => {
    await onSite(async ({ write, run, github, said }) => {
      await write('cognito.yaml', changed)
      github.faults.push(
        { on: /GET.*comments/, status: 500, times: 1 },
        {
          on: /POST.*comments/,
          status: 403,
          times: 1,
          body: { message: 'You have exceeded a secondary rate limit' },
          headers: { 'retry-after': '0' },
        },
        { on: /POST.*comments/, status: 502, times: 1, after: true },
      )
      const { code, annotations } = await run()
      expect(annotations.filter(({ message }) => message.includes('GitHub'))).toEqual([])
      expect([code, said().length]).toEqual([0, 1])
    })
  })
  test('without a token is a warning', async () => {
    await onSite(async ({ write, run, github }) => {
      await write('cognito.yaml', changed)
      const { code, annotations, summary } = await run({ inputs: { 'github-token': '' } })
      expect(annotations.filter(({ message }) => message.includes('no github-token'))).toHaveLength(1)
      expect([code, github.requests]).toEqual([0, []])
      expect(summary).toContain('### cogsync plan')
    })
  })
})

describe('an event', () => {
  test('of a fork is validated only, and needs no credentials', async () => {
    await onSite(async ({ run, bench, github }) => {
      bench.sandbox.requests.length = 0
      const { code, annotations } = await run({ event: pullRequest(5, true) })
      expect([code, annotations.map(({ message }) => message)]).toEqual([
        0,
        ['this pull request is from a fork, so the file is only validated: a plan needs credentials'],
      ])
      expect([bench.sandbox.requests, github.writes()]).toEqual([[], []])
      const applied = await run({ event: pullRequest(5, true), inputs: { command: 'apply' } })
      expect(applied).toMatchObject({ code: 1, outputs: { 'failure-reason': 'invalid-input' } })
    })
  })
  test.each([
    ['push', {}],
    ['merge_group', { merge_group: { head_ref: `refs/heads/${queuedBranch(5, baseCommit)}` } }],
    ['schedule', {}],
    ['workflow_dispatch', {}],
  ])('of %s without a pull request is planned and not commented', async (name, event) => {
    await onSite(async ({ write, run, github }) => {
      await write('cognito.yaml', changed)
      const { code, summary, outputs } = await run({
        event,
        env: { ...push.env, GITHUB_EVENT_NAME: name },
      })
      expect([code, outputs['comment-id'], github.writes()]).toEqual([0, '', []])
      expect(summary).toContain('callback')
    })
  })
  test('of a push comments on the pull request that the commit came from, or that is named', async () => {
    await onSite(async ({ write, run, github, said, bench }) => {
      await write('cognito.yaml', changed)
      github.pullsOf.set(push.env.GITHUB_SHA, [5])
      await bench.iam.send(new CreateAccountAliasCommand({ AccountAlias: 'shop-prod' }))
      await run(push)
      expect(said()).toHaveLength(1)
      expect(said()[0]).toContain('account **111122223333** (shop-prod), eu-west-1')
      github.pulls.set(9, {
        head: { sha: 'e'.repeat(40), repo: { full_name: 'shop/identity' } },
        base: { ref: 'main' },
      })
      await run({ ...push, inputs: { 'pr-number': '9' } })
      expect(said(9)).toHaveLength(1)
    })
  })
})

describe('what had drifted', () => {
  test('is told from what the pull request changes, by the file that it started from', async () => {
    await onSite(async ({ write, run, bench, said }) => {
      await clickInConsole(bench)
      await write('cognito.yaml', before.replace('64 }', '64 }\n      "custom:plan": { type: String }'))
      await run()
      const [body = ''] = said()
      const [fresh, older] = body.split('**Not from this change: had drifted before**')
      expect(fresh).toContain('attributes')
      expect(fresh).not.toContain('somebody.example')
      expect(older).toContain('somebody.example')
    })
  })
  test('is said to be unknown when the earlier file cannot be had', async () => {
    await onSite(async ({ write, run, github, said }) => {
      await write('cognito.yaml', changed)
      github.files.clear()
      await run()
      expect(said()[0]).toContain('there is no cognito.yaml in ccccccc')
      github.faults.push({ on: /compare/, status: 404 })
      const { code, annotations } = await run()
      expect([code, annotations[0]?.message]).toEqual([
        0,
        expect.stringContaining('what had drifted before is not known: GitHub answered 404'),
      ])
    })
  })
})

describe('apply', () => {
  const apply = { ...push, inputs: { command: 'apply' } }
  test('refuses deletions, blocked changes and impacts that the workflow does not allow', async () => {
    await onSite(async ({ write, run, bench }) => {
      const tries: [file: string, inputs: object, reason: string][] = [
        [scenarios['a removed provider']!.file, {}, 'destroy-refused'],
        [scenarios['a changed username attribute']!.file, {}, 'plan-blocked'],
        [scenarios['MFA made optional']!.file, { 'fail-on': 'security-loosening' }, 'impact-refused'],
        [changed, { 'expected-account-id': '999999999999' }, 'auth'],
        [changed, { 'aws-region': 'us-east-1' }, 'invalid-spec'],
        ['version: 1\n', {}, 'invalid-spec'],
        [changed, { command: 'aply' }, 'invalid-input'],
        [changed, { config: 'no/*.yaml' }, 'invalid-input'],
      ]
      const writes = bench.sandbox.writes()
      for (const [file, inputs, reason] of tries) {
        await write('cognito.yaml', file)
        const { code, outputs } = await run({ ...apply, inputs: { ...apply.inputs, ...inputs } })
        expect([code, outputs['failure-reason']]).toEqual([1, reason])
      }
      expect(bench.sandbox.writes()).toBe(writes)
      await write('cognito.yaml', scenarios['a removed provider']!.file)
      const { code } = await run({ ...apply, inputs: { command: 'apply', 'allow-destroy': 'true' } })
      expect(code).toBe(0)
    })
  })
  test('lets through what is allowed, a mass change too', async () => {
    const clients = Array.from({ length: 10 }, (_, index) => `c${index}`)
    const file = (gone: readonly string[]) => `version: 1
stack: shop
region: eu-west-1
userPools:
  customers:
    clients: { ${clients
      .filter(name => !gone.includes(name))
      .map(name => `${name}: {}`)
      .join(', ')} }
    removed: { clients: [${gone.join(', ')}] }
`
    await onSite(
      async ({ write, run }) => {
        await write('cognito.yaml', file(clients.slice(0, 5)))
        const inputs = { command: 'apply', 'allow-destroy': 'true' }
        const stopped = await run({ ...push, inputs })
        expect([stopped.code, stopped.outputs['failure-reason']]).toEqual([1, 'plan-blocked'])
        const done = await run({ ...push, inputs: { ...inputs, allow: 'mass-change' } })
        expect([done.code, done.outputs['to-delete']]).toEqual([0, '5'])
      },
      { made: file([]) },
    )
  })
  test('that is refused shows the plan as it is now; one that is done folds its progress', async () => {
    await onSite(async ({ write, run, github, said }) => {
      github.pullsOf.set(push.env.GITHUB_SHA, [5])
      await write('cognito.yaml', changed)
      const refused = await run({
        ...push,
        inputs: { command: 'apply', 'expected-plan-hash': '0'.repeat(64) },
      })
      expect(refused.outputs['failure-reason']).toBe('plan-changed')
      expect(said()[0]).toMatch(/this is not the plan that was reviewed[\s\S]*beta\.shop\.example/)
      const done = await run(apply)
      expect(done.groups).toEqual([
        'Plan for cognito.yaml',
        'Applying cognito.yaml',
        'cogsync apply cognito.yaml',
      ])
      expect(said()[0]).toContain('**Applied: 1 updated.')
    })
  })
  test('carries out a saved plan, and refuses it once AWS has changed', async () => {
    await onSite(async ({ write, run, bench }) => {
      await write('cognito.yaml', changed)
      await run({ inputs: { 'plan-file': 'plan.json', comment: 'never' } })
      await clickInConsole(bench)
      const saved = { ...push, inputs: { command: 'apply', 'plan-file': 'plan.json' } }
      const stale = await run(saved)
      expect(stale).toMatchObject({ code: 1, outputs: { 'failure-reason': 'plan-stale', 'exit-code': '5' } })
      await run({ inputs: { 'plan-file': 'plan.json', comment: 'never' } })
      expect(await run(saved)).toMatchObject({ code: 0 })
      await bench.rest('cognito.yaml')
    })
  })
  test('does nothing that a saved plan says and the file does not, however it is sealed', async () => {
    await onSite(async ({ write, run, bench }) => {
      await write('cognito.yaml', changed)
      await run({ inputs: { 'plan-file': 'plan.json', comment: 'never' } })
      const path = join(bench.folder, 'plan.json')
      const { seal: _seal, ...plan } = JSON.parse(readFileSync(path, 'utf8')) as Plan & { seal: string }
      const [one, ...more] = plan.changes.filter(({ calls }) => calls.length > 0) as [Change, ...Change[]]
      const call = {
        operation: 'cognito-idp:DeleteUserPool',
        input: { UserPoolId: one.ids['UserPoolId'] ?? '' },
      }
      const edited = { ...plan, changes: [{ ...one, calls: [...one.calls, call] }, ...more] }
      writeFileSync(path, savePlan({ ...edited, hash: planHash(edited) }))
      bench.sandbox.resetLog()
      const saved = { ...push, inputs: { command: 'apply', 'plan-file': 'plan.json' } }
      expect(await run(saved)).toMatchObject({
        code: 1,
        outputs: { 'failure-reason': 'plan-changed', 'exit-code': '5' },
      })
      expect(bench.sandbox.writes()).toBe(0)
    })
  })
  test('that fails in the middle says what was done', async () => {
    await onSite(async ({ write, run, bench, github, said }) => {
      github.pullsOf.set(push.env.GITHUB_SHA, [5])
      await write('cognito.yaml', scenarios['a removed provider']!.file)
      bench.sandbox.inject(
        fault(
          { operation: 'DeleteIdentityProvider' },
          {
            error: {
              code: 'InternalErrorException',
              message: 'not today',
              status: 400,
            },
          },
        ),
      )
      const { code, outputs } = await run({ ...apply, inputs: { command: 'apply', 'allow-destroy': 'true' } })
      expect([code, outputs['failure-reason'], outputs['exit-code']]).toEqual([1, 'partial-apply', '6'])
      expect(said()[0]).toContain('❌ failed')
      expect(said()[0]).toContain('not today')
    })
  })
})

describe('drift', () => {
  const drift = { ...push, inputs: { command: 'drift' }, env: { ...push.env, GITHUB_EVENT_NAME: 'schedule' } }
  test('has one issue: opened, left alone, closed with a word, reopened', async () => {
    await onSite(async ({ run, bench, github }) => {
      expect((await run(drift)).outputs['issue-number']).toBe('')
      await clickInConsole(bench)
      const found = await run(drift)
      expect(found).toMatchObject({
        code: 0,
        outputs: { 'issue-number': '1', 'exit-code': '2', changes: 'true' },
      })
      expect(github.issues[0]).toMatchObject({
        state: 'open',
        labels: ['cogsync-drift'],
        user: { login: bot },
      })
      expect(github.issues[0]?.body).toContain('cogsync apply --target userPools.customers.clients.web')
      expect(github.issues[0]?.body).toContain('its protection was weakened')
      const requests = github.writes().length
      await run(drift)
      expect(github.writes()).toHaveLength(requests)
      expect((await run({ ...drift, inputs: { command: 'drift', 'fail-on': 'drift' } })).code).toBe(1)

      await bench.make('cognito.yaml')
      await run(drift)
      expect(github.issues[0]?.state).toBe('closed')
      expect(github.comments.get(1)?.map(({ body }) => body)).toEqual([
        expect.stringContaining('The drift is gone'),
      ])
      await run(drift)
      expect(github.comments.get(1)).toHaveLength(1)
      await clickInConsole(bench)
      await run(drift)
      expect(github.issues.map(({ state }) => state)).toEqual(['open'])
    })
  })
  test('that could not be looked for is a failure, and leaves the issue alone', async () => {
    await onSite(async ({ run, bench, github }) => {
      await clickInConsole(bench)
      await run(drift)
      await bench.make('cognito.yaml')
      bench.sandbox.inject(
        fault(
          { operation: 'DescribeUserPoolClient' },
          { error: { code: 'AccessDeniedException', message: 'no', status: 400 } },
        ),
      )
      const { code, outputs } = await run(drift)
      expect([code, outputs['failure-reason'], outputs['exit-code']]).toEqual([1, 'incomplete-read', '4'])
      expect(github.issues[0]?.state).toBe('open')
    })
  })
})

describe('many files', () => {
  test('have a comment each, or one', async () => {
    await onSite(async ({ write, run, said, github }) => {
      await write('stacks/a/cognito.yaml', changed)
      await write(
        'stacks/b/cognito.yaml',
        before.replace('stack: shop', 'stack: other').replaceAll('shop-', 'other-'),
      )
      const each = await run({ inputs: { config: 'stacks/*/cognito.yaml' } })
      expect(each.groups).toEqual([
        'cogsync plan stacks/a/cognito.yaml',
        'cogsync plan stacks/b/cognito.yaml',
      ])
      expect(each.outputs['to-create']).toMatch(/[1-9]/)
      expect(said()).toHaveLength(2)
      github.comments.clear()
      const one = await run({ inputs: { config: 'stacks/*/cognito.yaml', combine: 'true' } })
      expect(said()).toHaveLength(1)
      expect(one.outputs['plan-hash']).toBe(each.outputs['plan-hash'])

      const applying = (hash = '') =>
        run({
          ...push,
          inputs: { command: 'apply', config: 'stacks/*/cognito.yaml', 'expected-plan-hash': hash },
        })
      expect((await applying('0'.repeat(64))).outputs['failure-reason']).toBe('plan-changed')
      expect(await applying(each.outputs['plan-hash'])).toMatchObject({ code: 0 })
      expect((await run({ inputs: { config: 'stacks/*/cognito.yaml' } })).outputs['changes']).toBe('false')
    })
  })
})

describe('remarks on lines', () => {
  test('stand at most ten of a level, by their path in the repository', async () => {
    await onSite(
      async ({ write, run }) => {
        const wrong = Array.from({ length: 30 }, (_, n) => `    wrong${n}: 1\n`).join('')
        await write('identity/cognito.yaml', before.replace('    mfa:', `${wrong}    mfa:`))
        const { code, annotations } = await run({ inputs: { 'working-directory': 'identity' } })
        expect(code).toBe(1)
        const errors = annotations.filter(({ level }) => level === 'error')
        expect(errors.length).toBeLessThanOrEqual(10)
        expect(errors[1]?.properties).toMatchObject({ file: 'identity/cognito.yaml', line: '16' })
        expect(errors.at(-1)?.message).toMatch(/^\d+ more in the summary/)
      },
      { made: '' },
    )
  })
})

describe('a secret', () => {
  test('that turns up elsewhere in the file reaches no comment, log, summary or file', async () => {
    await onSite(async ({ write, run, said, github }) => {
      await write(
        'cognito.yaml',
        changed.replace(
          '/callback", "https://beta',
          '/callback", "https://x.example/a-secret-of-google", "https://beta',
        ),
      )
      const { stdout, summary, outputs } = await run()
      const leaks = [stdout.replace(/^::add-mask::.*$/gm, ''), summary, JSON.stringify(outputs), ...said()]
      for (const text of leaks) expect(text).not.toContain('a-secret-of-google')
      expect(said()[0]).toContain('https://x.example/***')
      expect(github.requests).toContain(`GET /repos/shop/identity/compare/main...${mergeCommit}`)
    })
  })
})
