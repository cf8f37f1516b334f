// What an event says of where its code comes from: other repositories, pull requests, commits, places of a merge queue.

/** This repository, as the runner names it. */
export interface Own {
  /** `owner/name` */
  name: string
  id?: number
}

export interface Evidence {
  /** what says that it is a fork's, in words */
  foreign?: string
  /** pull requests whose origin the event does not say */
  pulls: Set<number>
  /** those that it says come from a branch of this repository */
  settled: Set<number>
  /** commits that it is about, and no more is said of them */
  commits: Set<string>
  /** commits that it says are of this repository */
  known: Set<string>
  /** branches of a merge queue */
  queued: Map<string, Queued>
}

/** The place of a pull request in a merge queue, as its branch names it. */
export interface Queued {
  /** `gh-readonly-queue/main/` */
  prefix: string
  pull: number
  /** the commit that it stands on: of the target branch, or of the place before it */
  base: string
}

type Fields = { readonly [name: string]: unknown }

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isCommit = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(value)

/** `pr-number`, `prNumber` and `PR_NUMBER` are one name. */
const plain = (name: string): string => name.replace(/[^a-zA-Z]/g, '').toLowerCase()

/** A branch of a merge queue; `undefined` for any other name. */
export const queuedAs = (ref: string): { branch: string; queued: Queued } | undefined => {
  const [, branch, prefix, pull, base] =
    /^(?:refs\/)?(?:heads\/)?((gh-readonly-queue\/.+\/)pr-([1-9]\d{0,9})-([0-9a-f]{40,64}))$/.exec(ref) ?? []
  return branch === undefined
    ? undefined
    : { branch, queued: { prefix: prefix!, pull: Number(pull), base: base! } }
}

/** `refs/pull/7/merge` → 7. */
export const pullOfRef = (ref: string): number | undefined => {
  const [, number] = /^(?:refs\/)?(?:remotes\/)?pull\/([1-9]\d{0,9})(?:\/(?:head|merge))?$/.exec(ref) ?? []
  return number === undefined ? undefined : Number(number)
}

const namesOf = (repository: Fields): string[] => {
  const url = repository['url']
  const [, path] = typeof url === 'string' ? (/\/repos\/([^/]+\/[^/]+)$/.exec(url) ?? []) : []
  return [repository['full_name'], repository['nameWithOwner'], path].filter(name => typeof name === 'string')
}

/** Whether this is another repository. What names none that can be compared might be any. */
const isOther = (repository: unknown, own: Own): boolean => {
  if (typeof repository === 'string') return repository.toLowerCase() !== own.name.toLowerCase()
  if (!isFields(repository)) return true
  const names = namesOf(repository)
  const id = repository['id']
  const comparable = typeof id === 'number' && own.id !== undefined
  return (
    (names.length === 0 && !comparable) ||
    names.some(name => name.toLowerCase() !== own.name.toLowerCase()) ||
    (comparable && id !== own.id)
  )
}

const nameOf = (repository: unknown): string =>
  isFields(repository) ? (namesOf(repository)[0] ?? 'another repository') : 'a repository that is gone'

const ownerOf = ({ name }: Own): string => name.slice(0, name.indexOf('/')).toLowerCase()

/** The `head` of a pull request, or whatever else has one, names who owns its branch. */
const ownsHead = (head: Fields, own: Own): boolean => {
  const { label, user } = head
  const labelled =
    typeof label === 'string' && label.includes(':') ? label.slice(0, label.indexOf(':')) : undefined
  const login = isFields(user) && typeof user['login'] === 'string' ? user['login'] : undefined
  return [labelled, login].every(name => name === undefined || name.toLowerCase() === ownerOf(own))
}

/** Names under which a number is a pull request's, in what a person or a program passed to a workflow. */
const pullNames = /^(pr|prs|pull|pulls|pullrequest|pullrequests)(id|no|num|number|numbers)?$/

/** Places that hold a repository whose code it is. */
const headNames = /^(head|source|fork)(repo|repository)$/

interface Place {
  value: unknown
  key: string
  path: string
  /** below what a person or a program passed to a workflow */
  passed: boolean
}

/** Takes from a pull request whose it is; answers with whether anything below it is still to be looked at. */
const readPull = (pull: Fields, { key, path }: Place, own: Own, found: Evidence): boolean => {
  const { head, base, url } = pull
  const inUrl =
    typeof url === 'string' ? /\/repos\/([^/]+\/[^/]+)\/(?:pulls|issues)\/([1-9]\d{0,9})$/.exec(url) : null
  const number = typeof pull['number'] === 'number' ? pull['number'] : inUrl ? Number(inUrl[2]) : undefined
  const of = isFields(base) ? base['repo'] : undefined
  const from = isFields(head) ? head['repo'] : undefined
  const there =
    (of !== undefined && isOther(of, own)) || (of === undefined && inUrl !== null && isOther(inUrl[1], own))
  // somebody's pull request in a fork of this repository, from a branch of this one, is listed with the branch's runs
  if (key === 'pull_requests' && there && from !== undefined && !isOther(from, own)) return false
  if (there) found.foreign ??= `${path} is of ${isFields(of) ? nameOf(of) : inUrl?.[1]}`
  if (number === undefined) return true
  if (isFields(head) && from !== undefined) {
    found.settled.add(number)
    if (isCommit(head['sha'])) found.known.add(head['sha'])
  } else found.pulls.add(number)
  return true
}

