// What `ignore` leaves to others: it is neither changed nor counted as drift, and ownership is written all the same.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import type { JsonObject, Spec, Term } from '../../src/model.ts'
import type { Field, Kind } from '../../src/table/kind.ts'
import { openWorld, pathsIn, specOf, type World } from './world.ts'

const kindNamed = (name: string): Kind => kinds.find(kind => kind.name === name) as Kind
const document = (action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
})
const ignoring = (spec: Spec, ...paths: string[]): Spec => ({
  ...spec,
  resources: spec.resources.map(desired => ({ ...desired, ignore: paths.map(path => ({ path })) })),
})

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const role = () => specOf(kindNamed('role'), { policies: { own: document('s3:GetObject') } })
const attach = (PolicyName: string, action: string) =>
  world.aws.send('iam:PutRolePolicy', {
    RoleName: 'law-role',
    PolicyName,
    PolicyDocument: JSON.stringify(document(action)),
  })

it('an ignored policy beside the listed ones is not drift; another one is', async () => {
  await world.apply(await world.plan(role()))
  await attach('others', 's3:ListBucket')
  await attach('surprise', 's3:DeleteObject')
  const plan = await world.plan(ignoring(role(), 'policies.others'))
  expect(pathsIn(plan)).toEqual([])
  expect(plan.unlisted.map(({ name, drift }) => ({ name, drift }))).toEqual([
    { name: 'surprise', drift: true },
  ])
})

it('a listed policy that is ignored stays as others made it', async () => {
  await world.apply(await world.plan(role()))
  await attach('own', 's3:PutObject')
  expect(pathsIn(await world.plan(role()))).toEqual(['role.one policies'])
  expect(pathsIn(await world.plan(ignoring(role(), 'policies.own')))).toEqual([])
})

it('ignored tags stay, and ownership is written beside them', async () => {
  await world.apply(await world.plan(role()))
  await world.aws.send('iam:TagRole', { RoleName: 'law-role', Tags: [{ Key: 'cost', Value: '42' }] })
  expect(pathsIn(await world.plan(role()))).toEqual(['role.one tags'])
  expect(pathsIn(await world.plan(ignoring(role(), 'tags')))).toEqual([])
  await world.aws.send('iam:UntagRole', { RoleName: 'law-role', TagKeys: ['cogsync:key'] })
  const pinned = ignoring(role(), 'tags')
  const adopted = { ...pinned, resources: pinned.resources.map(one => ({ ...one, id: 'law-role' })) }
  await world.apply(await world.plan(adopted))
  const { Role } = await world.aws.send('iam:GetRole', { RoleName: 'law-role' })
  const tags = (Role as { Tags: { Key: string; Value: string }[] }).Tags
  expect(tags.map(({ Key }) => Key).sort()).toEqual(['cogsync:key', 'cogsync:stack', 'cost'])
})

const pool = (stated: { [path: string]: Term }) =>
  specOf(kindNamed('userPool'), {
    'mfa.configuration': 'OPTIONAL',
    'mfa.softwareToken.enabled': true,
    ...stated,
  })
/** The second factors that the only pool has now, and the way to others. */
const factors = async (change?: JsonObject): Promise<JsonObject> => {
  const { UserPools } = await world.aws.send('cognito-idp:ListUserPools', { MaxResults: 60 })
  const [{ Id: UserPoolId }] = UserPools as [{ Id: string }]
  if (change) await world.aws.send('cognito-idp:SetUserPoolMfaConfig', { UserPoolId, ...change })
  return world.aws.send('cognito-idp:GetUserPoolMfaConfig', { UserPoolId })
}

it('a factor that is ignored and was turned off stays off, though its text is stated', async () => {
  const { given = {} } = kindNamed('userPool').fields.find(
    ({ path }) => path === 'mfa.email.message',
  ) as Field
  const stated = { ...given, 'mfa.email.message': '{####} is yours', 'mfa.email.subject': 'Your code' }
  await world.apply(await world.plan(pool(stated)))
  const common = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } }
  expect((await factors(common))['EmailMfaConfiguration']).toBeUndefined()
  const left = ignoring(pool(stated), 'mfa.email.enabled')
  expect(pathsIn(await world.plan(left))).toEqual([])

  const strict = ignoring(pool({ ...stated, 'mfa.configuration': 'ON' }), 'mfa.email.enabled')
  const plan = await world.plan(strict)
  expect(pathsIn(plan)).toEqual(['userPool.one mfa.configuration'])
  await world.apply(plan)
  expect((await factors())['EmailMfaConfiguration']).toBeUndefined()

  // once somebody has turned it on, its text is the file's again
  await factors({ ...common, EmailMfaConfiguration: { Message: '{####}, at last' } })
  const back = await world.plan(left)
  expect(pathsIn(back)).toEqual(['userPool.one mfa.email.message', 'userPool.one mfa.email.subject'])
  await world.apply(back)
  expect((await factors())['EmailMfaConfiguration']).toEqual({
    Message: '{####} is yours',
    Subject: 'Your code',
  })
})

it('the text of codes by text message is written, and the ignored factor stays off', async () => {
  const sms = { 'sms.snsCallerArn': 'arn:aws:iam::111122223333:role/cognito-sms' }
  // with another factor on AWS asks for this one too, so that it can be off only where all are
  const without = { ...sms, 'mfa.configuration': 'OFF', 'mfa.softwareToken.enabled': false }
  await world.apply(await world.plan(pool(without)))
  const stated = pool({ ...without, 'mfa.sms.smsAuthenticationMessage': '{####} is yours' })
  const left = ignoring(stated, 'mfa.sms.enabled')
  const plan = await world.plan(left)
  expect(pathsIn(plan)).toEqual(['userPool.one mfa.sms.smsAuthenticationMessage'])
  await world.apply(plan)
  expect((await factors())['SmsMfaConfiguration']).toBeUndefined()
  expect(pathsIn(await world.plan(left))).toEqual([])
})
