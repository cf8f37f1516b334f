// What a sandbox holds, thing by thing, so that a test can say which are gone, changed or as they were.
import type { Sandbox } from '../../src/sandbox/index.ts'
import { account, region } from './run.ts'

type Json = { [key: string]: unknown }
const services = ['cognito-idp', 'cognito-identity', 'iam', 'lambda', 'wafv2', 'ssm', 'secretsmanager']

const slice = ({ state }: Sandbox, service: string): Json =>
  state.slice<Json>(service, () =>
    service === 'cognito-idp' ? {} : service === 'iam' ? { accounts: {} } : { places: {} },
  )

/** What puts the sandbox back to how it is now. */
export function remember(sandbox: Sandbox): () => void {
  const kept = structuredClone(services.map(service => [service, slice(sandbox, service)] as const))
  return () => {
    for (const [service, held] of kept) {
      const now = slice(sandbox, service)
      for (const key of Object.keys(now)) delete now[key]
      Object.assign(now, structuredClone(held))
    }
  }
}

const children = ['clients', 'servers', 'groups', 'providers', 'domains']
const at = (value: unknown, ...path: string[]): Json =>
  path.reduce<Json>((inner, key) => (inner[key] ?? {}) as Json, value as Json)

/** Every thing by a key that ends in its id, as text without dates. */
export function thingsIn(sandbox: Sandbox): { [key: string]: string } {
  const all: [string, unknown][] = []
  for (const [id, pool] of Object.entries(at(slice(sandbox, 'cognito-idp'), account, region, 'pools'))) {
    const own = Object.entries(pool as Json).filter(([member]) => !children.includes(member))
    all.push([`pool ${id}`, Object.fromEntries(own)])
    for (const member of children)
      for (const [key, child] of Object.entries(at(pool, member))) all.push([`${id} ${member} ${key}`, child])
  }
  const place = `${account}/${region}`
  for (const [id, pool] of Object.entries(at(slice(sandbox, 'cognito-identity'), 'places', place)))
    all.push([`identity pool ${id}`, pool])
  for (const [, role] of Object.entries(at(slice(sandbox, 'iam'), 'accounts', account, 'roles')))
    all.push([`role ${(role as Json)['name']}`, role])
  const dates = (key: string, value: unknown) =>
    ['modified', 'created', 'since', 'seen', 'version'].includes(key) ? undefined : value
  return Object.fromEntries(all.map(([key, value]) => [key, JSON.stringify(value, dates)]))
}

/** Which things are gone, and which are other than they were. */
export function differenceOf(before: { [key: string]: string }, after: { [key: string]: string }) {
  const gone = Object.keys(before).filter(key => !(key in after))
  const changed = Object.keys(before).filter(key => key in after && after[key] !== before[key])
  const made = Object.keys(after).filter(key => !(key in before))
  return { gone: gone.sort(), changed: changed.sort(), made: made.sort() }
}
