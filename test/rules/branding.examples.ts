// Examples of the rules of managed login styles and classic UI customization.
import type { Values } from '../../src/table/kind.ts'
import type { Example } from './example.ts'

const file = ($file: string, size = 1000) => ({ $file, size, sha256: '0a'.repeat(32) })
const logo = { category: 'FORM_LOGO', colorMode: 'LIGHT', bytes: file('logo.png') }
const assets = (...all: object[]) => ({ 'branding.assets': all }) as Values

const clientsUpTo = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    address: `userPools.main.clients.c${index}`,
    values: { allowedOAuthFlows: ['code'] },
  }))
const stylesUpTo = (count: number) =>
  clientsUpTo(count).map(({ address }) => ({ address: `${address}.branding`, values: {} }))
const managedLogin = [{ address: 'userPools.main.domain.prefix', values: { managedLoginVersion: 2 } }]
const last = { address: 'userPools.main.clients.c20.branding' }

export const brandingExamples: Example[] = [
  {
    code: 'COG2971',
    field: 'branding.assets.0.bytes',
    bad: assets({ ...logo, bytes: file('logo.png', 1_000_001) }),
    good: assets({ ...logo, bytes: file('logo.png', 1_000_000) }),
  },
  {
    code: 'COG2972',
    field: 'branding.assets.1',
    bad: assets(logo, { ...logo, bytes: file('other.png') }),
    good: assets(logo, { ...logo, colorMode: 'DARK' }),
  },
  {
    code: 'COG2973',
    field: 'branding.assets.0.bytes',
    bad: assets({ ...logo, bytes: file('logo') }),
    good: assets({ ...logo, bytes: file('logo'), extension: 'PNG' }),
  },
  {
    code: 'COG2974',
    field: 'branding.assets.0',
    bad: assets({ ...logo, bytes: file('logo.ico') }),
    good: assets({ ...logo, category: 'FAVICON_ICO', bytes: file('logo.ico') }),
  },
  {
    code: 'COG2974',
    field: 'branding.assets.0',
    bad: assets({ ...logo, category: 'FAVICON_ICO' }),
    good: assets({ ...logo, category: 'FAVICON_SVG', bytes: file('logo.svg') }),
  },
  {
    code: 'COG2975',
    field: 'branding.assets.0',
    bad: assets({ ...logo, resourceId: 'Google' }),
    good: assets({ ...logo, category: 'IDP_BUTTON_ICON', resourceId: 'Google' }),
  },
  {
    code: 'COG2976',
    field: 'branding.settings',
    bad: { 'branding.settings': { text: 'x'.repeat(2_000_000) } },
    good: { 'branding.settings': { text: 'x'.repeat(1_000_000) } },
  },
  {
    code: 'COG2977',
    field: 'branding.useCognitoProvidedValues',
    bad: { 'branding.useCognitoProvidedValues': true },
    good: { 'branding.useCognitoProvidedValues': true },
    in: { ...last, peers: { managedLoginBranding: stylesUpTo(21) } },
    goodIn: { ...last, peers: { managedLoginBranding: stylesUpTo(20) } },
  },
  {
    code: 'COG2213',
    field: 'branding.useCognitoProvidedValues',
    severity: 'warning',
    bad: {},
    good: {},
    in: {
      ...last,
      parent: { allowedOAuthFlows: ['code'] },
      peers: { userPoolClient: clientsUpTo(21), userPoolDomain: managedLogin },
    },
    goodIn: {
      ...last,
      parent: { allowedOAuthFlows: ['code'] },
      peers: { userPoolClient: clientsUpTo(20), userPoolDomain: managedLogin },
    },
  },
]

const custom = (css: string | null, imageFile?: object) =>
  ({ uiCustomization: { css, ...(imageFile && { imageFile }) } }) as Values
const css = '.banner-customizable { background: #123456; }'
const pool = [{ address: 'userPools.main', values: {} }]

export const uiCustomizationExamples: Example[] = [
  {
    code: 'COG2961',
    field: 'uiCustomization.css',
    bad: custom(css + ' '.repeat(2990) + css, file('logo.png')),
    good: custom(css + ' '.repeat(2900) + css),
  },
  {
    code: 'COG2962',
    field: 'uiCustomization.imageFile',
    bad: custom(css, file('logo.png', 102_401)),
    good: custom(css, file('logo.png', 90_000)),
  },
  {
    code: 'COG2963',
    field: 'uiCustomization.css',
    bad: custom('body { color: red }'),
    good: custom(`/* body { } */ ${css}`),
  },
  {
    code: 'COG2964',
    field: 'uiCustomization.css',
    bad: custom(`@import "x.css"; ${css}`),
    good: custom(css),
  },
  {
    code: 'COG2965',
    field: 'uiCustomization.imageFile',
    bad: custom(css, file('logo.svg')),
    good: custom(css, file('logo.JPG')),
  },
  {
    code: 'COG2966',
    field: 'uiCustomization.imageFile',
    bad: custom(css + ' '.repeat(2800) + css, file('logo.png', 102_400)),
    good: custom(null, file('logo.png', 100_000)),
  },
  {
    code: 'COG2967',
    field: 'uiCustomization',
    bad: custom(css),
    good: custom(css),
    in: { peers: { userPool: pool } },
    goodIn: { peers: { userPool: pool, userPoolDomain: managedLogin } },
  },
]
