// IAM roles: whom they trust and what they allow.

import type { CreateRoleRequest } from '@aws-sdk/client-iam'
import { z } from 'zod'
import { pages } from '../../aws/pages.ts'
import type { Json, JsonObject, Term } from '../../model.ts'
import { durationIn, tagList } from '../../table/codecs.ts'
import {
  canonicalDocument,
  documentOf,
  foldedDocument,
  identityPoolsIn,
  identityPoolTrust,
  parsedDocument,
  trustOfIdentityPool,
} from '../../table/iam-document.ts'
import type { Codec, Kind, Leaf } from '../../table/kind.ts'
import { rows } from '../../table/row.ts'
import { duration, flag, tags, text } from '../../table/schemas.ts'
import { roleOutputs } from './outputs.ts'
import { checkRole } from './rules.ts'
import { trustImpact } from './trust-impact.ts'

/** Beside CreateRole's members, two that only exist here: the entries that their own operations put and delete. */
const row = rows<Leaf<CreateRoleRequest> | 'InlinePolicies' | 'AttachedPolicies'>()

const roleName = () => text(1, 64, String.raw`[\w+=,.@-]+`, 'letters, digits and _ + = , . @ -')
const policyArn = () =>
  text(20, 2048, String.raw`arn:[\w-]+:iam::(aws|\d{12}):policy/[\w+=,.@/-]+`, 'the ARN of a managed policy')
const document = () =>
  z.looseObject({ Version: z.string().optional(), Statement: z.unknown() }).meta({ iam: true })

const trust: Codec = {
  fold: foldedDocument,
  toWire: (value, { partition }) => ({
    AssumeRolePolicyDocument: { $json: trustDocument(value, partition) },
  }),
  fromWire: wires =>
    wires['AssumeRolePolicyDocument'] === undefined
      ? undefined
      : canonicalDocument(documentOf(wires['AssumeRolePolicyDocument'])),
  toFile: (wires, { partition }, bare) => {
    if (wires['AssumeRolePolicyDocument'] === undefined) return undefined
    const document = documentOf(wires['AssumeRolePolicyDocument'])
    const short = trustOfIdentityPool(document, partition)
    const identityPool = short && bare('identityPool', { id: short.pool })
    return short === undefined || identityPool === undefined
      ? document
      : { identityPool, amr: short.amr, ...(short.tagSession && { tagSession: true }) }
  },
}

const trustDocument = (value: Term, partition: string): Term => {
  const { identityPool, amr, tagSession } = value as { identityPool?: Term; amr?: Term; tagSession?: boolean }
  return identityPool === undefined
    ? value
    : identityPoolTrust(withAttribute(identityPool), amr ?? 'authenticated', tagSession === true, partition)
}

/** A bare path names the resource; a trust policy wants its id. */
const withAttribute = (pool: Term): Term =>
  typeof pool === 'object' && pool !== null && '$ref' in pool ? { ...pool, attr: 'id' } : pool

const inlinePolicies: Codec = {
  fold: value =>
    Object.fromEntries(
      Object.entries(value as JsonObject).map(([name, policy]) => [name, foldedDocument(policy)]),
    ),
  toWire: value => ({
    InlinePolicies: Object.fromEntries(
      Object.entries(value as JsonObject).map(([name, policy]) => [name, { $json: policy }]),
    ),
  }),
  fromWire: wires =>
    wires['InlinePolicies'] === undefined
      ? undefined
      : Object.fromEntries(
          Object.entries(wires['InlinePolicies'] as JsonObject).map(([name, policy]) => [
            name,
            canonicalDocument(documentOf(policy)),
          ]),
        ),
  toFile: wires =>
    wires['InlinePolicies'] === undefined
      ? undefined
      : Object.fromEntries(
          Object.entries(wires['InlinePolicies'] as JsonObject).map(([name, policy]) => [
            name,
            documentOf(policy),
          ]),
        ),
}

const statement = (bucket: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: `arn:aws:s3:::${bucket}/*` }],
})

const trusting = (service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
})

