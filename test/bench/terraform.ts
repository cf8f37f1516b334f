// Against Terraform, where it is installed: the same pool and 100 clients, on the same sandbox, in one run.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { boundOf } from '../aws/virtual.ts'
import { environment, fileOf, type Mode, median, type Ratio, type Result, seconds } from './bench.ts'

const title = 'Against Terraform: one pool, 100 clients'
const clients = 100
const latency = 40

const main = (url: string): string => `terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  region                      = "eu-west-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  endpoints {
    cognitoidp = "${url}"
    sts        = "${url}"
  }
}
resource "aws_cognito_user_pool" "pool" {
  name = "terraform"
}
resource "aws_cognito_user_pool_client" "app" {
  count                                = ${clients}
  name                                 = "app-\${count.index}"
  user_pool_id                         = aws_cognito_user_pool.pool.id
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_scopes                 = ["openid"]
  allowed_oauth_flows_user_pool_client = true
  supported_identity_providers         = ["COGNITO"]
  callback_urls                        = ["https://app-\${count.index}.example/back"]
}
`

interface Run {
  /** milliseconds */
  wall: number
  cpu: number
}

/** Runs a command; the shell knows what its children, and theirs, have used. */
const timed = async (cwd: string, command: string, env: NodeJS.ProcessEnv): Promise<Run> => {
  const began = performance.now()
  const child = spawn('sh', ['-c', `${command} >/dev/null || exit 1; times`], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [said, complaints]: [string[], string[]] = [[], []]
  child.stdout.on('data', text => said.push(String(text)))
  child.stderr.on('data', text => complaints.push(String(text)))
  const [code] = (await once(child, 'close')) as [number]
  const wall = performance.now() - began
  if (code !== 0) throw new Error(`${command} failed: ${complaints.join('').slice(-2000)}`)
  // the second line is the children's: 0m1.234s 0m0.345s
  const cpu = [...(said.join('').split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, rest]) => sum + Number(minutes) * 60_000 + Number(rest) * 1000,
    0,
  )
  return { wall, cpu }
}

const reasonNot = (): string | undefined => {
  if (spawnSync('terraform', ['version'], { stdio: 'ignore' }).error !== undefined)
    return 'terraform is not installed'
  return undefined
}

export const terraform = async ({ long }: Mode): Promise<Result> => {
  const reason = reasonNot()
  if (reason !== undefined) return { title, ratios: [], notes: [], skipped: reason }
  const folder = await mkdtemp(join(tmpdir(), 'cogsync-bench-'))
  const sandbox = await startSandbox({ seed: 1 })
  const env = environment({ AWS_ENDPOINT_URL: sandbox.url, CHECKPOINT_DISABLE: '1' })
  const cogsync = `"${process.execPath}" "${resolve('dist/cli.js')}"`
  const planOf = {
    cogsync: (flags = '') => timed(folder, `${cogsync} plan ${flags}`, env),
    terraform: () => timed(folder, 'terraform plan -input=false -no-color', env),
  }
  try {
    await writeFile(join(folder, 'main.tf'), main(sandbox.url))
    await writeFile(join(folder, 'cognito.yaml'), fileOf(1, clients))
    try {
      await timed(folder, 'terraform init -input=false -no-color', env)
    } catch (error) {
      const why = /Error: (.*)/.exec(String(error))?.[1] ?? 'terraform init failed'
      return { title, ratios: [], notes: [], skipped: `the provider cannot be had (${why})` }
    }
    const applies = {
      terraform: await timed(folder, 'terraform apply -auto-approve -input=false -no-color', env),
      cogsync: await timed(folder, `${cogsync} apply --yes`, env),
    }
    const all: { terraform: Run[]; cogsync: Run[] } = { terraform: [], cogsync: [] }
    for (let round = 0; round < (long ? 5 : 3); round++) {
      all.terraform.push(await planOf.terraform())
      all.cogsync.push(await planOf.cogsync())
    }
    const of = (who: 'terraform' | 'cogsync', what: keyof Run) => median(all[who].map(run => run[what]))
    const against = (what: keyof Run): Ratio => ({
      name: `plan, ${what === 'wall' ? 'wall time' : 'CPU time'}`,
      value: of('cogsync', what) / of('terraform', what),
      most: 0.1,
      measured: `${seconds(of('cogsync', what))}, Terraform ${seconds(of('terraform', what))}`,
    })
    return {
      title,
      ratios: [
        against('wall'),
        against('cpu'),
        {
          name: 'apply, wall time',
          value: applies.cogsync.wall / applies.terraform.wall,
          measured: `${seconds(applies.cogsync.wall)}, Terraform ${seconds(applies.terraform.wall)}`,
        },
        ...(await underQuotas(sandbox, planOf)),
      ],
      notes: ['Without quotas and latency first, then both with AWS’s quotas and 40 ms of latency.'],
    }
  } finally {
    await sandbox.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const underQuotas = async (
  sandbox: Sandbox,
  planOf: { cogsync: (flags: string) => Promise<Run>; terraform: () => Promise<Run> },
): Promise<Ratio[]> => {
  sandbox.setLatency(latency)
  const seen = async (run: () => Promise<Run>) => {
    sandbox.setQuotas('aws')
    sandbox.resetLog()
    const { wall } = await run()
    const requests = [...sandbox.requests]
    const throttled = requests.filter(({ error }) => error === 'TooManyRequestsException').length
    return { wall, requests, throttled }
  }
  const theirs = await seen(planOf.terraform)
  const ours = await seen(() => planOf.cogsync('--pace aws'))
  const bound = boundOf(ours.requests, latency)
  const ratio = (name: string, value: number, most: number, measured: string): Ratio => ({
    name: `under quotas: ${name}`,
    value,
    most,
    measured,
  })
  return [
    ratio(
      'requests',
      ours.requests.length / theirs.requests.length,
      1,
      `${ours.requests.length}, Terraform ${theirs.requests.length}`,
    ),
    ratio('throttled', ours.throttled, 0, `${ours.throttled}, Terraform ${theirs.throttled}`),
    ratio(
      'wall time, against the bound',
      ours.wall / bound,
      1.1,
      `${seconds(ours.wall)} for a bound of ${seconds(bound)}; Terraform ${seconds(theirs.wall)}`,
    ),
  ]
}
