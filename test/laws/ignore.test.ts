// What `ignore` leaves to others: it is neither changed nor counted as drift, and ownership is written all the same.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import type { Kind } from '../../src/kinds/kind.ts'
import type { Spec } from '../../src/model.ts'
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
