// Files that grow: each makes one thing of a file n times as many, or n times as long.

const head = 'version: 1\nstack: shop\nregion: eu-west-1\n'
const each = (n: number, line: (index: number) => string): string =>
  Array.from({ length: n }, (_one, index) => line(index)).join('')
const pool = (body: string): string => `${head}userPools:\n  a:\n${body}`
const many =
  (block: string, line: (index: number) => string, indent = 6) =>
  (n: number) =>
    pool(`    ${block}:\n${each(n, index => `${' '.repeat(indent)}${line(index)}\n`)}`)
const roots = (block: string, line: (index: number) => string) => (n: number) =>
  `${head}${block}:\n${each(n, index => `  ${line(index)}\n`)}`

export const files: { [what: string]: (n: number) => string } = {
  'keys of a pool that do not exist': n => pool(each(n, index => `    callbackUrl${index}: 1\n`)),
  'keys of the file that do not exist': n => head + each(n, index => `stak${index}: 1\n`),
  clients: many('clients', index => `c${index}: { callbackUrls: ["https://x${index}.example/"] }`),
  'clients with mistakes': many('clients', index => `c${index}: { generateSecre: true, callbackUrls: 3 }`),
  'clients of one name': many('clients', index => `c${index}: { name: x }`),
  'groups of roles that are not there': many(
    'groups',
    index => `g${index}: { roleArn: "\${roles.x${index}.arn}" }`,
  ),
  'resource servers': many(
    'resourceServers',
    index => `s${index}: { identifier: x${index}, scopes: { a: b } }`,
  ),
  'clients with scopes of as many servers': n =>
    `${many('resourceServers', index => `s${index}: { identifier: x${index}, scopes: { a: b } }`)(n)}    clients:\n${each(n, index => `      c${index}: { allowedOAuthScopes: ["x${index}/a"] }\n`)}`,
  'clients with as many providers': n =>
    `${many('identityProviders', index => `q${index}: { type: OIDC }`)(n)}    clients:\n${each(n, index => `      c${index}: { supportedIdentityProviders: [q${index}] }\n`)}`,
  attributes: many('attributes', index => `"custom:a${index}": { type: String }`),
  'keys that stand twice': roots('tags', index => `t: x${index}`),
  'tags of no text': roots('tags', index => `t${index}: [1]`),
  aliases: roots('vars', index => `v${index}: &a${index} x\n  w${index}: *a${index}`),
  'a chain of variables': n =>
    `${roots('vars', index => `v${index}: "\${var.v${index + 1}}"`)(n)}  v${n}: x\nuserPools: { a: { name: "\${var.v0}" } }\n`,
  'variables that are not there': n =>
    `${roots('vars', index => `v${index}: x`)(n)}userPools:\n${each(n, index => `  p${index}: { name: "\${var.w${index}}" }\n`)}`,
  'secrets in use': n =>
    `${roots('secrets', index => `s${index}: { env: X${index} }`)(n)}userPools:\n  a:\n    identityProviders:\n${each(n, index => `      q${index}: { type: OIDC, details: { client_secret: "\${secret.s${index}}" } }\n`)}`,
  'pools that are not there': roots(
    'userPools',
    index => `p${index}: { name: "\${userPools.q${index}.id}" }`,
  ),
  'a circle of roles': n =>
    roots(
      'roles',
      index =>
        `r${index}: { trust: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: "\${roles.r${(index + 1) % n}.arn}" }, Action: "sts:AssumeRole" }] } }`,
    )(n),
  'roles that all go back to the first': n =>
    roots(
      'roles',
      index =>
        `r${index}: { trust: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: ["\${roles.r${(index + 1) % n}.arn}", "\${roles.r0.arn}"] }, Action: "sts:AssumeRole" }] } }`,
    )(n),
  'references in one text': n => pool(`    name: "${each(n, index => `\${regio${index}}`)}"\n`),
  'mistakes on one line': n => `${head}userPools: {${each(n, index => ` p${index}: { nam: 1 },`)} }\n`,
  environments: roots('environments', index => `e${index}: { override: { stack: x } }`),
}
