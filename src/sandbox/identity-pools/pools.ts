// Identity pools themselves: create, describe, update, delete, list.
import { type Call, type Members, type Operation, ServiceError, type State } from '../service.ts'
import { makeTable } from '../table.ts'
import { checkProviders } from './providers.ts'
import { findPool, invalid, openPools, type Pool, type Pools } from './store.ts'
import { checkTags } from './tags.ts'

export function poolOperations(state: State): { [operation: string]: Operation } {
  return {
    CreateIdentityPool: (input, call) => describePool(createPool(openPools(state, call), input, call)),
    DescribeIdentityPool: (input, call) =>
      describePool(findPool(openPools(state, call), input['IdentityPoolId'] as string)),
    UpdateIdentityPool: (input, call) => {
      const pool = findPool(openPools(state, call), input['IdentityPoolId'] as string)
      updatePool(pool, input)
      return describePool(pool)
    },
    DeleteIdentityPool: (input, call) => {
      const pools = openPools(state, call)
      delete pools[findPool(pools, input['IdentityPoolId'] as string).id]
      return undefined // an empty body, not {} [REC: cloud-custodian placebo, 2017]
    },
    ListIdentityPools: (input, call) => listPools(openPools(state, call), input),
  }
}

function createPool(pools: Pools, input: Members, call: Call): Pool {
  const tags = (input['IdentityPoolTags'] ?? {}) as Pool['tags']
  checkTags(tags)
  checkProviders(input)
  if (Object.keys(pools).length >= 1000) {
    throw new ServiceError('LimitExceededException', 'Identity pools per account quota of 1000 exceeded')
  }
  const id = `${call.region}:${makeUuid(call)}`
  const pool: Pool = {
    id,
    settings: keepSettings(input),
    tags: { ...tags },
    roles: makeTable(),
    roleMappings: makeTable(),
    principalTags: makeTable(),
  }
  pools[id] = pool
  return pool
}

/**
 * Omitted members fall back to their defaults [D]: missing provider lists are removed [ISS: terraform-provider-aws
 * PR 9396]. AllowClassicFlow alone is kept [LIVE-drift]. What happens to omitted tags is not known; the sandbox
 * takes the reading that hurts and removes them.
 */
function updatePool(pool: Pool, input: Members): void {
  const tags = (input['IdentityPoolTags'] ?? {}) as Pool['tags']
  checkTags(tags)
  checkProviders(input)
  const { DeveloperProviderName: developer, AllowClassicFlow: classic } = pool.settings
  const asked = input['DeveloperProviderName']
  // "Once you have set a developer provider name, you cannot change it" [D]; the words of the refusal are not known
  if (developer !== undefined && typeof asked === 'string' && asked !== developer) {
    throw invalid('The developer provider name cannot be changed once it has been set')
  }
  const kept: Members = {}
  if (developer !== undefined) kept['DeveloperProviderName'] = developer
  if (classic !== undefined) kept['AllowClassicFlow'] = classic
  pool.settings = keepSettings(input, kept)
  pool.tags = { ...tags }
}

const SETTINGS = [
  ...['IdentityPoolName', 'AllowUnauthenticatedIdentities', 'AllowClassicFlow', 'SupportedLoginProviders'],
  ...['DeveloperProviderName', 'OpenIdConnectProviderARNs', 'CognitoIdentityProviders', 'SamlProviderARNs'],
]

/** Members never set are missing [REC: answers of 2017 to 2024]. That empty ones are too is the sandbox's guess. */
function keepSettings(input: Members, kept: Members = {}): Members {
  const settings: Members = {}
  for (const name of SETTINGS) {
    const value = input[name] ?? kept[name]
    if (value === undefined || value === null) continue
    if (typeof value === 'object' && Object.keys(value).length === 0) continue
    settings[name] = name === 'CognitoIdentityProviders' ? fillTokenChecks(value as Members[]) : value
  }
  return structuredClone(settings)
}

/** ServerSideTokenCheck reads back false when it was not sent [LIVE-drift]. */
function fillTokenChecks(providers: Members[]): Members[] {
  return providers.map(provider => ({
    ...provider,
    ServerSideTokenCheck: provider['ServerSideTokenCheck'] ?? false,
  }))
}

/** Every answer has IdentityPoolTags, `{}` when there are none [REC: 2020, 2022, 2024]. */
function describePool(pool: Pool): Members {
  return { IdentityPoolId: pool.id, ...structuredClone(pool.settings), IdentityPoolTags: { ...pool.tags } }
}

function listPools(pools: Pools, input: Members): Members {
  const { MaxResults: size, NextToken: token } = input as { MaxResults: number; NextToken?: string }
  const start = token === undefined ? '' : readToken(token)
  const rest = Object.keys(pools)
    .filter(id => id > start)
    .sort()
  const page = rest.slice(0, size).map(id => ({
    IdentityPoolId: id,
    IdentityPoolName: pools[id]?.settings['IdentityPoolName'] as string,
  }))
  const answer: Members = { IdentityPools: page }
  const last = page.at(-1)
  if (last && rest.length > size) {
    answer['NextToken'] = Buffer.from(`after ${last.IdentityPoolId}`).toString('base64')
  }
  return answer
}

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString()
  if (!text.startsWith('after ')) throw invalid('Invalid NextToken')
  return text.slice('after '.length)
}

/** A UUID of version 4, in lower case. */
function makeUuid(call: Call): string {
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, place =>
    (place === 'x' ? call.random(16) : 8 + call.random(4)).toString(16),
  )
}
