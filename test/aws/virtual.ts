// A sandbox that enforces AWS's quotas, and a way to it, on one virtual clock: a read of minutes takes a second.

import { applyPlan } from '../../src/apply/apply.ts'
import { awsPace } from '../../src/aws/pace.ts'
import { openPort } from '../../src/aws/port.ts'
import type { Clock } from '../../src/aws/retry.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Aws, Plan, Spec } from '../../src/model.ts'
import { observe } from '../../src/observe/observe.ts'
import { makePlan } from '../../src/plan/plan.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { categoryRates, findCategory, ratePerPool } from '../../src/sandbox/quotas.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { type VirtualClock, virtualClock } from './clock.ts'

export interface VirtualAws {
  aws: Aws
  clock: VirtualClock
  sandbox: Sandbox
}

export const where = { region: 'eu-west-1', account: '111122223333', partition: 'aws' }

/** Runs something with a sandbox that counts requests as AWS does; each takes `latency` milliseconds. */
export const onVirtualTime = async <T>(
  latency: number,
  run: (virtual: VirtualAws) => Promise<T>,
): Promise<T> => {
  const clock = virtualClock()
  const sandbox = await startSandbox({
    clock: () => new Date(clock.now()),
    sleep: clock.nap,
    latency,
    seed: 1,
    quotas: 'aws',
  })
  const aws = openPort({
    region: where.region,
    endpoint: sandbox.url,
    clock,
    pace: options => {
      const pace = awsPace(options)
      return {
        left: pace.left,
        run: (operation, input, request, region) =>
          pace.run(operation, input, () => clock.during(request), region),
      }
    },
  })
  // the SDK is loaded before the clock runs: that takes time of the machine
  await import('@aws-sdk/client-cognito-identity-provider')
  try {
    return await run({ aws, clock, sandbox })
  } finally {
    await sandbox.close()
  }
}

/** A file of so many pools and clients, as the reader has it. */
export const specOf = (pools: number, clients: number): Spec => {
  const text = [
    'version: 1',
    'stack: shop',
    `region: ${where.region}`,
    'userPools:',
    ...Array.from({ length: pools }, (_, pool) => [
      `  pool-${pool}:`,
      `    name: pool-${pool}`,
      ...(clients > 0 ? ['    clients:'] : []),
      ...Array.from({ length: clients }, (_, client) => `      app-${client}: { generateSecret: true }`),
    ]).flat(),
    '',
  ].join('\n')
  const { spec, diagnostics } = parseSpec({ file: 'cognito.yaml', text }, { kinds })
  if (spec === undefined) throw new Error(JSON.stringify(diagnostics))
  return spec
}

export const planOn = async ({ aws }: Pick<VirtualAws, 'aws'>, spec: Spec): Promise<Plan> =>
  makePlan(spec, await observe(spec, kinds, aws, where), kinds, { tool: 'cogsync/test' })

export const makeOn = async (virtual: { aws: Aws; clock: Clock }, spec: Spec): Promise<void> => {
  const { outcomes } = await applyPlan(await planOn(virtual, spec), kinds, virtual.aws, {
    clock: virtual.clock,
    secret: () => '',
    file: () => '',
  })
  const failed = outcomes.filter(({ status }) => status !== 'done')
  if (failed.length > 0) throw new Error(JSON.stringify(failed[0]))
}

/**
 * The least time in which AWS would answer these requests, by the sandbox's own tables: milliseconds. A second's
 * worth goes at once, then the rest second by second; the last of them takes its latency.
 */
export const boundOf = (requests: Sandbox['requests'], latency: number): number => {
  const counts = new Map<string, { n: number; rate: number }>()
  const add = (name: string, rate: number) => {
    const count = counts.get(name) ?? { n: 0, rate }
    counts.set(name, { n: count.n + 1, rate })
  }
  for (const { service, operation, input } of requests.filter(one => one.service === 'cognito-idp')) {
    const category = findCategory(operation)
    add(category, categoryRates[category] ?? Number.POSITIVE_INFINITY)
    if (/^UserPool(Resource|Client)/.test(category))
      add(`${service} ${operation} ${String(input['UserPoolId'])}`, ratePerPool)
  }
  const seconds = [...counts.values()].map(({ n, rate }) => Math.ceil(n / rate) - 1)
  return 1000 * Math.max(0, ...seconds) + latency
}
