// What a benchmark is: ratios of one run, each with the most that it may be.
import { readFileSync } from 'node:fs'

export interface Ratio {
  /** `300 clients, against the bound` */
  name: string
  /** lower is better */
  value: number
  /** the aim: at most this; none where the ratio is only watched */
  most?: number
  /** what was measured, in words: `60.4 s for a bound of 59.0 s` */
  measured: string
}

export interface Result {
  title: string
  ratios: Ratio[]
  /** tables and remarks for the page */
  notes: string[]
  /** why nothing was measured */
  skipped?: string
}

export interface Mode {
  /** more repetitions, and waiting for the real clock */
  long: boolean
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

/** Runs each in turn, again and again, so that what disturbs one disturbs all; medians of what they answer. */
export const interleaved = async <Name extends string>(
  runs: { [name in Name]: () => Promise<number> },
  times: number,
): Promise<{ [name in Name]: number }> => {
  const all = new Map<string, number[]>()
  for (let round = 0; round < times; round++)
    for (const [name, run] of Object.entries<() => Promise<number>>(runs))
      all.set(name, [...(all.get(name) ?? []), await run()])
  return Object.fromEntries([...all].map(([name, values]) => [name, median(values)])) as {
    [name in Name]: number
  }
}

/** What child processes run with: the sandbox's credentials, and nothing of the machine's own. */
export const environment = (more: { [name: string]: string } = {}): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(AWS_|COGSYNC_|NODE_OPTIONS|TF_LOG)/.test(name)),
  ),
  AWS_ACCESS_KEY_ID: '111122223333',
  AWS_SECRET_ACCESS_KEY: 'unused',
  AWS_REGION: 'eu-west-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  NO_COLOR: '1',
  ...more,
})

export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`

/** A file of pools and clients, of about as many lines as it has clients. */
export const fileOf = (pools: number, clients: number): string =>
  [
    'version: 1',
    'stack: shop',
    'region: eu-west-1',
    'userPools:',
    ...Array.from({ length: pools }, (_, pool) => [
      `  pool-${pool}:`,
      `    name: pool-${pool}`,
      '    clients:',
      ...Array.from(
        { length: clients },
        (_, client) =>
          `      app-${client}: { allowedOAuthFlows: [code], allowedOAuthScopes: [openid], allowedOAuthFlowsUserPoolClient: true, supportedIdentityProviders: [COGNITO], callbackUrls: ["https://app-${client}.example/back"] }`,
      ),
    ]).flat(),
    '',
  ].join('\n')

export const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T
