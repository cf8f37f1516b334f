// plan --base with a real git, and matrix.
import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { before, clickInConsole } from '../action/scenarios.ts'
import { command } from '../journeys/command.ts'
import { type Bench, onBench } from '../journeys/run.ts'

const call = promisify(execFile)

/** The one document of `--json`, among what else was said. */
const documentIn = (said: string): { plan: { hash: string }; origins?: object } =>
  JSON.parse(said.slice(said.search(/^\{/m)))

const commit = async ({ folder }: Bench, files: { [path: string]: string }) => {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  const git = (...args: string[]) =>
    call('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: folder })
  await git('init', '--quiet', '--initial-branch=main')
  await git('add', '.')
  await git('commit', '--quiet', '--allow-empty', '-m', 'x')
  return git
}

describe('plan --base', () => {
  test('tells what the file changed from what had drifted, with the texts that it includes', async () => {
    await onBench(async bench => {
      const message = before.replace(
        '    mfa:',
        '    verificationMessageTemplate: { emailMessage: "${file:mail.txt}" }\n    mfa:',
      )
      const git = await commit(bench, { 'id/cognito.yaml': message, 'id/mail.txt': 'Your code: {####}' })
      await bench.make(join(bench.folder, 'id/cognito.yaml'))
      await git('checkout', '--quiet', '-b', 'change')
      await clickInConsole(bench)
      await commit(bench, {
        'id/cognito.yaml': message.replace('configuration: "ON"', 'configuration: OPTIONAL'),
        'id/mail.txt': 'Your new code: {####}',
      })
      const config = ['--config', 'id/cognito.yaml']
      const { code, said } = await command(bench, 'plan', ...config, '--base', 'main')
      expect(code).toBe(0)
      expect(said).toMatch(/~ userPools\.customers\.clients\.web {2}.*\[had drifted\]/)
      expect(said).not.toMatch(/~ userPools\.customers {2}.*had drifted/)
      expect(said).toMatch(/Since [0-9a-f]{7} the file changes 1 resource; 1 resource had drifted before\./)

      const json = await command(bench, 'plan', ...config, '--base', 'main', '--json')
      const { origins, plan } = documentIn(json.said)
      expect(origins).toMatchObject({
        changes: {
          'userPools.customers': {
            origin: 'change',
            fields: {
              'mfa.configuration': 'change',
              'verificationMessageTemplate.emailMessage': 'change',
            },
          },
          'userPools.customers.clients.web': { origin: 'drift', fields: { callbackUrls: 'drift' } },
        },
        accepted: [],
        unknown: [],
      })
      // what it is compared with does not change what is done
      const alone = documentIn((await command(bench, 'plan', ...config, '--json')).said)
      expect(alone.plan.hash).toBe(plan.hash)

      const taken = message.replace(
        '"https://shop.example/callback"',
        '"https://shop.example/callback", "https://somebody.example/callback"',
      )
      await commit(bench, { 'id/cognito.yaml': taken })
      expect((await command(bench, 'plan', ...config, '--base', 'main')).said).toMatch(
        /The file takes over 1\s+setting that had drifted: userPools\.customers\.clients\.web callbackUrls\./,
      )
    })
  })
  test('says what it cannot know, and names a ref that is none', async () => {
    await onBench(async bench => {
      const git = await commit(bench, { 'README.md': 'x' })
      await git('checkout', '--quiet', '-b', 'change')
      await commit(bench, { 'cognito.yaml': before })
      expect((await command(bench, 'plan', '--base', 'main')).said).toMatch(
        /Not known: there is no\s+cognito\.yaml in [0-9a-f]{7}, so everything counts as new\./,
      )
      const { code, said } = await command(bench, 'plan', '--base', '--exec=oops')
      expect(code).toBe(1)
      expect(said).toContain('error: the merge base of --exec=oops and HEAD cannot be found')
    })
  })
})

describe('plan --since', () => {
  const more = `${before}      other:
        explicitAuthFlows: [ALLOW_REFRESH_TOKEN_AUTH]
`
  const onBranch = async (bench: Bench, test: (plan: (text: string) => Promise<string>) => Promise<void>) => {
    const git = await commit(bench, { 'cognito.yaml': more })
    await bench.make('cognito.yaml')
    await git('checkout', '--quiet', '-b', 'change')
    await test(async text => {
      await commit(bench, { 'cognito.yaml': text })
      bench.sandbox.requests.length = 0
      return (await command(bench, 'plan', '--since', 'main')).said
    })
  }
  const described = ({ sandbox }: Bench) =>
    sandbox.requests.filter(({ operation }) => operation === 'DescribeUserPoolClient').length

  test('looks at what the file changed and what that needs, and says what it did not look at', async () => {
    await onBench(async bench => {
      await onBranch(bench, async plan => {
        await clickInConsole(bench)
        const said = await plan(
          more.replace('[ALLOW_REFRESH_TOKEN_AUTH]\n', '[ALLOW_REFRESH_TOKEN_AUTH, ALLOW_USER_SRP_AUTH]\n'),
        )
        expect(said).toMatch(
          /Not looked at, because the file does not change it since [0-9a-f]{7}: \d+ resources? \(.*clients\.web/,
        )
        expect(said).toContain('~ userPools.customers.clients.other')
        expect(said).not.toMatch(/somebody\.example|Exists in AWS/)
        expect(said).toContain('Plan: 0 to create, 1 to update, 0 to delete.')
        expect(described(bench)).toBe(1)
      })
    })
  })
  test('deletes what the file names, and never says that all is as it should be', async () => {
    await onBench(async bench => {
      await onBranch(bench, async plan => {
        const removed = before.replace('    clients:', '    removed: { clients: [other] }\n    clients:')
        expect(await plan(removed)).toContain('- userPools.customers.clients.other')
        const same = await plan(more)
        expect(same).toContain('No changes in what was looked at.')
        expect(described(bench)).toBe(0)
      })
    })
  })
  test('looks at everything when what every resource has is changed, or there is no earlier file', async () => {
    await onBench(async bench => {
      await onBranch(bench, async plan => {
        const said = await plan(more.replace('userPools:', 'tags: { team: x }\n\nuserPools:'))
        expect(said).toMatch(/Everything was looked at/)
        expect(described(bench)).toBe(2)
      })
    })
  })
})

describe('matrix', () => {
  test('prints every file with every environment, and nothing that a mask could eat', async () => {
    await onBench(async bench => {
      const environments = before.replace(
        'userPools:',
        'environments: { dev: {}, prod: { region: us-east-1, account: "111122223333" } }\n\nuserPools:',
      )
      await commit(bench, { 'a/cognito.yaml': environments, 'b/cognito.yaml': before })
      const { code, said } = await command(bench, 'matrix', '*/cognito.yaml')
      expect([code, JSON.parse(said)]).toEqual([
        0,
        {
          include: [
            { config: 'a/cognito.yaml', environment: 'dev', stack: 'shop', region: 'eu-west-1' },
            { config: 'a/cognito.yaml', environment: 'prod', stack: 'shop', region: 'us-east-1' },
            { config: 'b/cognito.yaml', environment: '', stack: 'shop', region: 'eu-west-1' },
          ],
        },
      ])
      expect(said.trimEnd()).not.toContain('\n')
      expect((await command(bench, 'matrix', '*/cognito.yaml', '--env', 'dev')).said).not.toContain('prod')
      expect(await command(bench, 'matrix', 'none/*.yaml')).toMatchObject({ code: 1 })
      expect(await command(bench, 'matrix', 'none.yaml')).toMatchObject({ code: 3 })
    })
  })
})
