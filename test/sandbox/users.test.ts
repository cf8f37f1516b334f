// Users and groups of the sandbox's user pools.
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminRemoveUserFromGroupCommand,
  CreateGroupCommand,
  DeleteGroupCommand,
  DescribeUserPoolCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
  UpdateGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'
import { expectRefusal, type World, withSandbox } from './fixture.ts'

async function populate({ cognito, pool }: World) {
  const UserPoolId = await pool()
  await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: 'staff' }))
  for (const Username of ['bo', 'al']) {
    await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username }))
    await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName: 'staff' }))
  }
  return UserPoolId
}

async function listMembers({ cognito }: World, UserPoolId: string, GroupName = 'staff') {
  const { Users } = await cognito.send(new ListUsersInGroupCommand({ UserPoolId, GroupName }))
  return Users?.map(user => user.Username)
}

test('users are made, counted, put into groups and listed page by page', () =>
  withSandbox(async world => {
    const { cognito } = world
    const UserPoolId = await populate(world)
    const first = await cognito.send(new ListUsersCommand({ UserPoolId, Limit: 1 }))
    expect(first.Users?.[0]).toMatchObject({
      Username: 'al',
      Enabled: true,
      UserStatus: 'FORCE_CHANGE_PASSWORD',
      UserCreateDate: expect.any(Date),
    })
    const { PaginationToken } = first
    const second = await cognito.send(new ListUsersCommand({ UserPoolId, PaginationToken }))
    expect(second.Users?.map(user => user.Username)).toEqual(['bo'])
    expect(await listMembers(world, UserPoolId)).toEqual(['al', 'bo'])
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }))
    expect(UserPool?.EstimatedNumberOfUsers).toBe(2)
    const al = { UserPoolId, Username: 'al' }
    await expectRefusal(
      cognito.send(new AdminCreateUserCommand(al)),
      'UsernameExistsException',
      'User account already exists',
    )
    await cognito.send(new AdminRemoveUserFromGroupCommand({ ...al, GroupName: 'staff' }))
    expect(await listMembers(world, UserPoolId)).toEqual(['bo'])
    await cognito.send(new AdminDeleteUserCommand(al))
    await expectRefusal(
      cognito.send(new AdminDeleteUserCommand(al)),
      'UserNotFoundException',
      'User does not exist.',
    )
  }))

test('a group that is deleted and made again has lost its members', () =>
  withSandbox(async world => {
    const UserPoolId = await populate(world)
    const group = { UserPoolId, GroupName: 'staff' }
    await world.cognito.send(new DeleteGroupCommand(group))
    await expectRefusal(listMembers(world, UserPoolId), 'ResourceNotFoundException', 'Group not found.')
    await world.cognito.send(new CreateGroupCommand(group))
    expect(await listMembers(world, UserPoolId)).toEqual([])
  }))

test("a group's role is of the pool's account", () =>
  withSandbox(async ({ cognito, pool }) => {
    const group = { UserPoolId: await pool(), GroupName: 'staff' }
    const foreign = { ...group, RoleArn: 'arn:aws:iam::210987654321:role/staff' }
    const message = 'Cross-account pass role is not allowed.'
    const refuse = (call: Promise<unknown>) => expectRefusal(call, 'InvalidParameterException', message)
    await refuse(cognito.send(new CreateGroupCommand(foreign)))
    await cognito.send(
      new CreateGroupCommand({ ...group, RoleArn: 'arn:aws:iam::123456789012:role/staff', Precedence: 0 }),
    )
    await refuse(cognito.send(new UpdateGroupCommand(foreign)))
    const { Group } = await cognito.send(new UpdateGroupCommand({ ...group, Description: '' }))
    expect(Group).toMatchObject({
      Description: '',
      Precedence: 0,
      RoleArn: 'arn:aws:iam::123456789012:role/staff',
    })
  }))
