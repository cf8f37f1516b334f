// Sign-in pages that somebody else changes: styles of managed login, and classic CSS and logo.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CreateManagedLoginBrandingCommand,
  CreateUserPoolClientCommand,
  DeleteManagedLoginBrandingCommand,
  DescribeManagedLoginBrandingByClientCommand,
  GetUICustomizationCommand,
  SetUICustomizationCommand,
  UpdateManagedLoginBrandingCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'
import { readSpec, savePlan } from '../../src/index.ts'
import { renderMarkdown } from '../../src/render/markdown/plan.ts'
import { renderPlan } from '../../src/render/text/plan.ts'
import { type Bench, changeOf, onBench, pathsOf, refusal, writesOf } from './run.ts'

const branding = 'userPools.customers.clients.web.branding'
const custom = 'userPools.customers.uiCustomization'
const png = (text: string) => Buffer.from(`\x89PNG\r\n\x1a\n${text}`, 'latin1')

const head = 'version: 1\nstack: shop\nregion: eu-west-1\n'
const client =
  'allowedOAuthFlows: [code], allowedOAuthScopes: [openid], callbackUrls: ["https://shop.example/"]'
const styled = (style: string) => `${head}userPools:
  customers:
    userPoolTier: ESSENTIALS
    domain: { prefix: shop-login-9c07, managedLoginVersion: 2 }
    clients: { web: { ${client}, branding: ${style} } }
`
const classic = (pages: string) => `${head}userPools:
  customers:
    domain: { prefix: shop-login-9c07 }
    uiCustomization: ${pages}
`
const logo = '{ category: FORM_LOGO, colorMode: LIGHT, bytes: "${file:logo.png}" }'
const style = `{ settings: { components: { form: { borderRadius: 4 } } }, assets: [${logo}] }`

const put = ({ folder }: Bench, name: string, bytes: Buffer) => writeFile(join(folder, name), bytes)

/** A pool and its client with the style, and what its operations call them. */
async function withStyle(bench: Bench) {
  await put(bench, 'logo.png', png('one'))
  const config = await bench.file(styled(style))
  await bench.make(config)
  const { ids } = changeOf(await bench.plan(config), branding)
  const { UserPoolId, ClientId, ManagedLoginBrandingId } = ids
  return { config, client: { UserPoolId, ClientId }, ids: { UserPoolId, ManagedLoginBrandingId } }
}

test('a style that somebody changes in the console is drift, and comes back', () =>
  onBench(async bench => {
    const { config, client, ids } = await withStyle(bench)
    const Settings = { components: { form: { borderRadius: 9 } }, extra: { a: 1 } }
    const Assets = [
      { Category: 'FORM_LOGO', ColorMode: 'LIGHT', Extension: 'PNG', Bytes: png('two') } as const,
    ]
    await bench.cognito.send(new UpdateManagedLoginBrandingCommand({ ...ids, Settings, Assets }))
    const plan = await bench.plan(config)
    expect(pathsOf(plan, branding)).toEqual(['branding.assets', 'branding.settings'])
    // what was added can only go by starting again
    expect(plan.diagnostics.map(({ code }) => code)).toContain('COG3021')
    await bench.make(config)
    await bench.rest(config)
    const { ManagedLoginBranding } = await bench.cognito.send(
      new DescribeManagedLoginBrandingByClientCommand(client),
    )
    expect(ManagedLoginBranding?.Settings).toEqual({ components: { form: { borderRadius: 4 } } })
    expect(Buffer.from(ManagedLoginBranding?.Assets?.[0]?.Bytes ?? [])).toEqual(png('one'))
  }))

test('images that are left to others stay as they are, and what would drop them is blocked', () =>
  onBench(async bench => {
    const { config, ids } = await withStyle(bench)
    const Assets = [
      { Category: 'FORM_LOGO', ColorMode: 'LIGHT', Extension: 'PNG', Bytes: png('two') } as const,
    ]
    await bench.cognito.send(new UpdateManagedLoginBrandingCommand({ ...ids, Settings: {}, Assets }))
    expect(pathsOf(await bench.plan(config), branding)).toEqual(['branding.assets'])
    const ignoring = (settings: string) =>
      bench.file(styled(`{ settings: ${settings}, assets: [${logo}] }, ignore: [branding.assets]`))
    await bench.rest(await ignoring('{ components: { form: { borderRadius: 4 } } }'))
    await bench.make(await ignoring('{ components: { form: { borderRadius: 8 } } }'))
    await bench.rest(config)
    // taking a setting away needs a blank style first, which would lose an image that only AWS has
    const plan = await bench.plan(await ignoring('{}'))
    expect(changeOf(plan, branding).blocked.map(({ code }) => code)).toEqual(['COG3020'])
  }))

