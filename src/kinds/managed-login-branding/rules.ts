// What Cognito would refuse of managed login styles, and which clients get one unasked.
import type { JsonObject } from '../../model.ts'
import { isFile } from '../../table/files.ts'
import type { Context, Values } from '../../table/kind.ts'
import { checkWith, once, rule, textsOf, type Wrong } from '../../table/rule.ts'

const field = 'branding.assets'
const maxStyles = 20
const maxAsset = 1_000_000
const maxSettings = 1_900_000

const extensions: { [ending: string]: string } = {
  ico: 'ICO',
  jpeg: 'JPEG',
  jpg: 'JPEG',
  png: 'PNG',
  svg: 'SVG',
  webp: 'WEBP',
}

/** The stated extension, or the one that the file's name says. */
export const extensionOf = (asset: JsonObject): string | undefined => {
  if (typeof asset['extension'] === 'string') return asset['extension']
  const name = isFile(asset['bytes']) ? asset['bytes'].$file : ''
  return extensions[name.slice(name.lastIndexOf('.') + 1).toLowerCase()]
}

/** Two images with one key are one: AWS adds or overwrites by it [TF]. */
export const keyOfAsset = (asset: JsonObject): string => `${asset['category']} ${asset['colorMode']}`

/** What is wrong with each asset, where it stands. */
const wrongIn = (
  values: Values,
  find: (asset: JsonObject, index: number, all: JsonObject[]) => string | undefined,
  at = '',
): Wrong[] => {
  const all = values[field]
  if (!Array.isArray(all)) return []
  return (all as JsonObject[]).flatMap((asset, index) => {
    const value = find(asset, index, all as JsonObject[])
    return value === undefined ? [] : [{ value, field: `${field}.${index}${at}` }]
  })
}

/** The clients that show sign-in pages, by what the file says. */
const shown = (values: Values | undefined): boolean =>
  textsOf(values, 'allowedOAuthFlows').some(flow => flow === 'code' || flow === 'implicit')

type Peers = ReturnType<Context['peers']>

/** The place of each among the others, by address. */
const placesOf = once((peers: Peers) => new Map(peers.map(({ address }, index) => [address, index])))
const showing = once((peers: Peers) => peers.filter(({ values }) => shown(values)))

/** How many styles the pool would have if each client that shows pages had one. */
const stylesFor = (context: Context): number => {
  const stated = placesOf(context.peers('managedLoginBranding'))
  const clients = showing(context.peers('userPoolClient'))
  // more than there is room for already: who has one does not matter any more
  if (clients.length > 2 * maxStyles) return Math.max(stated.size, clients.length)
  return stated.size + clients.filter(({ address }) => !stated.has(`${address}.branding`)).length
}

const isManagedLogin = (context: Context): boolean =>
  context.peers('userPoolDomain').some(({ values }) => values['managedLoginVersion'] === 2)

/** Cognito's own style for a client whose pages would not work without one [D], as long as there is room. */
export const assumedStyle = (context: Context): Values | undefined =>
  shown(context.parent) && isManagedLogin(context) && stylesFor(context) <= maxStyles
    ? { 'branding.useCognitoProvidedValues': true }
    : undefined

export const checkManagedLoginBranding = checkWith([
  rule(
    'COG2971',
    values =>
      wrongIn(
        values,
        ({ bytes }) =>
          isFile(bytes) && bytes.size > maxAsset ? `${bytes.$file} has ${bytes.size} bytes` : undefined,
        '.bytes',
      ),
    {
      field,
      message: wrong => `${wrong}, and AWS takes ${maxAsset} at most`,
      hint: 'make the image smaller',
    },
  ),
  rule(
    'COG2972',
    values =>
      wrongIn(values, (asset, index, all) =>
        all.findIndex(one => keyOfAsset(one) === keyOfAsset(asset)) < index ? keyOfAsset(asset) : undefined,
      ),
    {
      field,
      message: wrong => `there are two images for ${wrong}, of which AWS would keep one`,
      hint: 'take one of them out',
    },
  ),
  rule(
    'COG2973',
    values =>
      wrongIn(
        values,
        asset =>
          isFile(asset['bytes']) && extensionOf(asset) === undefined ? asset['bytes'].$file : undefined,
        '.bytes',
      ),
    {
      field,
      message: wrong => `the name ${wrong} does not say what sort of image it is`,
      hint: 'state extension: ICO, JPEG, PNG, SVG or WEBP',
    },
  ),
  rule(
    'COG2974',
    values =>
      wrongIn(values, asset => {
        const extension = extensionOf(asset)
        return extension !== undefined && (extension === 'ICO') !== (asset['category'] === 'FAVICON_ICO')
          ? `${extension} as ${asset['category']}`
          : undefined
      }),
    {
      field,
      message: wrong => `${wrong}: ICO and FAVICON_ICO go together`,
      hint: 'use an image of another sort, or another category',
    },
  ),
  rule(
    'COG2975',
    values =>
      wrongIn(values, ({ category, resourceId }) =>
        category !== undefined && (category === 'IDP_BUTTON_ICON') !== (resourceId !== undefined)
          ? String(category)
          : undefined,
      ),
    {
      field,
      message: wrong =>
        wrong === 'IDP_BUTTON_ICON'
          ? 'IDP_BUTTON_ICON without resourceId is the button of no provider'
          : `resourceId with ${wrong} means nothing`,
      hint: 'resourceId names the identity provider of an IDP_BUTTON_ICON, and stands nowhere else',
    },
  ),
  rule(
    'COG2976',
    values => {
      const size = Buffer.byteLength(JSON.stringify(values['branding.settings'] ?? null))
      return size > maxSettings ? String(size) : undefined
    },
    {
      field: 'branding.settings',
      message: wrong => `the settings have ${wrong} bytes, and a request has 2 MB`,
      hint: "state only what differs from Cognito's own style",
    },
  ),
  rule(
    'COG2977',
    (values, context) => {
      if (typeof values['branding.useCognitoProvidedValues'] !== 'boolean') return undefined
      const stated = placesOf(context.peers('managedLoginBranding'))
      return (stated.get(context.address) ?? -1) >= maxStyles ? String(stated.size) : undefined
    },
    {
      field: 'branding.useCognitoProvidedValues',
      message: wrong => `the pool would have ${wrong} styles, and AWS allows ${maxStyles}`,
      hint: 'style the clients whose pages people see, and no others',
    },
  ),
  rule(
    'COG2213',
    (_values, context) => {
      const stated = placesOf(context.peers('managedLoginBranding')).has(context.address)
      const count = stylesFor(context)
      return !stated && shown(context.parent) && isManagedLogin(context) && count > maxStyles
        ? String(count)
        : undefined
    },
    {
      field: 'branding.useCognitoProvidedValues',
      severity: 'warning',
      message: wrong =>
        `managed login shows this client no pages unless it has a style, and ${wrong} clients are too many for all to get one unasked`,
      hint: `state branding on up to ${maxStyles} clients of the pool, or ignore branding here`,
    },
  ),
])
