// What is allowed on the parameters and secrets that the file reads from and delivers to.

import type { SecretPlace, SecretSource, Spec } from '../model.ts'
import type { Kind, Where } from '../table/kind.ts'
import { comparable } from '../workflows/secrets.ts'
import type { Purposes } from './index.ts'
import type { Allowed } from './statement.ts'

/** Reading declared secrets, and delivering those that AWS makes. */
export const secretStatements = (
  spec: Spec,
  kinds: readonly Kind[],
  where: Where,
  { apply, rotate }: Purposes,
): Allowed[] => {
  const compared = comparable(spec, kinds)
  const sources = Object.entries(spec.secrets).flatMap(([name, source]) =>
    apply || compared.has(name) ? [source] : [],
  )
  const places = spec.resources.flatMap(({ secretTo }) => (secretTo === undefined ? [] : [secretTo]))
  const on = (some: readonly (SecretSource | SecretPlace)[]) => ({
    ssm: some.flatMap(one => ('ssm' in one ? [parameterArn(one.ssm, where)] : [])),
    managed: some.flatMap(one => ('secretsManager' in one ? [secretArn(one.secretsManager, where)] : [])),
  })
  const from = on(sources)
  const to = on(places)
  const turning = rotate ? ['ssm:ListTagsForResource', 'ssm:AddTagsToResource'] : []
  const turned = rotate ? ['secretsmanager:GetSecretValue', 'secretsmanager:TagResource'] : []
  const writes = apply || rotate
  return [
    { sid: 'ReadSecrets', actions: ['ssm:GetParameter'], on: from.ssm },
    { sid: 'ReadSecrets', actions: ['secretsmanager:GetSecretValue'], on: from.managed },
    {
      sid: 'DeliverSecrets',
      actions: ['ssm:GetParameter', ...(writes ? ['ssm:PutParameter'] : []), ...turning],
      on: to.ssm,
    },
    {
      sid: 'DeliverSecrets',
      actions: [
        'secretsmanager:DescribeSecret',
        ...(writes ? ['secretsmanager:PutSecretValue'] : []),
        ...(apply ? ['secretsmanager:CreateSecret'] : []),
        ...turned,
      ],
      on: to.managed,
    },
  ]
}

const parameterArn = (name: string, { partition, region, account }: Where): string =>
  name.startsWith('arn:')
    ? name
    : `arn:${partition}:ssm:${region}:${account}:parameter/${name.replace(/^\//, '').replace(/:[^/]*$/, '')}`

/** ARNs of secrets end in six characters that nobody chooses [D]. */
const secretArn = (name: string, { partition, region, account }: Where): string =>
  name.startsWith('arn:')
    ? name
    : `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}-??????`