export const role: Kind = {
  name: 'role',
  title: 'IAM role',
  doc: 'What identities, groups or Cognito itself may do in AWS.',
  place: { form: 'map', block: 'roles' },
  presence: 'resource',
  quota: '1,000 roles in an account, more on request',
  ids: ['RoleName'],
  natural: { RoleName: 'name' },
  nameField: 'name',
  tags: 'tags',
  untag: { operation: 'iam:UntagRole', on: { RoleName: 'RoleName' } },
  serves: {
    kind: 'identityPool',
    by: ({ trust }) => identityPoolsIn(trust),
    field: 'trust',
    both: 'write trust as a policy document that lists both, `aud: [...]`',
  },
  spreads: 120,
  create: {
    operation: 'iam:CreateRole',
    // right after creation other reads may show an id instead: the answer's ARN is the one to use [TF]
    yields: { Arn: 'Role.Arn' },
    retryOn: ['MalformedPolicyDocumentException'],
  },
  writers: [
    { mode: 'replace', operation: 'iam:UpdateRole' },
    {
      mode: 'replace',
      operation: 'iam:UpdateAssumeRolePolicy',
      rename: { AssumeRolePolicyDocument: 'PolicyDocument' },
      retryOn: ['MalformedPolicyDocumentException'],
    },
    {
      mode: 'replace',
      operation: 'iam:PutRolePermissionsBoundary',
      clear: { operation: 'iam:DeleteRolePermissionsBoundary', input: {} },
    },
    {
      mode: 'each',
      field: 'policies',
      put: { operation: 'iam:PutRolePolicy', input: { PolicyName: '$key', PolicyDocument: '$value' } },
      remove: { operation: 'iam:DeleteRolePolicy', input: { PolicyName: '$key' } },
      entry: (_name, policy) => ({ $json: policy }),
    },
    {
      mode: 'each',
      field: 'managedPolicies',
      put: { operation: 'iam:AttachRolePolicy', input: { PolicyArn: '$key' } },
      remove: { operation: 'iam:DetachRolePolicy', input: { PolicyArn: '$key' } },
    },
    {
      mode: 'each',
      field: 'tags',
      put: { operation: 'iam:TagRole', input: { Tags: [{ Key: '$key', Value: '$value' }] } },
      remove: { operation: 'iam:UntagRole', input: { TagKeys: ['$key'] } },
      batch: 50,
    },
  ],
  remove: { operation: 'iam:DeleteRole', empty: ['policies', 'managedPolicies'] },
  fields: [
    row({
      path: 'name',
      wire: 'RoleName',
      schema: roleName,
      unset: 'keep',
      implied: (_spec, key) => key,
      examples: ['shop-member', 'shop-guest'],
      remedy: 'a role cannot be renamed: add a second role, point everything at it, then remove this one',
      doc: "The role's name, unique in the account whatever its case.",
    }),
    row({
      path: 'path',
      wire: 'Path',
      schema: () => text(1, 512, String.raw`/|/[\u0021-\u007E]+/`, 'a path that begins and ends with /'),
      unset: '/',
      examples: ['/', '/shop/'],
      remedy:
        'a role cannot be moved: add a second role under the new path, point everything at it, then remove this one',
      doc: "The role's path. Fixed at creation.",
    }),
    row({
      path: 'description',
      wire: 'Description',
      schema: () =>
        text(0, 1000, String.raw`[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*`, 'Latin-1 text'),
      unset: '',
      examples: ['Members of the shop', 'Members'],
      doc: 'What the role is for.',
    }),
    row({
      path: 'trust',
      wire: 'AssumeRolePolicyDocument',
      codec: trust,
      schema: () =>
        z.union([
          z.strictObject({
            identityPool: z.string(),
            amr: z.union([text(1, 128), z.array(text(1, 128)).min(1)]).optional(),
            tagSession: flag().optional(),
          }),
          document(),
        ]),
      bare: { at: 'identityPool', kind: 'identityPool' },
      unset: 'keep',
      examples: [trusting('cognito-idp.amazonaws.com'), trusting('lambda.amazonaws.com')],
      impact: trustImpact,
      doc: 'Who may assume the role: `{ identityPool, amr }` writes the right policy for identities of an identity pool; anything else is a policy document.',
    }),
    row({
      path: 'maxSessionDuration',
      wire: 'MaxSessionDuration',
      codec: durationIn('MaxSessionDuration', 's'),
      schema: () => duration('1h', '12h'),
      unset: '1h',
      examples: ['2h', '1h'],
      doc: 'The longest session: 1 to 12 hours.',
    }),
    row({
      path: 'permissionsBoundary',
      wire: 'PermissionsBoundary',
      schema: policyArn,
      unset: 'keep',
      default: null,
      examples: ['arn:aws:iam::aws:policy/ReadOnlyAccess', 'arn:aws:iam::aws:policy/PowerUserAccess'],
      // what is in a managed policy is not read: another one may allow more, or less
      impact: (before, after) =>
        (after ?? null) === null
          ? ['security-loosening']
          : (before ?? null) === null
            ? ['security-tightening']
            : ['security-loosening', 'security-tightening'],
      doc: "The most that the role's policies can allow. Never taken away by silence.",
    }),
    row({
      path: 'policies',
      wire: 'InlinePolicies',
      codec: inlinePolicies,
      shape: 'map',
      schema: () =>
        z.record(text(1, 128, String.raw`[\w+=,.@-]+`, 'letters, digits and _ + = , . @ -'), document()),
      unset: {},
      collection: { name: 'policies', drift: true },
      examples: [{ uploads: statement('shop-uploads') }, { uploads: statement('shop-images') }],
      impact: () => ['security-loosening'],
      doc: 'Inline policies by name.',
    }),
    row({
      path: 'managedPolicies',
      wire: 'AttachedPolicies',
      shape: 'set',
      schema: () => z.array(policyArn()).max(25),
      unset: [],
      collection: { name: 'managedPolicies', drift: true },
      examples: [
        ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
        ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'],
      ],
      impact: () => ['security-loosening'],
      doc: 'ARNs of managed policies.',
    }),
    row({
      path: 'tags',
      wire: 'Tags',
      codec: tagList('Tags'),
      shape: 'map',
      schema: tags,
      unset: {},
      examples: [{ team: 'identity' }, { team: 'identity', cost: '42' }],
      doc: 'Tags. cogsync adds its own.',
    }),
  ],
  read: {
    operations: ['iam:GetRole', 'iam:ListRolePolicies', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies'],
    tagged: {
      operations: ['iam:ListRoles', 'iam:ListRoleTags'],
      // an account may have thousands of roles: those that Cognito may not assume are asked only when all are to be;
      // AWS's own cannot be tagged
      near: async (aws, all) => {
        const roles = (await pages(aws, 'iam:ListRoles', { MaxItems: 1000 }, 'Roles', 'Marker')).filter(
          one => !/^\/aws-(service-role|reserved)\//.test(String(one['Path'])),
        )
        const isNear = (one: JsonObject) => all || /cognito/i.test(String(one['AssumeRolePolicyDocument']))
        const named = (some: JsonObject[]) =>
          some.map(({ RoleName }) => ({ ids: { RoleName: String(RoleName) }, name: String(RoleName) }))
        return { listed: named(roles.filter(isNear)), others: named(roles.filter(one => !isNear(one))) }
      },
      of: async (aws, ids) => {
        const tags = await pages(
          aws,
          'iam:ListRoleTags',
          { RoleName: ids['RoleName'] as string },
          'Tags',
          'Marker',
        )
        return Object.fromEntries(tags.map(({ Key, Value }) => [String(Key), String(Value)]))
      },
    },
    get: async (aws, ids) => {
      const RoleName = ids['RoleName'] as string
      const { Role } = await aws.send('iam:GetRole', { RoleName })
      const role = Role as JsonObject
      const [names, attached] = await Promise.all([
        pages(aws, 'iam:ListRolePolicies', { RoleName }, 'PolicyNames', 'Marker') as unknown as Promise<
          string[]
        >,
        pages(aws, 'iam:ListAttachedRolePolicies', { RoleName }, 'AttachedPolicies', 'Marker'),
      ])
      const inline = await Promise.all(
        names.map(async PolicyName => {
          const policy = await aws.send('iam:GetRolePolicy', { RoleName, PolicyName })
          return [PolicyName, parsedDocument(policy['PolicyDocument'])] as const
        }),
      )
      const tagged = (role['Tags'] ?? []) as { Key: string; Value: string }[]
      return {
        ids: { ...ids, Arn: String(role['Arn']) },
        name: String(role['RoleName']),
        tags: Object.fromEntries(tagged.map(({ Key, Value }) => [Key, Value])),
        createdAt: String(role['CreateDate']),
        wire: {
          ...(role as { [member: string]: Json }),
          AssumeRolePolicyDocument: parsedDocument(role['AssumeRolePolicyDocument']),
          ...(role['PermissionsBoundary'] !== undefined && {
            PermissionsBoundary: (role['PermissionsBoundary'] as JsonObject)[
              'PermissionsBoundaryArn'
            ] as Json,
          }),
          InlinePolicies: Object.fromEntries(inline),
          AttachedPolicies: attached.map(policy => policy['PolicyArn'] as Json),
        },
      }
    },
  },
  check: checkRole,
  attributes: {
    arn: { id: 'Arn' },
    name: { value: values => values['name'] },
  },
  outputs: roleOutputs,
  ignored: {},
  iam: {
    // a search goes through all of them
    anywhere: ['iam:ListRoles', 'iam:ListRoleTags'],
    // the path of what does not exist is not known to IAM either [INF]
    absent: (name, { partition, account }) => `arn:${partition}:iam::${account}:role/${name}`,
    arn: (name, { partition, account }, spec = {}) =>
      `arn:${partition}:iam::${account}:role${typeof spec['path'] === 'string' ? spec['path'] : '/'}${name}`,
  },
}
