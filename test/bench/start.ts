// How long it takes until something happens: the built command line against a bare node.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { environment, interleaved, type Mode, type Ratio, type Result } from './bench.ts'

const cli = 'dist/cli.js'

/** 200 lines as people write them: a pool, and clients in blocks. */
const file = [
  'version: 1',
  'stack: shop',
  'region: eu-west-1',
  'userPools:',
  '  customers:',
  '    mfa:',
  '      configuration: "OFF"',
  '    clients:',
  ...Array.from({ length: 16 }, (_, client) => [
    `      app-${client}:`,
    '        allowedOAuthFlowsUserPoolClient: true',
    '        allowedOAuthFlows:',
    '          - code',
    '        allowedOAuthScopes:',
    '          - openid',
    '          - email',
    '        supportedIdentityProviders:',
    '          - COGNITO',
    '        callbackUrls:',
    `          - https://app-${client}.example/back`,
    '        accessTokenValidity: 15m',
  ]).flat(),
  '',
].join('\n')

/** A floor as node is to run it: bundled, and made smaller as the command line is. */
const bundled = async (name: string, dir: string): Promise<string> => {
  const made = await rolldown({
    input: fileURLToPath(new URL(`floors/${name}.ts`, import.meta.url)),
    platform: 'node',
    resolve: { mainFields: ['module', 'main'] },
  })
  await made.write({ dir: join(dir, name), format: 'es', entryFileNames: 'floor.mjs', minify: true })
  await made.close()
  return join(dir, name, 'floor.mjs')
}

export const start = async ({ long }: Mode): Promise<Result> => {
  const title = 'Start-up'
  if (!existsSync(cli)) return { title, ratios: [], notes: [], skipped: 'dist is not built: npm run build' }
  const folder = await mkdtemp(join(tmpdir(), 'cogsync-bench-'))
  const [config, empty] = [join(folder, 'cognito.yaml'), join(folder, 'empty.mjs')]
  await Promise.all([writeFile(config, file), writeFile(empty, '')])
  const floors = {
    help: await bundled('help', folder),
    validate: await bundled('validate', folder),
    plan: await bundled('plan', folder),
  }
  let asked: (() => void) | undefined
  // whoever asks is answered nothing: that something was asked is all there is to know
  const server = createServer(() => asked?.())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const env = environment({
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  })
  const run = (args: string[]) => spawn(process.execPath, args, { env, stdio: 'ignore' })
  const untilEnd = (args: string[]) => async () => {
    const began = performance.now()
    const [code] = (await once(run(args), 'exit')) as [number]
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`)
    return performance.now() - began
  }
  const untilAsked = (args: string[]) => async () => {
    const began = performance.now()
    const child = run(args)
    const ended = once(child, 'exit')
    const first = await Promise.race([
      new Promise<'asked'>(resolve => {
        asked = () => resolve('asked')
      }),
      ended,
    ])
    const took = performance.now() - began
    if (first !== 'asked') throw new Error(`${args.join(' ')} ended without asking AWS`)
    child.kill('SIGKILL')
    await ended
    return took
  }
  try {
    const times = await interleaved(
      {
        bare: untilEnd([empty]),
        helpFloor: untilEnd([floors.help]),
        validateFloor: untilEnd([floors.validate, config]),
        planFloor: untilAsked([floors.plan, config]),
        help: untilEnd([cli, '--help']),
        validate: untilEnd([cli, 'validate', '--config', config]),
        plan: untilAsked([cli, 'plan', '--config', config]),
      },
      long ? 41 : 11,
    )
    const more = (name: keyof typeof times) =>
      `${times[name].toFixed(0)} ms, ${(times[name] - times.bare).toFixed(0)} ms more than a bare node (${times.bare.toFixed(0)} ms)`
    const ratio = (name: 'help' | 'validate' | 'plan', what: string, aim: number): Ratio[] => [
      {
        name: what,
        value: times[name] / times.bare,
        most: (times.bare + aim) / times.bare,
        measured: `${more(name)}; aim ${aim} ms`,
      },
      {
        name: `${what}: the floor`,
        value: times[`${name}Floor`] / times.bare,
        measured: more(`${name}Floor`),
      },
    ]
    return {
      title,
      ratios: [
        ...ratio('help', '--help', 10),
        ...ratio('validate', 'validate, 200 lines', 35),
        ...ratio('plan', 'plan, until the first request', 70),
      ],
      notes: [
        `node ${process.version}. Against a bare node, in the same run.`,
        'A floor is what the packages take alone for the same work, bundled likewise: commander for a help of one command; yaml and zod for the 200 lines; these and one client of the SDK until its first request. Where the floor is above the aim, no code of ours can meet it.',
      ],
    }
  } finally {
    server.closeAllConnections()
    server.close()
    await rm(folder, { recursive: true, force: true })
  }
}
