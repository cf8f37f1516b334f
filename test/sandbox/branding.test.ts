// How the sandbox's sign-in pages look: managed login styles, classic customization, terms documents.
import {
  CreateManagedLoginBrandingCommand,
  type CreateManagedLoginBrandingCommandInput,
  CreateTermsCommand,
  type CreateTermsCommandInput,
  CreateUserPoolClientCommand,
  CreateUserPoolDomainCommand,
  DeleteManagedLoginBrandingCommand,
  DeleteTermsCommand,
  DeleteUserPoolClientCommand,
  DescribeManagedLoginBrandingByClientCommand,
  DescribeManagedLoginBrandingCommand,
  DescribeTermsByClientCommand,
  DescribeTermsCommand,
  DescribeUserPoolDomainCommand,
  GetUICustomizationCommand,
  ListTermsCommand,
  SetUICustomizationCommand,
  type SetUICustomizationCommandInput,
  UpdateManagedLoginBrandingCommand,
  type UpdateManagedLoginBrandingCommandInput,
  UpdateTermsCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'
import { expectRefusal, type World, withSandbox } from './fixture.ts'

const invalid = 'InvalidParameterException'
const missing = 'ResourceNotFoundException'
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const logo = { Category: 'FORM_LOGO', ColorMode: 'LIGHT', Extension: 'PNG' } as const
const bytes = (text: string) => new TextEncoder().encode(text)

async function makeClient({ cognito }: World, UserPoolId: string, ClientName = 'web') {
  const { UserPoolClient } = await cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName }))
  return { UserPoolId, ClientId: UserPoolClient?.ClientId ?? '' }
}

function createStyle(
  { cognito }: World,
  client: { UserPoolId: string; ClientId: string },
  input: Partial<CreateManagedLoginBrandingCommandInput> = { UseCognitoProvidedValues: true },
) {
  return cognito.send(new CreateManagedLoginBrandingCommand({ ...client, ...input }))
}

/** A pool with a client that has a style, and how to update and read it. */
async function style(world: World, input?: Partial<CreateManagedLoginBrandingCommandInput>) {
  const client = await makeClient(world, await world.pool())
  const { ManagedLoginBranding } = await createStyle(world, client, input)
  const ids = {
    UserPoolId: client.UserPoolId,
    ManagedLoginBrandingId: ManagedLoginBranding?.ManagedLoginBrandingId,
  }
  return {
    client,
    ids,
    made: ManagedLoginBranding,
    update: (change: Partial<UpdateManagedLoginBrandingCommandInput>) =>
      world.cognito.send(new UpdateManagedLoginBrandingCommand({ ...ids, ...change })),
    read: async (ReturnMergedResources = false) =>
      (
        await world.cognito.send(
          new DescribeManagedLoginBrandingByClientCommand({ ...client, ReturnMergedResources }),
        )
      ).ManagedLoginBranding,
  }
}

test('a style of provided values shows no settings and no assets, unless it is read merged', () =>
  withSandbox(async world => {
    const { client, ids, made, read } = await style(world)
    expect(made).toEqual({
      ManagedLoginBrandingId: expect.stringMatching(uuid),
      UserPoolId: client.UserPoolId,
      UseCognitoProvidedValues: true,
      Assets: [],
      CreationDate: expect.any(Date),
      LastModifiedDate: expect.any(Date),
    })
    const { ManagedLoginBranding } = await world.cognito.send(new DescribeManagedLoginBrandingCommand(ids))
    expect(ManagedLoginBranding).toEqual(made)
    const merged = await read(true)
    expect(Object.keys(merged?.Settings as object)).toEqual(['categories', 'componentClasses', 'components'])
    expect(merged?.Assets?.length).toBeGreaterThan(0)
    await expectRefusal(
      createStyle(world, client),
      'ManagedLoginBrandingExistsException',
      `A ManagedLoginBranding already exists for client ${client.ClientId}`,
    )
  }))

test('exactly one source is named, in a create and in each update', () =>
  withSandbox(async world => {
    const { client, update } = await style(world)
    const bare = await makeClient(world, client.UserPoolId)
    const message = 'useCognitoProvidedValues or settings should be specified (but not both)'
    const wrong = [
      {},
      { UseCognitoProvidedValues: false },
      { UseCognitoProvidedValues: true, Settings: {} },
      { Assets: [logo] },
    ]
    for (const input of wrong) {
      await expectRefusal(createStyle(world, bare, input), invalid, message)
      await expectRefusal(update(input), invalid, message)
    }
    const { ManagedLoginBranding } = await createStyle(world, bare, { Settings: {} })
    expect(ManagedLoginBranding).toMatchObject({ UseCognitoProvidedValues: false, Settings: {}, Assets: [] })
    await expectRefusal(update({ UseCognitoProvidedValues: true, Assets: [logo] }), invalid, /Assets/)
  }))

