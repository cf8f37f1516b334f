// A style of managed login: settings and images of one client's sign-in pages.
import type { CreateManagedLoginBrandingRequest } from '@aws-sdk/client-cognito-identity-provider'
import { z } from 'zod'
import { heldBytes } from '../../aws/digest.ts'
import type { Json, JsonObject, Term } from '../../model.ts'
import { file, unnamed } from '../../table/files.ts'
import type { Codec, Kind, Leaf, Values, Wires } from '../../table/kind.ts'
import { rows } from '../../table/row.ts'
import { oneOf, text } from '../../table/schemas.ts'
import { assumedStyle, checkManagedLoginBranding, extensionOf, keyOfAsset } from './rules.ts'

const row = rows<Leaf<CreateManagedLoginBrandingRequest>>()

/** Each request must name one source and not both [REC: imo-tikuwa/cognito-demo, 2025-07]; `{}` is one. */
const source: Codec = {
  toWire: value => ({
    UseCognitoProvidedValues: value,
    Settings: value === true ? undefined : {},
  }),
  fromWire: wires => wires['UseCognitoProvidedValues'],
}

/** The text of a JSON file, or the same as YAML. */
const document: Codec = {
  toWire: value => ({ Settings: typeof value === 'string' ? (JSON.parse(value) as Json) : value }),
  fromWire: wires => wires['Settings'],
  // the SDK sends no member that is null
  fold: value => withoutNulls(value),
}

const withoutNulls = (value: Term): Term => {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isMap(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]])),
  )
}

const isJsonObject = (value: string): boolean => {
  try {
    const parsed = JSON.parse(value) as unknown
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
  } catch {
    return false
  }
}

const members = [
  ['category', 'Category'],
  ['colorMode', 'ColorMode'],
  ['extension', 'Extension'],
  ['bytes', 'Bytes'],
  ['resourceId', 'ResourceId'],
] as const

const wireAsset = (asset: JsonObject): JsonObject =>
  Object.fromEntries(
    members.flatMap(([name, member]) => {
      const value = name === 'extension' ? extensionOf(asset) : asset[name]
      return value === undefined ? [] : [[member, value]]
    }),
  )

const fileAsset = (asset: JsonObject): JsonObject =>
  Object.fromEntries(
    members.flatMap(([name, member]) => {
      const value = asset[member]
      // AWS makes up an id for every image, which means something only on the button of a provider [INF]
      const hidden = name === 'resourceId' && asset['Category'] !== 'IDP_BUTTON_ICON'
      return value === undefined || hidden ? [] : [[name, value]]
    }),
  )

const assetsIn = (wires: Wires): JsonObject[] =>
  ((wires['Assets'] ?? []) as JsonObject[])
    .map(fileAsset)
    .sort((one, other) => (keyOfAsset(one) < keyOfAsset(other) ? -1 : 1))

/** A list in the file and in AWS, and a map by what makes two images the same for comparing. */
const images: Codec = {
  toWire: value => ({ Assets: (value as JsonObject[]).map(wireAsset) }),
  fromWire: wires =>
    Object.fromEntries(
      assetsIn(wires).map(asset => {
        const { category: _category, colorMode: _mode, ...image } = asset
        return [keyOfAsset(asset), image]
      }),
    ),
  fold: value =>
    Object.fromEntries(
      Object.entries(value as { [key: string]: JsonObject }).map(([key, image]) => [
        key,
        { ...image, bytes: unnamed(image['bytes']) ?? null },
      ]),
    ),
  toFile: wires =>
    assetsIn(wires).map(({ extension, bytes, ...rest }) => ({
      ...rest,
      bytes: {
        ...(bytes as JsonObject),
        $file: `${rest['category']}-${rest['colorMode']}.${extension}`.toLowerCase(),
      },
    })),
}

const asset = () =>
  z.strictObject({
    category: oneOf(
      'FAVICON_ICO',
      'FAVICON_SVG',
      'EMAIL_GRAPHIC',
      'SMS_GRAPHIC',
      'AUTH_APP_GRAPHIC',
      'PASSWORD_GRAPHIC',
      'PASSKEY_GRAPHIC',
      'PAGE_HEADER_LOGO',
      'PAGE_HEADER_BACKGROUND',
      'PAGE_FOOTER_LOGO',
      'PAGE_FOOTER_BACKGROUND',
      'PAGE_BACKGROUND',
      'FORM_BACKGROUND',
      'FORM_LOGO',
      'IDP_BUTTON_ICON',
    ),
    colorMode: oneOf('LIGHT', 'DARK', 'DYNAMIC'),
    extension: oneOf('ICO', 'JPEG', 'PNG', 'SVG', 'WEBP').optional(),
    bytes: file(),
    resourceId: text(1, 40, String.raw`[\w\- ]+`, 'letters, digits, spaces, _ and -').optional(),
  })

