// The action as a black box: dist under node 24, real inputs and file commands, a GitHub and an AWS on loopback.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtCopy, committedCopy, headCommit, onSite } from './bench.ts'
import { node24 } from './runner.ts'
import { before, clickInConsole, scenarios } from './scenarios.ts'

let built: Awaited<ReturnType<typeof builtCopy>>
beforeAll(async () => {
  built = await builtCopy()
})
afterAll(() => built.remove())

/** npm has a node 24 for Linux; elsewhere these need one that runs the tests themselves. */
const onNode24 = test.skipIf(node24 === undefined)

const changed = scenarios['a new callback URL']!.file

describe('the built action', () => {
  onNode24(
    'comments on a pull request, summarises, and gives outputs; again, and nothing is written',
    async () => {
      await onSite(
        async ({ write, run, github, said }) => {
          await write('cognito.yaml', changed)
          const first = await run()
          expect(first.stderr).toBe('')
          expect(first.code).toBe(0)
          expect(first.outputs).toMatchObject({
            changes: 'true',
            'to-create': '0',
            'to-update': '1',
            'to-delete': '0',
            blocked: '0',
            'exit-code': '0',
            'failure-reason': '',
            'comment-id': '1000',
          })
          expect(first.outputs['plan-hash']).toMatch(/^[0-9a-f]{64}$/)
          const [body = ''] = said()
          expect(body.split('\n')[0]).toMatch(
            new RegExp(
              `^<!-- cogsync:plan v=1 key=[0-9a-f]{16} hash=${first.outputs['plan-hash']} head=${headCommit} -->$`,
            ),
          )
          expect(body).toContain('with `https://beta.shop.example/callback`')
          expect(first.summary).toContain('### cogsync plan: shop')
          expect(first.groups).toEqual(['cogsync plan cognito.yaml'])
          const second = await run()
          expect(second.outputs).toMatchObject({
            'comment-id': '1000',
            'plan-hash': first.outputs['plan-hash'],
          })
          expect(github.writes()).toEqual(['POST /repos/shop/identity/issues/5/comments'])
        },
        { entry: built.entry },
      )
    },
  )

  onNode24(
    'applies what was reviewed, tells the merged pull request, and refuses anything else',
    async () => {
      await onSite(
        async ({ write, run, github, said, bench }) => {
          await write('cognito.yaml', changed)
          const { outputs } = await run({ inputs: { comment: 'never' } })
          const merged = 'd'.repeat(40)
          github.pullsOf.set(merged, [5])
          const push = { event: {}, env: { GITHUB_EVENT_NAME: 'push', GITHUB_SHA: merged } }
          const hash = outputs['plan-hash'] ?? ''
          await clickInConsole(bench)
          const writes = bench.sandbox.writes()
          const refused = await run({ ...push, inputs: { command: 'apply', 'expected-plan-hash': hash } })
          expect(refused).toMatchObject({
            code: 1,
            outputs: { 'failure-reason': 'plan-changed', 'exit-code': '5' },
          })
          expect(bench.sandbox.writes()).toBe(writes)
          expect(said().at(-1)).toContain('this is not the plan that was reviewed')
          const fresh = refused.outputs['plan-hash'] ?? ''
          const done = await run({ ...push, inputs: { command: 'apply', 'expected-plan-hash': fresh } })
          expect(done).toMatchObject({ code: 0, outputs: { 'failure-reason': '', 'to-update': '1' } })
          expect(said()).toHaveLength(1)
          expect(said()[0]).toContain('**Applied: 1 updated.')
          await bench.rest('cognito.yaml')
        },
        { entry: built.entry },
      )
    },
  )

  onNode24('speaks to a GitHub Enterprise Server, and nothing that AWS says is a command', async () => {
    const attack =
      'Hello {####}\\n::error::gone\\n  ::set-output name=a::b\\nx ##[error]y <img src=x> @team ```'
    const file = before.replace(
      '    mfa:',
      `    verificationMessageTemplate: { emailMessage: "${attack}" }\n    mfa:`,
    )
    await onSite(
      async ({ write, run, said, github }) => {
        await write('cognito.yaml', file)
        const { code, annotations } = await run()
        expect([code, annotations.map(({ properties }) => properties['title'])]).toEqual([0, ['COG2043']])
        expect(said()[0]).toContain('````diff\n')
        expect(github.requests.filter(line => !line.includes('/api/'))).toEqual([])
      },
      { entry: built.entry, prefix: '/api/v3' },
    )
  })

  test('is what is committed', async () => {
    const files = await readFile(committedCopy, 'utf8')
    expect(files === (await readFile(built.entry, 'utf8')), 'run npm run build and commit dist').toBe(true)
    await onSite(
      async ({ write, run }) => {
        await write('cognito.yaml', 'version: 1\nstack: shop\n')
        const { code, outputs, annotations } = await run({ inputs: { command: 'validate' } })
        expect([code, outputs['failure-reason'], outputs['exit-code']]).toEqual([1, 'invalid-spec', '3'])
        expect(annotations.map(({ properties }) => properties['file'])).toContain('cognito.yaml')
      },
      { entry: committedCopy, made: '' },
    )
  })

  test('needs only what is in dist', () => {
    expect(existsSync(join(committedCopy, '..', '..', 'action.yml'))).toBe(true)
  })
})