test('an update merges settings, adds and overwrites assets, and never takes one away', () =>
  withSandbox(async world => {
    const { update, read } = await style(world, {
      Settings: { components: { form: { borderRadius: 4 }, favicon: { enabledTypes: ['ICO', 'SVG'] } } },
      Assets: [{ ...logo, Bytes: bytes('one') }],
    })
    const before = await read()
    expect(before?.Assets?.[0]?.Bytes).toEqual(bytes('one'))
    await update({
      Settings: { components: { form: { borderRadius: 8 }, favicon: { enabledTypes: ['SVG'] } } },
      Assets: [{ ...logo, ColorMode: 'DARK', Bytes: bytes('two') }],
    })
    await update({ Settings: {}, Assets: [{ ...logo, Bytes: bytes('three') }] })
    const after = await read()
    expect(after?.Settings).toEqual({
      components: { form: { borderRadius: 8 }, favicon: { enabledTypes: ['SVG'] } },
    })
    expect(after?.Assets?.map(asset => [asset.ColorMode, asset.Bytes])).toEqual([
      ['LIGHT', bytes('three')],
      ['DARK', bytes('two')],
    ])
    expect(after?.Assets?.[0]?.ResourceId).toBe(before?.Assets?.[0]?.ResourceId)
    await update({ UseCognitoProvidedValues: true })
    expect(await read()).not.toHaveProperty('Settings')
    expect((await read())?.Assets).toEqual([])
  }))

test('limits: 20 styles in a pool, 2 MB in a request, 1 MB in an asset, ICO for one category', () =>
  withSandbox(async world => {
    const UserPoolId = await world.pool()
    const clients = await Promise.all(
      Array.from({ length: 21 }, (_, index) => makeClient(world, UserPoolId, `web ${index}`)),
    )
    const last = clients[20] ?? { UserPoolId, ClientId: '' }
    const create = (Assets: CreateManagedLoginBrandingCommandInput['Assets']) =>
      createStyle(world, last, { Settings: {}, Assets })
    const large = { ...logo, Bytes: new Uint8Array(900_000) }
    await expectRefusal(create([large, { ...large, ColorMode: 'DARK' }]), invalid, /2 MB/)
    await expectRefusal(
      create([{ ...logo, Bytes: new Uint8Array(1_000_001) }]),
      invalid,
      /'assets\.1\.member\.bytes' failed to satisfy constraint: Member must have length less than or equal to 1000000/,
    )
    await expectRefusal(create([{ ...logo, Extension: 'ICO' }]), invalid, /ICO/)
    await expectRefusal(create([{ ...logo, Category: 'FAVICON_ICO' }]), invalid, /FAVICON_ICO/)
    for (const client of clients.slice(0, 20)) await createStyle(world, client)
    await expectRefusal(createStyle(world, last), 'LimitExceededException', /branding/)
  }))

test('a style that is missing is told by id and by client; it goes with its client', () =>
  withSandbox(async world => {
    const { cognito } = world
    const { client, ids, read } = await style(world)
    await cognito.send(new DeleteManagedLoginBrandingCommand(ids))
    const describe = () => cognito.send(new DescribeManagedLoginBrandingCommand(ids))
    await expectRefusal(describe(), missing, 'ManagedLoginBranding does not exist.')
    await expectRefusal(read(), missing, `ManagedLoginBranding for client ${client.ClientId} does not exist.`)
    const again = await createStyle(world, client)
    await cognito.send(new DeleteUserPoolClientCommand(client))
    const { ManagedLoginBrandingId } = again.ManagedLoginBranding ?? {}
    const input = { UserPoolId: client.UserPoolId, ManagedLoginBrandingId }
    await expectRefusal(
      cognito.send(new DescribeManagedLoginBrandingCommand(input)),
      missing,
      'ManagedLoginBranding does not exist.',
    )
    await expectRefusal(
      cognito.send(new DescribeManagedLoginBrandingCommand({ ...input, ManagedLoginBrandingId: 'x' })),
      invalid,
      /^1 validation error detected: Value 'x' at 'managedLoginBrandingId'/,
    )
  }))

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3])
const css = '.banner-customizable { background: #123456; }'

function customize({ cognito }: World, UserPoolId: string, input: Partial<SetUICustomizationCommandInput>) {
  return cognito.send(new SetUICustomizationCommand({ UserPoolId, ...input }))
}

async function readCustomization({ cognito }: World, UserPoolId: string, ClientId?: string) {
  const { UICustomization } = await cognito.send(new GetUICustomizationCommand({ UserPoolId, ClientId }))
  return UICustomization
}

test('customization needs a domain that is active', () =>
  withSandbox(async world => {
    const UserPoolId = await world.pool()
    const refuse = (message: string) =>
      expectRefusal(customize(world, UserPoolId, { CSS: css }), invalid, message)
    await refuse('A domain must be associated with this user pool.')
    await world.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: 'people' }))
    await refuse('The domain  associated with this user pool is currently not Active.')
    await world.cognito.send(new DescribeUserPoolDomainCommand({ Domain: 'people' }))
    await customize(world, UserPoolId, { CSS: css })
  }))

async function poolWithDomain(world: World) {
  const UserPoolId = await world.pool()
  await world.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: 'people' }))
  world.pass(60_000)
  return UserPoolId
}

