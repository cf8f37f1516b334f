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
import { environment, interleaved, type Mode, type Result } from './bench.ts'

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

/** `floor.ts` as one file, made smaller as the command line is. */
const bundleFloor = async (file: string): Promise<void> => {
  const made = await rolldown({
    input: fileURLToPath(new URL('floor.ts', import.meta.url)),
    platform: 'node',
    resolve: { mainFields: ['module', 'main'] },
  })
  await made.write({ file, format: 'es', minify: true })
  await made.close()
}

export const start = async ({ long }: Mode): Promise<Result> => {
  const title = 'Start-up'
  if (!existsSync(cli)) return { title, ratios: [], notes: [], skipped: 'dist is not built: npm run build' }
  const folder = await mkdtemp(join(tmpdir(), 'cogsync-bench-'))
  const [config, empty, floor] = ['cognito.yaml', 'empty.mjs', 'floor.mjs'].map(name =>
    join(folder, name),
  ) as [string, string, string]
  await Promise.all([writeFile(config, file), writeFile(empty, ''), bundleFloor(floor)])
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
        floor: untilEnd([floor, config]),
        help: untilEnd([cli, '--help']),
        validate: untilEnd([cli, 'validate', '--config', config]),
        plan: untilAsked([cli, 'plan', '--config', config]),
      },
      long ? 41 : 11,
    )
    const ratio = (name: 'help' | 'floor' | 'validate' | 'plan', what: string, aim?: number) => ({
      name: what,
      value: times[name] / times.bare,
      ...(aim !== undefined && { most: (times.bare + aim) / times.bare }),
      measured: `${times[name].toFixed(0)} ms, ${(times[name] - times.bare).toFixed(0)} ms more than a bare node (${times.bare.toFixed(0)} ms)${aim === undefined ? '' : `; aim ${aim} ms`}`,
    })
    return {
      title,
      ratios: [
        ratio('help', '--help', 10),
        ratio('floor', 'yaml and zod alone, the same 200 lines'),
        ratio('validate', 'validate, 200 lines', 35),
        ratio('plan', 'plan, until the first request', 70),
      ],
      notes: [
        `node ${process.version}. Against a bare node, in the same run.`,
        'What yaml and zod alone take for these 200 lines is the floor of the commands that read them.',
      ],
    }
  } finally {
    server.closeAllConnections()
    server.close()
    await rm(folder, { recursive: true, force: true })
  }
}