const isMap = (value: Term | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a merge of the second into the first would leave something of the first that the second has not. */
const isCutDown = (before: Term | undefined, after: Term | undefined): boolean =>
  isMap(before) &&
  isMap(after) &&
  Object.entries(before).some(([key, value]) => !(key in after) || isCutDown(value, after[key]))

const assetsOf = (values: Values): string[] => Object.keys(values['branding.assets'] ?? {})

const loses = (before: Values, after: Values): boolean =>
  before['branding.useCognitoProvidedValues'] !== true &&
  after['branding.useCognitoProvidedValues'] !== true &&
  (isCutDown(before['branding.settings'] ?? {}, after['branding.settings'] ?? {}) ||
    assetsOf(before).some(key => !assetsOf(after).includes(key)))

const isSaid = (value: Term | undefined) => value !== undefined && value !== null

const update = 'cognito-idp:UpdateManagedLoginBranding'

export const managedLoginBranding: Kind = {
  name: 'managedLoginBranding',
  title: 'managed login style',
  doc: "How a client's sign-in pages look with managed login (`domain.managedLoginVersion: 2`), which shows nothing for a client without a style. A client with the flow `code` or `implicit` therefore gets Cognito's own style if it has none and the file says nothing of `branding`; a style that is there is left alone then. A pool can have 20 styles: if more clients would need one, none is made unasked. `ignore: [branding]` goes without.",
  place: { form: 'facet', key: 'branding' },
  presence: 'facet',
  onDemand: true,
  assumed: assumedStyle,
  parent: 'userPoolClient',
  ids: ['UserPoolId', 'ClientId', 'ManagedLoginBrandingId'],
  create: {
    operation: 'cognito-idp:CreateManagedLoginBranding',
    yields: { ManagedLoginBrandingId: 'ManagedLoginBranding.ManagedLoginBrandingId' },
    // they may be too large for one request
    without: ['Assets'],
  },
  writers: [
    {
      // what is not sent is kept, and settings are merged [D]
      mode: 'patch',
      operation: update,
      omit: [{ when: { UseCognitoProvidedValues: [true] }, members: ['Settings'] }],
    },
    {
      mode: 'each',
      field: 'branding.assets',
      key: item => keyOfAsset(item as JsonObject),
      entry: (_key, item) => wireAsset(item as JsonObject),
      // assets alone are refused [ISS: floci PR 2869]; a request has 2 MB, in several if need be [D]
      put: { operation: update, input: { Settings: {}, Assets: ['$value'] } },
      batch: 40,
      batchBytes: 1_900_000,
    },
  ],
  // updates only add [D][TF]; going back to the provided values drops settings and assets [D]. A style that is
  // deleted leaves pages that do not work until there is a new one [D], so that is not the way
  restart: {
    operation: update,
    input: { UseCognitoProvidedValues: true },
    when: loses,
    note: {
      code: 'COG3021',
      message: "AWS only adds to a style, so it goes back to Cognito's own before everything is set again",
      hint: "between the two requests the sign-in pages show Cognito's own style; sign-in works all the time",
    },
  },
  fields: [
    row({
      path: 'branding.useCognitoProvidedValues',
      wire: ['UseCognitoProvidedValues', 'Settings'],
      codec: source,
      schema: () => z.boolean(),
      unset: true,
      implied: spec =>
        isSaid(spec['branding.settings']) || isSaid(spec['branding.assets']) ? false : undefined,
      examples: [true, false],
      doc: "Whether the pages have Cognito's own style. Having `settings` or `assets` says that they do not.",
    }),
    row({
      path: 'branding.settings',
      wire: 'Settings',
      codec: document,
      schema: () =>
        z.union([
          z.looseObject({}),
          z.string().refine(isJsonObject, 'must be a JSON object, or the path of a file that holds one'),
        ]),
      unset: {},
      examples: [
        { components: { form: { borderRadius: 4 } } },
        { components: { primaryButton: { lightMode: { defaults: { backgroundColor: '1a73e8ff' } } } } },
      ],
      doc: 'What differs from Cognito\'s own style, as the branding editor has it: YAML, or JSON from a file, `"${file:branding/settings.json}"`. Only these customised values are compared.',
    }),
    row({
      path: 'branding.assets',
      wire: 'Assets',
      codec: images,
      shape: 'map',
      schema: () => z.array(asset()).max(40),
      unset: [],
      examples: [
        [{ category: 'FORM_LOGO', colorMode: 'LIGHT', bytes: '${file:branding/logo.png}' }],
        [{ category: 'FORM_LOGO', colorMode: 'LIGHT', bytes: '${file:branding/logo-2.png}' }],
      ],
      doc: "Images, at most one for each category and colour mode, each up to 1,000,000 bytes. Compared by their hash, in any order. `extension` follows from the file's name; `resourceId` names the identity provider of an `IDP_BUTTON_ICON`.",
    }),
  ],
  read: {
    operations: ['cognito-idp:DescribeManagedLoginBrandingByClient'],
    get: async (aws, ids) => {
      const { ManagedLoginBranding } = await aws.send('cognito-idp:DescribeManagedLoginBrandingByClient', {
        UserPoolId: ids['UserPoolId'] as string,
        ClientId: ids['ClientId'] as string,
        // the merged document has all of Cognito's own values and would differ for ever [D]
        ReturnMergedResources: false,
      })
      const style = ManagedLoginBranding as JsonObject
      const assets = (style['Assets'] ?? []) as JsonObject[]
      const held = assets.map(one => ({ base64: String(one['Bytes'] ?? ''), ...one }))
      return {
        ids: { ...ids, ManagedLoginBrandingId: String(style['ManagedLoginBrandingId']) },
        name: 'branding',
        wire: {
          UseCognitoProvidedValues: style['UseCognitoProvidedValues'] === true,
          Settings: style['Settings'] ?? {},
          Assets: held.map(({ base64, ...one }) => ({ ...one, Bytes: heldBytes(base64) })),
        },
        files: Object.fromEntries(held.map(({ base64 }) => [heldBytes(base64).sha256, base64])),
      }
    },
  },
  check: checkManagedLoginBranding,
  attributes: { id: { id: 'ManagedLoginBrandingId' } },
  ignored: {},
}
