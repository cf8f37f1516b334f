// `validate --json` lists every file that was read, so that a workflow can tell what must start it.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { realParts } from '../../src/cli/real-parts.ts'
import { main } from '../../src/cli/run.ts'
import { filesIn, root } from '../project/source.ts'

const filesRead = async (cwd: string, ...argv: string[]): Promise<string[]> => {
  const printed: string[] = []
  await main(
    ['validate', '--json', ...argv],
    {
      stdout: { write: (text: string) => printed.push(text), isTTY: false },
      stderr: { write: () => true, isTTY: false },
      env: {},
      cwd,
      interactive: false,
      ask: async () => undefined,
      onInterrupt: () => () => undefined,
      exit: () => undefined,
      now: () => 0,
    },
    realParts,
  )
  return (JSON.parse(printed.join('')) as { files: string[] }).files
}

test('the files of an example are its own, and all of them', async () => {
  const folder = 'examples/branded-login'
  const own = filesIn(folder, /(?<!README\.md)$/).map(path => path.slice(folder.length + 1))
  expect(own.length).toBeGreaterThan(1)
  expect(await filesRead(join(root, folder))).toEqual(own)
  expect(await filesRead(root, '--config', `${folder}/cognito.yaml`)).toEqual(
    own.map(path => `${folder}/${path}`),
  )
})

test('metadata, mails and what a link leads to are listed, what is missing is not, each once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cogsync-files-'))
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  try {
    await write('stacks/saml/corp.xml', '<EntityDescriptor/>')
    await write('stacks/mails/real.html', 'Hello {####}')
    await symlink('real.html', join(folder, 'stacks/mails/verify.html'))
    await write(
      'stacks/cognito.yaml',
      `version: 1
stack: shop
region: eu-west-1
userPools:
  customers:
    verificationMessageTemplate: { emailMessage: "\${file:./mails/verify.html}" }
    adminCreateUser: { inviteMessageTemplate: { emailMessage: "\${file:mails/none.html}" } }
    identityProviders:
      Corp: { type: SAML, details: { MetadataFile: "\${file:saml/corp.xml}" } }
      Other: { type: SAML, details: { MetadataFile: "\${file:saml/corp.xml}" } }
`,
    )
    expect(await filesRead(folder, '--config', 'stacks/cognito.yaml')).toEqual([
      'stacks/cognito.yaml',
      'stacks/mails/real.html',
      'stacks/mails/verify.html',
      'stacks/saml/corp.xml',
    ])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