test('CSS and image replace each other together, and a client falls back to the pool', () =>
  withSandbox(async world => {
    const UserPoolId = await poolWithDomain(world)
    const { ClientId } = await makeClient(world, UserPoolId)
    expect(await readCustomization(world, UserPoolId)).toEqual({})
    await customize(world, UserPoolId, { CSS: css, ImageFile: png })
    expect(await readCustomization(world, UserPoolId, ClientId)).toEqual({
      UserPoolId,
      ClientId: 'ALL',
      CSS: css,
      CSSVersion: '20261121080100',
      ImageUrl: expect.stringMatching(/^https:\/\/.*\/ALL\/.*\/image\.jpg$/),
      CreationDate: expect.any(Date),
      LastModifiedDate: expect.any(Date),
    })
    await customize(world, UserPoolId, { ClientId, CSS: css })
    expect((await readCustomization(world, UserPoolId, ClientId))?.ClientId).toBe(ClientId)
    await customize(world, UserPoolId, { ClientId: 'ALL', CSS: css })
    expect(await readCustomization(world, UserPoolId)).not.toHaveProperty('ImageUrl')
    await customize(world, UserPoolId, { ClientId })
    await customize(world, UserPoolId, {})
    expect(await readCustomization(world, UserPoolId, ClientId)).toEqual({})
  }))

test('CSS and image have sizes and kinds', () =>
  withSandbox(async world => {
    const UserPoolId = await poolWithDomain(world)
    const refuse = (input: Partial<SetUICustomizationCommandInput>, message: string | RegExp) =>
      expectRefusal(customize(world, UserPoolId, input), invalid, message)
    await refuse({ CSS: 'body { }' }, 'The CSS class body is not in the list of allowed classes.')
    await refuse({ CSS: `${css} @media print { ${css} }` }, /@media/)
    await refuse({ CSS: `${css}${' '.repeat(3072)}` }, /3 KB/)
    await refuse({ ImageFile: new Uint8Array(110_000) }, /100 KB/)
    await refuse({ ImageFile: bytes('<svg/>') }, /PNG/)
    await expectRefusal(
      customize(world, UserPoolId, { ClientId: 'nobody', CSS: css }),
      missing,
      'User pool client ID does not exist.',
    )
  }))

test('terms are one of each kind for a client, can be renamed, and are listed without their client', () =>
  withSandbox(async world => {
    const { cognito } = world
    const UserPoolId = await world.pool()
    const { ClientId } = await makeClient(world, UserPoolId)
    const create = (TermsName: string, input: Partial<CreateTermsCommandInput> = {}) =>
      cognito.send(
        new CreateTermsCommand({
          UserPoolId,
          ClientId,
          TermsName,
          TermsSource: 'LINK',
          Enforcement: 'NONE',
          Links: { 'cognito:default': 'https://example.com' },
          ...input,
        }),
      )
    const { Terms } = await create('terms-of-use')
    expect(Terms).toEqual({
      TermsId: expect.stringMatching(uuid),
      UserPoolId,
      ClientId,
      TermsName: 'terms-of-use',
      TermsSource: 'LINK',
      Enforcement: 'NONE',
      Links: { 'cognito:default': 'https://example.com' },
      CreationDate: expect.any(Date),
      LastModifiedDate: expect.any(Date),
    })
    await expectRefusal(create('terms-of-use'), 'TermsExistsException', /terms-of-use/)
    await expectRefusal(create('imprint'), invalid, /'termsName' failed to satisfy constraint/)
    await expectRefusal(create('privacy-policy', { Links: { 'cognito:klingon': 'x' } }), invalid, /Map keys/)
    const ids = { UserPoolId, TermsId: Terms?.TermsId }
    const Links = { 'cognito:french': 'https://example.com/fr' }
    await cognito.send(new UpdateTermsCommand({ ...ids, TermsName: 'privacy-policy' }))
    await cognito.send(new UpdateTermsCommand({ ...ids, Links }))
    const found = await cognito.send(
      new DescribeTermsByClientCommand({ UserPoolId, ClientId, TermsName: 'privacy-policy' }),
    )
    expect(found.Terms).toMatchObject({ TermsName: 'privacy-policy', Links })
    expect((await cognito.send(new DescribeTermsCommand(ids))).Terms).toEqual(found.Terms)
    const second = await create('terms-of-use')
    await expectRefusal(
      cognito.send(new UpdateTermsCommand({ ...ids, TermsName: 'terms-of-use' })),
      'TermsExistsException',
      /terms-of-use/,
    )
    const page = await cognito.send(new ListTermsCommand({ UserPoolId, MaxResults: 1 }))
    const rest = await cognito.send(new ListTermsCommand({ UserPoolId, NextToken: page.NextToken }))
    const listed = [...(page.Terms ?? []), ...(rest.Terms ?? [])]
    expect(listed.map(each => each.TermsId).sort()).toEqual([ids.TermsId, second.Terms?.TermsId].sort())
    expect(listed[0]).not.toHaveProperty('ClientId')
    await cognito.send(new DeleteTermsCommand(ids))
    await expectRefusal(cognito.send(new DescribeTermsCommand(ids)), missing, 'Terms do not exist.')
  }))
