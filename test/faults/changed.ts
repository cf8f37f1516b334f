// The largest example with a change to everything that can be changed, so that every update is sent.
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { everything } from './world.ts'

const edits: [from: string, to: string][] = [
  ['minimumLength: 12', 'minimumLength: 14'],
  [
    '"custom:tenant": { type: String, maxLength: 64 }',
    '"custom:tenant": { type: String, maxLength: 64 }\n      "custom:points": { type: Number }',
  ],
  ['softwareToken: { enabled: true }', 'softwareToken: { enabled: false }'],
  ['userSessionTracking: ENABLED', 'tokenSession: { maxPerUser: 10 }, userSessionTracking: ENABLED'],
  ['192.0.2.0/24', '198.51.100.0/24'],
  ['log-group:shop', 'log-group:shop-2'],
  ['log-group:west', 'log-group:west-2'],
  ['#123456', '#654321'],
  ['#234567', '#765432'],
  ['borderRadius: 4', 'borderRadius: 8'],
  ['colorMode: LIGHT', 'colorMode: DARK'],
  ['webacl/shop/', 'webacl/shop-2/'],
  ['certificate/0a1b2c3d', 'certificate/1b2c3d4e'],
  ['scopes: { read: Read orders }', 'scopes: { read: Read all orders }'],
  ['authorize_scopes: openid', 'authorize_scopes: openid email'],
  ['precedence: 1', 'precedence: 2'],
  ['callbackUrls: ["https://shop.example/callback"]', 'callbackUrls: ["https://shop.example/back"]'],
  ['maxValidity: 8h', 'maxValidity: 4h'],
  ['https://shop.example/terms', 'https://shop.example/terms-2'],
  ['serverSideTokenCheck: true', 'serverSideTokenCheck: false'],
  ['ambiguousRoleResolution: AuthenticatedRole', 'ambiguousRoleResolution: Deny'],
  ['tags: { tenant: email }', 'tags: { tenant: name }'],
  ['shop-uploads/*', 'shop-pictures/*'],
  ['name: shop-admin', 'name: shop-admin\n    maxSessionDuration: 2h'],
]

/** What takes something away of each sort that can be: what the file names, and entries of settings. */
const removals: typeof edits = [
  ['tags: { team: identity }', 'tags: { team: identity }\nremoved: { roles: [shop-admin] }'],
  [
    `  admin:
    name: shop-admin
    trust: { identityPool: app, amr: authenticated, tagSession: true }
    managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]
`,
    '',
  ],
  ['    groups:\n      admins: { precedence: 1, roleArn: "${roles.admin.arn}" }\n', ''],
  ['      own: { clientSecret: "${secret.own}" }\n', ''],
  [
    '        terms: { terms-of-use: { links: { "cognito:default": "https://shop.example/terms" } } }\n',
    '        removed: { terms: [terms-of-use] }\n',
  ],
  [
    '    clients:\n',
    '    removed: { clients: [own], groups: [admins], identityProviders: [Google], replicas: [us-west-2], domain: [login.shop.example] }\n    clients:\n',
  ],
  [
    `    replicas:
      us-west-2:
        status: ACTIVE
        logDelivery:
          userNotification:
            logLevel: ERROR
            cloudWatchLogsConfiguration: { logGroupArn: "arn:aws:logs:us-west-2:111122223333:log-group:west" }
`,
    '',
  ],
  [
    `      custom:
        name: login.shop.example
        certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000"
`,
    '',
  ],
  ['{ css: ".banner-customizable { background-color: #123456; }" }', '{ css: null }'],
  ['{ css: ".banner-customizable { background-color: #234567; }" }', '{ css: null }'],
  [', Google]', ']'],
  [
    `    identityProviders:
      Google:
        type: Google
        details:
          { client_id: "123.apps.googleusercontent.com", client_secret: "\${secret.google}", authorize_scopes: openid }
        attributeMapping: { email: email }
`,
    '',
  ],
]

/** Writes the changed file, with more edits if need be; answers with its path. */
export const changedFile = (...more: typeof edits): string => written([...edits, ...more])

/** Writes the file that takes away; answers with its path. */
export const removingFile = (): string => written(removals)

const written = (all: typeof edits): string => {
  const text = all.reduce(
    (some, [from, to]) => {
      if (!some.includes(from)) throw new Error(`the example has no ${from}`)
      return some.replaceAll(from, to)
    },
    readFileSync(everything, 'utf8'),
  )
  const folder = mkdtempSync(join(tmpdir(), 'cogsync-faults-'))
  const path = join(folder, 'cognito.yaml')
  writeFileSync(path, text)
  copyFileSync(join(dirname(everything), 'logo.svg'), join(folder, 'logo.svg'))
  return path
}
