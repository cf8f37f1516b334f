// A full read under AWS's quotas and 40 ms latency, against the least that the quotas allow.
import { openPort } from '../../src/aws/port.ts'
import { systemClock } from '../../src/aws/retry.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { boundOf, makeOn, onVirtualTime, planOn, specOf, where } from '../aws/virtual.ts'
import { type Mode, type Ratio, type Result, seconds } from './bench.ts'

const latency = 40
const shapes = [
  { pools: 1, clients: 300, most: 1.05 },
  { pools: 10, clients: 30, most: 1.1 },
]

export const reading = async ({ long }: Mode): Promise<Result> => {
  const ratios: Ratio[] = []
  for (const shape of shapes) {
    ratios.push(...(await virtually(shape)))
    if (long) ratios.push(...(await really(shape)))
  }
  return {
    title: "Reading under AWS's quotas",
    ratios,
    notes: [
      'The bound is computed from the requests that were sent, by the tables of the sandbox: a second’s worth at once, then second by second, and the latency of the last. Virtual: on a clock that passes only while everybody waits, through real HTTP.',
    ],
  }
}

const told = (name: string, took: number, requests: Sandbox['requests'], most: number): Ratio[] => {
  const bound = boundOf(requests, latency)
  const throttled = requests.filter(({ error }) => error === 'TooManyRequestsException').length
  return [
    {
      name,
      value: took / bound,
      most,
      measured: `${seconds(took)} for a bound of ${seconds(bound)}; ${requests.length} requests, ${throttled} throttled`,
    },
    { name: `${name}: throttled`, value: throttled, most: 0, measured: `${throttled}` },
  ]
}

const virtually = ({ pools, clients, most }: (typeof shapes)[number]): Promise<Ratio[]> =>
  onVirtualTime(latency, async virtual => {
    const spec = specOf(pools, clients)
    await makeOn(virtual, spec)
    await virtual.clock.sleep(10_000)
    virtual.sandbox.resetLog()
    const [began, wall] = [virtual.clock.now(), performance.now()]
    await planOn(virtual, spec)
    const took = virtual.clock.now() - began
    const [time, ...rest] = told(
      `${pools} × ${clients} clients, virtual`,
      took,
      virtual.sandbox.requests,
      most,
    )
    return [
      {
        ...(time as Ratio),
        measured: `${time?.measured}; simulated in ${seconds(performance.now() - wall)}`,
      },
      ...rest,
    ]
  })

/** The same on the clock on the wall. */
const really = async ({ pools, clients, most }: (typeof shapes)[number]): Promise<Ratio[]> => {
  const sandbox = await startSandbox({ seed: 1 })
  const open = (pace: 'aws' | 'none') =>
    openPort({ region: where.region, endpoint: sandbox.url, clock: systemClock, pace })
  try {
    const spec = specOf(pools, clients)
    await makeOn({ aws: open('none'), clock: systemClock }, spec)
    sandbox.resetLog()
    sandbox.setLatency(latency)
    sandbox.setQuotas('aws')
    const began = performance.now()
    await planOn({ aws: open('aws') }, spec)
    return told(`${pools} × ${clients} clients, real time`, performance.now() - began, sandbox.requests, most)
  } finally {
    await sandbox.close()
  }
}
