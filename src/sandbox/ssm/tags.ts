// Tags on parameters.
import { type Call, type Json, type Operation, ServiceError, type State } from '../service.ts'
import { invalid } from './names.ts'
import { findParameter, openParameters, type Parameter } from './store.ts'

const TAG_QUOTA = 50

export function tagOperations(state: State): { [operation: string]: Operation } {
  return {
    AddTagsToResource: (input, call) => {
      const parameter = findTagged(state, call, input.ResourceType, input.ResourceId)
      const tags = { ...parameter.tags, ...readTags(input.Tags) }
      requireQuota(tags)
      parameter.tags = tags
      return {}
    },
    ListTagsForResource: (input, call) => {
      const { tags } = findTagged(state, call, input.ResourceType, input.ResourceId)
      return { TagList: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }
    },
  }
}

/** The sandbox has parameters only, so nothing else can be tagged. */
function findTagged(state: State, call: Call, type: Json | undefined, id: Json | undefined): Parameter {
  const parameter = type === 'Parameter' ? findParameter(openParameters(state, call), String(id)) : undefined
  if (parameter !== undefined) return parameter
  throw new ServiceError(
    'InvalidResourceId',
    'The resource ID is not valid. Verify that you entered the correct ID and try again.',
  )
}

export function readTags(list: Json | undefined): Parameter['tags'] {
  const tags = Object.fromEntries(
    ((list ?? []) as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]),
  )
  requireQuota(tags)
  return tags
}

function requireQuota(tags: Parameter['tags']): void {
  for (const key of Object.keys(tags)) {
    if (/^aws:/i.test(key)) throw invalid(`Tag key ${key} has the reserved prefix aws:`)
  }
  if (Object.keys(tags).length > TAG_QUOTA) {
    throw new ServiceError('TooManyTagsError', `A resource can have no more than ${TAG_QUOTA} tags`)
  }
}
