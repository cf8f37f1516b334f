// The largest example with a change to everything that can be changed, so that every update is sent.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

/** Writes the changed file, with more edits if need be; answers with its path. */
export const changedFile = (...more: [from: string, to: string][]): string => {
  const text = [...edits, ...more].reduce(
    (all, [from, to]) => {
      if (!all.includes(from)) throw new Error(`the example has no ${from}`)
      return all.replaceAll(from, to)
    },
    readFileSync(everything, 'utf8'),
  )
  const path = join(mkdtempSync(join(tmpdir(), 'cogsync-faults-')), 'cognito.yaml')
  writeFileSync(path, text)
  return path
}