test('a style that is deleted is made again, and one that appears since the plan stops it', () =>
  onBench(async bench => {
    const { config, client, ids } = await withStyle(bench)
    await bench.cognito.send(new DeleteManagedLoginBrandingCommand(ids))
    const plan = await bench.plan(config)
    expect(changeOf(plan, branding).action).toBe('create')
    await bench.cognito.send(
      new CreateManagedLoginBrandingCommand({ ...client, UseCognitoProvidedValues: true }),
    )
    expect(await refusal(bench.apply(plan))).toMatchObject({ exit: 5, code: 'stale-plan' })
    await bench.make(config)
    await bench.rest(config)
  }))

test('a style is looked for only where the file speaks of one, or pages would not work without', () =>
  onBench(async bench => {
    const reads = () =>
      bench.sandbox.requests.filter(({ operation }) => operation.endsWith('BrandingByClient'))
    const config = await bench.file(`${head}userPools:
  customers:
    domain: { prefix: shop-login-9c07 }
    clients: { web: { ${client} }, worker: {} }
`)
    await bench.make(config)
    expect(reads()).toHaveLength(0)
    const managed = await bench.file(`${head}userPools:
  customers:
    domain: { prefix: shop-login-9c07, managedLoginVersion: 2 }
    clients: { web: { ${client} }, worker: {} }
`)
    await bench.make(managed)
    bench.sandbox.resetLog()
    await bench.rest(managed)
    expect(reads()).toHaveLength(1)
  }))

test('a style that somebody else made for a client of which the file says nothing is left alone', () =>
  onBench(async bench => {
    const { client, ids } = await withStyle(bench)
    const silent = await bench.file(styled('{}').replace(', branding: {}', ''))
    bench.sandbox.resetLog()
    await bench.rest(silent)
    await bench.cognito.send(new UpdateManagedLoginBrandingCommand({ ...ids, Settings: { theirs: true } }))
    await bench.rest(silent)
    const { ManagedLoginBranding } = await bench.cognito.send(
      new DescribeManagedLoginBrandingByClientCommand(client),
    )
    expect(ManagedLoginBranding?.Settings).toMatchObject({ theirs: true })
  }))

test('with more clients than a pool can have styles, none gets one unasked, and each is told', () =>
  onBench(async bench => {
    const clients = (count: number) =>
      Array.from({ length: count }, (_, index) => `      c${index}: { ${client} }\n`).join('')
    const file = (count: number) =>
      bench.file(
        `${head}userPools:\n  customers:\n    domain: { prefix: shop-login-9c07, managedLoginVersion: 2 }\n    clients:\n${clients(count)}`,
      )
    const styles = async (config: string) =>
      (await bench.plan(config)).changes.filter(({ kind }) => kind === 'managedLoginBranding').length
    expect(await styles(await file(20))).toBe(20)
    const config = await file(21)
    expect(await styles(config)).toBe(0)
    const { diagnostics } = await readSpec({ config, cwd: bench.folder })
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(
      Array.from({ length: 21 }, () => 'warning COG2213'),
    )
  }))

test('images of more than a request holds go in several', () =>
  onBench(async bench => {
    const names = ['LIGHT', 'DARK', 'DYNAMIC']
    for (const name of names)
      await put(bench, `${name}.png`, Buffer.concat([png(name), Buffer.alloc(900_000)]))
    const images = names.map(
      name => `{ category: PAGE_BACKGROUND, colorMode: ${name}, bytes: "\${file:${name}.png}" }`,
    )
    const config = await bench.file(styled(`{ assets: [${images.join(', ')}] }`))
    bench.sandbox.resetLog()
    await bench.make(config)
    expect(writesOf(bench.sandbox).filter(operation => /Branding/.test(operation))).toEqual([
      'CreateManagedLoginBranding',
      'UpdateManagedLoginBranding',
      'UpdateManagedLoginBranding',
      'UpdateManagedLoginBranding',
    ])
    await bench.rest(config)
  }))

