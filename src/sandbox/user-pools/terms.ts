// Terms documents of an app client: the terms of use and the privacy policy.
import { makeUuid } from '../random.ts'
import { type Call, type Json, type Members, ServiceError, type State } from '../service.ts'
import { requireClient } from './clients.ts'
import { pick } from './members.ts'
import { mergeUpdate } from './omission.ts'
import { addToken, cutPage } from './pages.ts'
import { lookUp, missing, overLimit, type Pool, readSeconds, requirePool } from './store.ts'

const maxTerms = 40

export function createTerms(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const client = requireClient(pool, input.ClientId)
  refuseSecond(pool, client.id, input.TermsName)
  if (Object.keys(pool.terms).length >= maxTerms) throw overLimit('Exceeded the number of terms documents.')
  const now = readSeconds(call)
  const id = makeUuid(call.random)
  pool.terms[id] = {
    TermsId: id,
    UserPoolId: pool.id,
    ClientId: client.id,
    ...mergeUpdate('UpdateTerms', {}, { Links: {}, ...input }),
    CreationDate: now,
    LastModifiedDate: now,
  }
  return { Terms: pool.terms[id] }
}

export function describeTerms(state: State, input: Members, call: Call): Members {
  return { Terms: requireTerms(requirePool(state, call, input.UserPoolId), input.TermsId) }
}

export function describeTermsByClient(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const client = requireClient(pool, input.ClientId)
  const terms = findTerms(pool, client.id, input.TermsName)
  if (terms === undefined) throw missing(`Terms ${input.TermsName} for client ${client.id} do not exist.`)
  return { Terms: terms }
}

/** Can rename; the client stays. */
export function updateTerms(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const terms = requireTerms(pool, input.TermsId)
  const next: Members = {
    ...terms,
    ...mergeUpdate('UpdateTerms', terms, input),
    LastModifiedDate: readSeconds(call),
  }
  if (next.TermsName !== terms.TermsName) refuseSecond(pool, terms.ClientId, next.TermsName)
  pool.terms[String(terms.TermsId)] = next
  return { Terms: next }
}

export function deleteTerms(state: State, input: Members, call: Call): undefined {
  const pool = requirePool(state, call, input.UserPoolId)
  delete pool.terms[String(requireTerms(pool, input.TermsId).TermsId)]
  return undefined
}

/** The entries name neither pool nor client [API model]. */
export function listTerms(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const page = cutPage(Object.values(pool.terms), terms => String(terms.TermsId), {
    size: input.MaxResults,
    fallback: 60,
    token: input.NextToken,
  })
  const shown = ['TermsId', 'TermsName', 'Enforcement', 'CreationDate', 'LastModifiedDate']
  return addToken({ Terms: page.items.map(terms => pick(terms, shown)) }, page)
}

function findTerms(pool: Pool, client: Json | undefined, name: Json | undefined): Members | undefined {
  return Object.values(pool.terms).find(each => each.ClientId === client && each.TermsName === name)
}

/** This text and the others of terms are not recorded. */
function refuseSecond(pool: Pool, client: Json | undefined, name: Json | undefined): void {
  if (findTerms(pool, client, name) === undefined) return
  throw new ServiceError('TermsExistsException', `Terms ${name} already exist for client ${client}.`)
}

function requireTerms(pool: Pool, id: Json | undefined): Members {
  const terms = lookUp(pool.terms, id)
  if (terms === undefined) throw missing('Terms do not exist.')
  return terms
}
