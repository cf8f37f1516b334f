// Two witnesses of AWS: the rows of the tables and the sandbox's request model, written apart. Where both speak of
// the same member they must agree, or the disagreement is listed here with its reason.
import { describe, expect, it } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import { findInput, type Member } from '../../src/sandbox/model.ts'
import { type Field, isBodyWriter, type Kind } from '../../src/table/kind.ts'
import { wiresOf } from '../../src/values/canonical.ts'

/** Where the row is stricter than AWS's model, and why. */
const stricter: { [row: string]: string } = {
  'userPool.signInPolicy.allowedFirstAuthFactors':
    'SOFTWARE_TOKEN is in the enum, but must not be a first factor [SDK]',
  'userPool.email.from': 'an empty sender is none: leave the line out',
  'userPool.sms.externalId': 'an empty id is none: leave the line out',
  'userPool.sms.eumsSms.externalId': 'an empty id is none: leave the line out',
  'userPool.sms.eumsSms.originationIdentity': 'an empty one is none: leave the line out',
  'userPool.sms.eumsSms.configurationSetName': 'an empty one is none: leave the line out',
  'userPool.sms.eumsSms.inEntityId': 'an empty one is none: leave the line out',
  'userPool.sms.eumsSms.inTemplateId': 'an empty one is none: leave the line out',
  'userPoolClient.analyticsConfiguration.externalId': 'an empty id is none: leave the line out',
  'replica.region': 'only the name of a Region can be one',
  'role.permissionsBoundary': 'only the ARN of a policy can be one',
}
const replicated = Object.entries(stricter).flatMap(([row, why]) =>
  /^userPool\.(email|sms)\./.test(row) ? [[row.replace('userPool', 'replica'), why]] : [],
)
Object.assign(stricter, Object.fromEntries(replicated))
/** Where the row is wider than AWS's model, and why. */
const wider: { [row: string]: string } = {
  'userPoolClient.explicitAuthFlows': 'ALLOW_CLIENT_TOKEN_AUTH is documented and in no model yet',
}

const memberAt = (operation: string, path: string): Member | undefined => {
  const [service = '', name = ''] = operation.split(':')
  return path
    .split('.')
    .reduce<Member | undefined>((member, part) => member?.members.get(part), findInput(service, name))
}

const overlapping = kinds.flatMap(kind =>
  kind.fields
    .filter(field => field.codec === undefined)
    .flatMap(field => {
      const writes = [
        kind.create?.operation,
        ...kind.writers.filter(isBodyWriter).map(writer => writer.operation),
      ]
      const member = writes
        .flatMap(operation =>
          operation === undefined ? [] : [memberAt(operation, wiresOf(field)[0] as string)],
        )
        .find(one => one !== undefined)
      return member === undefined ? [] : [{ title: `${kind.name}.${field.path}`, kind, field, member }]
    }),
)

const accepts = (field: Field, value: unknown): boolean => field.schema().safeParse(value).success

/** Values at the bounds of a member: those that AWS takes, and those just outside. */
const probes = (member: Member): { inside: unknown[]; outside: unknown[] } => {
  const { type, min, max, enum: values } = member.shape
  if (values) return { inside: values, outside: ['NOT_ONE_OF_THEM'] }
  if (type === 'boolean') return { inside: [true, false], outside: ['true'] }
  if (type === 'integer')
    return {
      inside: [min, max].filter(bound => bound !== undefined),
      outside: [...(min === undefined ? [] : [min - 1]), ...(max === undefined ? [] : [max + 1])],
    }
  if (type === 'string' && member.shape.pattern === undefined)
    return {
      inside: [min, max]
        .filter(bound => bound !== undefined && bound <= 4096)
        .map(length => 'x'.repeat(length as number)),
      outside: [
        ...(min ? ['x'.repeat(min - 1)] : []),
        ...(max !== undefined && max <= 4096 ? ['x'.repeat(max + 1)] : []),
      ],
    }
  if (type === 'list' && member.element?.shape.enum) {
    const all = member.element.shape.enum
    return { inside: all.map(one => [one]), outside: [['NOT_ONE_OF_THEM']] }
  }
  if (type === 'list' && max !== undefined && max < 200)
    return {
      inside: [],
      outside: [Array.from({ length: max + 1 }, (_, index) => `https://x.example/${index}`)],
    }
  return { inside: [], outside: [] }
}

describe('the rows and the sandbox', () => {
  it('overlap in most of the members', () => {
    expect(overlapping.length).toBeGreaterThan(100)
  })

  it.each(overlapping)('agree on what $title may be', ({ title, field, member }) => {
    const { inside, outside } = probes(member)
    const refused = inside.filter(value => !accepts(field, value))
    const taken = outside.filter(value => accepts(field, value))
    if (stricter[title] === undefined) expect(refused, 'the row refuses what AWS takes').toEqual([])
    if (wider[title] === undefined) expect(taken, 'the row takes what AWS refuses').toEqual([])
  })

  it('disagree only where that is listed', () => {
    const differs = (side: 'inside' | 'outside') =>
      overlapping
        .filter(({ field, member }) =>
          probes(member)[side].some(value => accepts(field, value) === (side === 'outside')),
        )
        .map(({ title }) => title)
    expect(Object.keys(stricter).filter(title => !differs('inside').includes(title))).toEqual([])
    expect(Object.keys(wider).filter(title => !differs('outside').includes(title))).toEqual([])
  })

  it('agree on the examples of every row', () => {
    const wrong = overlapping.flatMap(
      ({ title, field, member }: { title: string; kind: Kind; field: Field; member: Member }) => {
        const { pattern, min, max } = member.shape
        return field.examples
          .filter(
            example =>
              typeof example === 'string' &&
              !field.secret &&
              ((pattern !== undefined && !pattern.test(example)) ||
                (min !== undefined && example.length < min) ||
                (max !== undefined && example.length > max)),
          )
          .map(example => `${title}: ${String(example)}`)
      },
    )
    expect(wrong).toEqual([])
  })
})