test('an image that is too large is refused where it stands, with what to do', () =>
  onBench(async bench => {
    await put(bench, 'logo.png', Buffer.alloc(1_000_001))
    const config = await bench.file(styled(style))
    const { diagnostics } = await readSpec({ config, cwd: bench.folder })
    expect(diagnostics).toMatchObject([
      { code: 'COG2971', message: 'logo.png has 1000001 bytes, and AWS takes 1000000 at most' },
    ])
    expect(
      styled(style)
        .split('\n')
        [(diagnostics[0]?.at?.line ?? 0) - 1]?.slice((diagnostics[0]?.at?.column ?? 0) - 1),
    ).toMatch(/^"\$\{file:logo\.png\}"/)
  }))

test('a plan holds and shows the name, size and hash of a file, and none of its bytes', () =>
  onBench(async bench => {
    await put(bench, 'logo.png', png('these bytes stay out'))
    const plan = await bench.plan(await bench.file(styled(style)))
    const shown = [savePlan(plan), renderPlan(plan), renderMarkdown(plan)].join('\n')
    expect(shown).toMatch(/logo\.png, 28 bytes, sha256 [0-9a-f]{12}/)
    for (const form of ['latin1', 'base64', 'hex'] as const)
      expect(shown).not.toContain(png('these bytes stay out').toString(form))
  }))

test('a file that changes between plan and apply stops it before anything is sent', () =>
  onBench(async bench => {
    await put(bench, 'logo.png', png('one'))
    const plan = await bench.plan(await bench.file(styled(style)))
    await put(bench, 'logo.png', png('two'))
    bench.sandbox.resetLog()
    expect(await refusal(bench.apply(plan))).toMatchObject({ exit: 5, code: 'changed-file' })
    expect(writesOf(bench.sandbox)).toEqual([])
  }))

const css = '.banner-customizable { color: red; }'

async function poolOf(bench: Bench, config: string): Promise<string> {
  return changeOf(await bench.plan(config), custom).ids['UserPoolId'] as string
}

test('a logo that somebody took away comes back, with the CSS', () =>
  onBench(async bench => {
    await put(bench, 'logo.png', png('one'))
    const config = await bench.file(classic(`{ css: "${css}", imageFile: "\${file:logo.png}" }`))
    await bench.make(config)
    const UserPoolId = await poolOf(bench, config)
    await bench.cognito.send(new SetUICustomizationCommand({ UserPoolId, CSS: css }))
    expect(pathsOf(await bench.plan(config), custom)).toEqual(['uiCustomization'])
    await bench.make(config)
    await bench.rest(config)
    const { UICustomization } = await bench.cognito.send(new GetUICustomizationCommand({ UserPoolId }))
    expect(UICustomization?.ImageUrl).toBeDefined()
  }))

test('a logo of unknown making is drift where the file has one, and stays where it has none', () =>
  onBench(async bench => {
    await put(bench, 'logo.png', png('one'))
    const config = await bench.file(classic(`{ css: "${css}" }`))
    await bench.make(config)
    const UserPoolId = await poolOf(bench, config)
    await bench.cognito.send(
      new SetUICustomizationCommand({ UserPoolId, CSS: css, ImageFile: png('theirs') }),
    )
    await bench.rest(config)
    const changed = await bench.plan(
      await bench.file(classic('{ css: ".label-customizable { color: red; }" }')),
    )
    expect(changeOf(changed, custom).blocked.map(({ code }) => code)).toEqual(['COG3020'])
    const own = await bench.file(classic(`{ css: "${css}", imageFile: "\${file:logo.png}" }`))
    expect(pathsOf(await bench.plan(own), custom)).toEqual(['uiCustomization'])
    await bench.make(own)
    await bench.rest(own)
  }))

test('a client that inherits its pages is not taken for one that has its own', () =>
  onBench(async bench => {
    const config = await bench.file(classic(`{ css: "${css}" }`))
    await bench.make(config)
    const UserPoolId = await poolOf(bench, config)
    await bench.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'web' }))
    const own = await bench.file(
      `${classic(`{ css: "${css}" }`)}    clients: { web: { uiCustomization: { css: "${css}" } } }\n`,
    )
    expect(pathsOf(await bench.plan(own), 'userPools.customers.clients.web.uiCustomization')).toEqual([
      'uiCustomization',
    ])
    await bench.make(own)
    await bench.rest(own)
  }))
