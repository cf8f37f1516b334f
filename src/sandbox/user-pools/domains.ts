// Domains of user pools: a prefix of Cognito's own domain, or a custom name.
import { type Call, type Json, type Members, ServiceError, type State } from '../service.ts'
import { makeTable } from '../table.ts'
import { makeCloudFrontDomain } from './ids.ts'
import { compact, pick, readMembers, readText } from './members.ts'
import { mergeUpdate } from './omission.ts'
import {
  type Domain,
  invalid,
  listAllPools,
  listPoolsOfRegion,
  missing,
  type Pool,
  requirePool,
} from './store.ts'
import { requireEssentials } from './tiers.ts'

/** A change under way ends after this many looks at it, or after a minute [documented: about a minute]. */
const looksUntilSettled = 1
const settlingTime = 60_000

const prefixPattern = '^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$'
const reservedWords = ['aws', 'amazon', 'cognito']
const maxCustomDomains = 4

export function createDomain(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const name = readText(input.Domain) ?? ''
  const custom = input.CustomDomainConfig !== undefined
  if (custom) checkCustom(state, name, input, call)
  else checkPrefix(state, name, input, call)
  checkVersion(pool, input)
  if (listDomains(pool, call).some(domain => domain.custom === custom)) {
    // [REC: readme; amplify-cli 1845]
    throw invalid('User pool already has a domain configured.')
  }
  const domain: Domain = {
    name,
    custom,
    settings: compact({ ManagedLoginVersion: 1, ...pick(input, settable) }),
    cloudFront: custom ? makeCloudFrontDomain(call.random) : sharedCloudFront(call.region),
    version: call.now().toISOString().replace(/\D/g, '').slice(0, 14),
    change: { status: 'CREATING', since: call.now().getTime(), seen: 0 },
  }
  pool.domains[name] = domain
  return answerWrite(domain)
}

const settable = ['ManagedLoginVersion', 'CustomDomainConfig', 'Routing']

/** A missing domain is an empty description, not an error; no pool is named, so any pool's domain is found. */
export function describeDomain(state: State, input: Members, call: Call): Members {
  const found = findDomain(state, input.Domain, call)
  if (found === undefined) return { DomainDescription: {} }
  const { pool, domain } = found
  const description = compact({
    UserPoolId: pool.id,
    AWSAccountId: pool.account,
    Domain: domain.name,
    S3Bucket: `aws-cognito-prod-${bucketCodes[call.region] ?? call.region}-assets`,
    CloudFrontDistribution: domain.cloudFront,
    Version: domain.version,
    Status: domain.change?.status ?? 'ACTIVE',
    ...domain.settings,
  })
  look(domain)
  return { DomainDescription: description }
}

export function updateDomain(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const domain = requireSettled(pool, input.Domain, call)
  checkVersion(pool, input)
  if (!domain.custom && (input.CustomDomainConfig ?? input.Routing) !== undefined) {
    throw invalid('CustomDomainConfig and Routing are for custom domains.')
  }
  if (input.CustomDomainConfig !== undefined) checkCertificate(input)
  domain.settings = {
    ManagedLoginVersion: 1,
    ...mergeUpdate('UpdateUserPoolDomain', domain.settings, input),
  }
  domain.change = { status: 'UPDATING', since: call.now().getTime(), seen: 0 }
  return answerWrite(domain)
}

export function deleteDomain(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const domain = requireSettled(pool, input.Domain, call)
  domain.change = { status: 'DELETING', since: call.now().getTime(), seen: 0 }
  return {}
}

/** The domains that a pool still has; those whose deletion is over are forgotten here. */
export function listDomains(pool: Pool, call: Call): Domain[] {
  for (const domain of Object.values(pool.domains)) settle(pool, domain, call)
  return Object.values(pool.domains)
}

function settle(pool: Pool, domain: Domain, call: Call): void {
  const { change } = domain
  if (change === undefined) return
  if (change.seen < looksUntilSettled && call.now().getTime() - change.since < settlingTime) return
  if (change.status === 'DELETING') delete pool.domains[domain.name]
  else delete domain.change
}

function look(domain: Domain): void {
  if (domain.change !== undefined) domain.change.seen += 1
}

/** A prefix is looked for in the Region, a custom name everywhere. */
function findDomain(
  state: State,
  name: Json | undefined,
  call: Call,
): { pool: Pool; domain: Domain } | undefined {
  for (const pool of listAllPools(state)) {
    const domain = listDomains(pool, call).find(each => each.name === name)
    if (domain !== undefined && (domain.custom || pool.region === call.region)) return { pool, domain }
  }
  return undefined
}