const readHead = (head: Fields, path: string, own: Own, found: Evidence, ownFork: boolean): void => {
  if (!('repo' in head)) return
  const { repo } = head
  if (isOther(repo, own)) found.foreign ??= `${path}.repo is ${nameOf(repo)}`
  else if (!ownsHead(head, own)) found.foreign ??= `${path} is a branch of somebody else`
  else if (isFields(repo) && repo['fork'] === true && !ownFork) found.foreign ??= `${path}.repo is a fork`
}

const readText = (text: string, { key, path, passed }: Place, own: Own, found: Evidence): void => {
  const queued = queuedAs(text)
  if (queued) found.queued.set(queued.branch, queued.queued)
  const pull = pullOfRef(text)
  if (pull !== undefined) found.pulls.add(pull)
  const name = plain(key)
  if (name === 'pullrequesturl') {
    const [, repository, number] = /\/repos\/([^/]+\/[^/]+)\/pulls\/([1-9]\d{0,9})$/.exec(text) ?? []
    if (number !== undefined) found.pulls.add(Number(number))
    if (repository !== undefined && isOther(repository, own)) found.foreign ??= `${path} is of ${repository}`
  }
  if (headNames.test(name) && text.includes('/') && isOther(text, own)) found.foreign ??= `${path} is ${text}`
  if (
    isCommit(text) &&
    (passed || name === 'headsha' || path === 'sha' || /^(deployment\.sha|comment\.commit_id)$/.test(path))
  )
    found.commits.add(text)
  if (passed && pullNames.test(name))
    for (const [, number] of text.matchAll(/(?<![\w.])#?([1-9]\d{0,9})(?![\w.])/g))
      found.pulls.add(Number(number))
}

/** Where repositories are named that are not where the code comes from: an issue that was moved here, and the like. */
const elsewhere = new Set([
  'changes',
  'repositories',
  'repositories_added',
  'repositories_removed',
  'installation',
])

/** Where an event holds what somebody passed to a workflow. */
const passedOn = new Set(['inputs', 'client_payload', 'deployment.payload'])

/** Reads one place; answers with the places below it. */
const readPlace = (place: Place, own: Own, found: Evidence, ownFork: boolean): Place[] => {
  const { value, key, path, passed } = place
  if (typeof value === 'string') readText(value, place, own, found)
  if (
    typeof value === 'number' &&
    passed &&
    pullNames.test(plain(key)) &&
    Number.isSafeInteger(value) &&
    value > 0
  )
    found.pulls.add(value)
  if (typeof value !== 'object' || value === null) return []
  const below = (name: string, at: string): Place => ({
    value: (value as Fields)[name],
    key: Array.isArray(value) ? key : name,
    path: at,
    passed: passed || passedOn.has(path),
  })
  if (!isFields(value)) return Object.keys(value).map(name => below(name, `${path}[${name}]`))
  if ((key === 'pull_request' || key === 'pull_requests') && !readPull(value, place, own, found)) return []
  if (isFields(value['pull_request']) && typeof value['number'] === 'number') found.pulls.add(value['number'])
  if (key === 'head') readHead(value, path, own, found, ownFork)
  if (key === 'check_suite' && value['head_branch'] === null)
    // so GitHub marks what was pushed to no branch of this repository (REST API, check suites)
    found.foreign ??= `${path} is of no branch of this repository`
  return Object.keys(value)
    .filter(name => !(path === '' && elsewhere.has(name)))
    .map(name => below(name, path === '' ? name : `${path}.${name}`))
}

const readRepository = ({ value, key, path }: Place, own: Own, found: Evidence): void => {
  const name = plain(key)
  const isHead = headNames.test(name)
  if (isHead && value === null) found.foreign ??= `${path} is a repository that is gone`
  const named = isHead || name === 'repository' || name === 'forkee' || name === 'baserepository'
  // what says nothing of which one it is counts where it should say whose the code is, and nowhere else
  if (!isHead && isFields(value) && namesOf(value).length === 0 && typeof value['id'] !== 'number') return
  if (named && isFields(value) && isOther(value, own)) found.foreign ??= `${path} is ${nameOf(value)}`
  if (name === 'iscrossrepository' && value === true) found.foreign ??= `${path} is true`
}

/** All that an event says. Its form is GitHub's, or, below `inputs` and `client_payload`, anybody's. */
export const evidenceOf = (payload: unknown, { name, id }: Own): Evidence => {
  const found: Evidence = {
    pulls: new Set(),
    settled: new Set(),
    commits: new Set(),
    known: new Set(),
    queued: new Map(),
  }
  const mine = isFields(payload) && isFields(payload['repository']) ? payload['repository'] : {}
  const own: Own = {
    name,
    ...(typeof mine['id'] === 'number' && mine['full_name'] === name && { id: mine['id'] }),
    ...(id !== undefined && { id }),
  }
  // in a repository that is a fork itself, its own branches are a fork's branches, and no stranger's
  const ownFork = mine['fork'] === true
  // a stack of its own: what a program passed may be nested as deep as it likes
  const places: Place[] = [{ value: payload, key: '', path: '', passed: false }]
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    readRepository(place, own, found)
    places.push(...readPlace(place, own, found, ownFork))
  }
  // a review is of the pull request, whichever of its commits it stands at
  const about =
    isFields(payload) && found.settled.size > 0 && isFields(payload['comment']) ? payload['comment'] : {}
  if (isCommit(about['commit_id'])) found.commits.delete(about['commit_id'])
  for (const number of found.settled) found.pulls.delete(number)
  for (const commit of found.known) found.commits.delete(commit)
  return found
}
