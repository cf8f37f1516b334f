// Tags on roles. Two keys that differ only in case are one key; the case written last is the one kept [D].
import { type Call, type Json, type Operation, ServiceError, type State } from '../service.ts'
import { openAccount, openOwnRole, openRole, renderTags, type Tag } from './account.ts'
import { cutPage } from './pages.ts'

const TAG_QUOTA = 50

export function tagOperations(state: State): { [operation: string]: Operation } {
  const open = (call: Call) => openAccount(state, call.account)
  return {
    TagRole: (input, call) => {
      const role = openOwnRole(open(call), input['RoleName'] as string)
      const added = parseTags(input['Tags'])
      const kept = role.tags.filter(tag => !added.some(other => sameKey(tag.key, other.key)))
      checkCount(kept.length + added.length)
      role.tags = [...kept, ...added]
      return undefined
    },
    UntagRole: (input, call) => {
      const role = openOwnRole(open(call), input['RoleName'] as string)
      const keys = input['TagKeys'] as string[]
      role.tags = role.tags.filter(tag => !keys.some(key => sameKey(key, tag.key)))
      return undefined
    },
    ListRoleTags: (input, call) => {
      const role = openRole(open(call), input['RoleName'] as string)
      const { items, tail } = cutPage(role.tags, tag => tag.key, input)
      return { Tags: renderTags(items), ...tail }
    },
  }
}

/** The tags of a request, refused when IAM would refuse them. */
export function parseTags(tags: Json | undefined): Tag[] {
  const list = ((tags ?? []) as { Key: string; Value?: string }[]).map(tag => ({
    key: tag.Key,
    value: tag.Value ?? '',
  }))
  checkCount(list.length)
  if (new Set(list.map(tag => tag.key.toLowerCase())).size < list.length) {
    throw new ServiceError(
      'InvalidInput',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    )
  }
  const reserved = list.find(tag => tag.key.toLowerCase().startsWith('aws:'))
  if (reserved) {
    // the rule is documented, its words are not
    throw new ServiceError('InvalidInput', `Tag key ${reserved.key} has the reserved prefix aws:`)
  }
  return list
}

function checkCount(count: number): void {
  if (count > TAG_QUOTA) {
    throw new ServiceError('LimitExceeded', 'The number of tags has reached the maximum limit.', 409)
  }
}

function sameKey(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase()
}
