// Ownership: which stack, key and environment a resource says it belongs to. All of it is in its tags.
import type { Desired, Live, Spec } from '../model.ts'

const stackTag = 'cogsync:stack'
const keyTag = 'cogsync:key'
const environmentTag = 'cogsync:environment'

/** Whether a tag is cogsync's own. */
export const isOwnershipTag = (tag: string): boolean => tag.startsWith('cogsync:')

/** The tags that say a resource is this one's. */
export const ownershipTags = (spec: Spec, key: string): { [tag: string]: string } => ({
  [stackTag]: spec.stack,
  [keyTag]: key,
  ...(spec.environment !== undefined && { [environmentTag]: spec.environment }),
})

/** Whether tags name this stack, environment and resource (under its key or its former one). */
export const isOwned = (
  tags: { [tag: string]: string } | undefined,
  spec: Spec,
  desired: Pick<Desired, 'key' | 'movedFrom'>,
): boolean =>
  isOfThisStack(tags, spec) &&
  (tags?.[keyTag] === desired.key ||
    (desired.movedFrom !== undefined && tags?.[keyTag] === desired.movedFrom))

/** Which stack and environment tags name, and under which key; `undefined` for nobody's. */
export const stackOf = (
  tags: { [tag: string]: string } | undefined,
): { stack: string; environment: string | undefined; key: string | undefined } | undefined => {
  const stack = tags?.[stackTag]
  return stack === undefined ? undefined : { stack, environment: tags?.[environmentTag], key: tags?.[keyTag] }
}

/** Whether tags name this stack in another of its environments: then the name may well be the same. */
export const isAnotherEnvironment = (tags: { [tag: string]: string } | undefined, spec: Spec): boolean =>
  tags?.[stackTag] === spec.stack && tags[environmentTag] !== spec.environment

/** Whether tags name this stack in this environment, whatever the key. */
export const isOfThisStack = (tags: { [tag: string]: string } | undefined, spec: Spec): boolean =>
  tags?.[stackTag] === spec.stack && tags[environmentTag] === spec.environment

/**
 * Whether tags name this stack and no environment that the file declares but this one: those of the others are theirs,
 * and what names none, or one that is not in the file, is nobody else's.
 */
export const isOfStack = (tags: { [tag: string]: string } | undefined, spec: Spec): boolean => {
  const environment = tags?.[environmentTag]
  return (
    tags?.[stackTag] === spec.stack &&
    (environment === undefined ||
      environment === spec.environment ||
      spec.environments?.includes(environment) !== true)
  )
}

/** In words, whose tags these are: `stack shop, key customers, environment dev`; `undefined` for nobody's. */
export const ownerIn = (tags: { [tag: string]: string } | undefined): string | undefined => {
  if (tags?.[stackTag] === undefined) return undefined
  const environment = tags[environmentTag]
  return `stack ${tags[stackTag]}, key ${tags[keyTag] ?? '?'}${environment === undefined ? '' : `, environment ${environment}`}`
}

/** Whether a live resource may be written without asking: its own tags, or its parent's, are ours. */
export const isOurs = (live: Live | undefined): boolean => live?.owned === true