function requireSettled(pool: Pool, name: Json | undefined, call: Call): Domain {
  const domain = listDomains(pool, call).find(each => each.name === name)
  if (domain === undefined) throw missing('Domain does not exist.')
  if (domain.change !== undefined) {
    // Refused until ACTIVE [Terraform waits for it]; the text is not recorded.
    throw invalid(`Domain ${domain.name} can not be changed while its status is ${domain.change.status}.`)
  }
  return domain
}

function checkPrefix(state: State, name: string, input: Members, call: Call): void {
  if (!new RegExp(prefixPattern, 'u').test(name)) {
    // [REC: mineiros 69, 2023]
    throw invalid(
      `The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens. Please enter a different name that follows this format: ${prefixPattern}`,
    )
  }
  const reserved = reservedWords.find(word => name.includes(word))
  // [REC: amplify-cli 1513, 3854]
  if (reserved !== undefined) throw invalid(`Domain cannot contain reserved word: ${reserved}`)
  if (input.Routing !== undefined) throw invalid('Routing is for custom domains.')
  refuseTaken(listPoolsOfRegion(state, call.region), name, input, call)
}

function checkCustom(state: State, name: string, input: Members, call: Call): void {
  checkCertificate(input)
  if (!/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){2,}[a-z]{2,}$/.test(name)) {
    // [REC: CDK source comment]
    throw invalid(
      'Custom domain is not a valid subdomain: Was not able to resolve a DNS A record for the parent domain or domain parent is a top-level domain.',
    )
  }
  refuseTaken(listAllPools(state), name, input, call)
  const own = listPoolsOfRegion(state, call.region).filter(pool => pool.account === call.account)
  const count = own.flatMap(pool => listDomains(pool, call)).filter(domain => domain.custom).length
  if (count >= maxCustomDomains) {
    throw new ServiceError('LimitExceededException', 'Exceeded the number of custom domains.')
  }
}

/** [REC: aws-cdk-examples 402, dcv-web-portal 16] */
function refuseTaken(pools: readonly Pool[], name: string, input: Members, call: Call): void {
  const others = pools.filter(pool => pool.id !== input.UserPoolId)
  if (others.some(pool => listDomains(pool, call).some(domain => domain.name === name))) {
    throw invalid('Domain already associated with another user pool.')
  }
}

function checkCertificate(input: Members): void {
  const arn = readText(readMembers(input.CustomDomainConfig).CertificateArn) ?? ''
  const [, , service, region] = arn.split(':')
  // In us-east-1 whatever the pool's Region [documented]; the text is not recorded.
  if (service !== 'acm' || region !== 'us-east-1') {
    throw invalid(`The certificate ${arn} is not an ACM certificate in us-east-1.`)
  }
}

function checkVersion(pool: Pool, input: Members): void {
  const version = input.ManagedLoginVersion
  if (version === undefined) return
  if (version !== 1 && version !== 2) throw invalid('ManagedLoginVersion must be 1 or 2.')
  if (version === 2) requireEssentials(pool, 'Managed Login Version 2')
}

/** CloudFrontDomain comes for custom domains only [REC: 2025-07]. */
function answerWrite(domain: Domain): Members {
  return compact({
    ManagedLoginVersion: domain.settings.ManagedLoginVersion,
    CloudFrontDomain: domain.custom ? domain.cloudFront : undefined,
    Routing: domain.settings.Routing,
  })
}

/** All prefix domains of a Region share one name [REC: us-east-1, 2017 and 2025]. */
function sharedCloudFront(region: string): string {
  const letters = [...region].map(letter => letter.charCodeAt(0).toString(36)).join('')
  return `d${letters.slice(0, 13).padEnd(13, '0')}.cloudfront.net`
}

/** The first three are recorded, the others follow the same airport codes. */
const bucketCodes: Record<string, string> = makeTable({
  'us-east-1': 'iad',
  'us-west-2': 'pdx',
  'ap-northeast-1': 'nrt',
  'us-east-2': 'cmh',
  'us-west-1': 'sfo',
  'eu-west-1': 'dub',
  'eu-west-2': 'lhr',
  'eu-west-3': 'cdg',
  'eu-central-1': 'fra',
  'eu-north-1': 'arn',
  'ap-southeast-1': 'sin',
  'ap-southeast-2': 'syd',
  'ap-south-1': 'bom',
  'ca-central-1': 'yul',
  'sa-east-1': 'gru',
})
