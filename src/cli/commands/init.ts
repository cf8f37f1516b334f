// cogsync init: a first cognito.yaml, commented, that passes validate.
import { randomBytes } from 'node:crypto'
import { lstat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { runError } from '../../problem.ts'
import { safe } from '../../render/printable.ts'
import { version } from '../../workflows/version.ts'
import { writeFiles } from '../../workflows/written.ts'
import { exits, usageError } from '../exit.ts'
import { configOf, document } from '../planning.ts'
import type { CommonOptions, Run } from '../session.ts'

export interface InitOptions extends CommonOptions {
  stack?: string
  region?: string
  force?: boolean
}

/** What may stand in a stack's name: it becomes part of names, tags and a host name. */
const stackPattern = /^[a-z][a-z0-9-]{0,38}[a-z0-9]$/

/** A folder's name, made into a stack's. */
export const stackFrom = (folder: string): string => {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/-+$/, '')
  return stackPattern.test(name) ? name : 'app'
}

/** A domain prefix nobody else has. AWS refuses its own names in one, wherever they stand. */
export const prefixFrom = (stack: string, random: string): string => {
  const base = stack
    .replace(/aws|amazon|cognito/g, '')
    .replace(/-{2,}/g, '-')
    .replace(/^-+|-+$/g, '')
  const clean = /aws|amazon|cognito/.test(base) || base === '' ? 'login' : base
  return `${clean}-${random}`
}

export const template = (
  stack: string,
  region: string,
  prefix: string,
): string => `# yaml-language-server: $schema=https://unpkg.com/cogsync@${version}/schemas/cognito.schema.json
#
# What should exist in Amazon Cognito.
#   cogsync validate   checks this file, without asking AWS
#   cogsync plan       shows what differs from AWS
#   cogsync apply      makes AWS what this file says
# Settings have AWS's own names, so AWS's documentation applies word for word.
version: 1
stack: ${stack} # who owns what: written as a tag on everything made from this file
region: ${region}
# account: "111122223333" # any other account is refused

userPools:
  users:
    name: ${stack}-users
    deletionProtection: ACTIVE

    # People sign in with their email address. Fixed when the pool is created.
    usernameAttributes: [email]
    usernameConfiguration: { caseSensitive: false }
    autoVerifiedAttributes: [email]
    attributes:
      email: { required: true, mutable: true }

    passwordPolicy:
      minimumLength: 12
      requireLowercase: true
      requireUppercase: true
      requireNumbers: true
      requireSymbols: false
    mfa:
      configuration: OPTIONAL
      softwareToken: { enabled: true }
    accountRecovery: [verified_email]

    # The sign-in pages: https://${prefix}.auth.${region}.amazoncognito.com
    domain:
      prefix: ${prefix}

    clients:
      web: # a browser app: no secret, code grant with PKCE
        explicitAuthFlows: [ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
        allowedOAuthFlows: [code]
        allowedOAuthScopes: [openid, email]
        callbackUrls: ["http://localhost:3000/callback"]
        logoutUrls: ["http://localhost:3000/"]
        supportedIdentityProviders: [COGNITO]
        accessTokenValidity: 1h
        refreshTokenValidity: 30d
`

const exists = (file: string): Promise<boolean> =>
  lstat(file).then(
    () => true,
    () => false,
  )

export const run: Run<InitOptions> = async (session, options) => {
  const { io } = session
  const file = configOf(session, options)
  const stack = options.stack ?? stackFrom(basename(io.cwd))
  const region = options.region ?? (io.env['AWS_REGION'] || io.env['AWS_DEFAULT_REGION'] || 'us-east-1')
  if (!stackPattern.test(stack))
    throw usageError(
      `--stack ${safe(stack)} is not a stack's name`,
      'use 2 to 40 lower-case letters, digits and hyphens, a letter first',
    )
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
    throw usageError(`--region ${safe(region)} is not a Region`, 'write one such as eu-west-1')
  const path = resolve(io.cwd, file)
  if (!options.force && (await exists(path)))
    throw runError({
      exit: 1,
      code: 'file-exists',
      message: `${safe(file)} exists already`,
      hint: 'choose another with --config, or overwrite it with --force',
    })
  const content = template(stack, region, prefixFrom(stack, randomBytes(4).toString('hex')))
  await writeFiles([{ path, name: file, content, ...(!options.force && { was: null }) }])
  if (session.json) session.print(document(session, exits.ok, { file, stack, region }))
  else
    session.print(
      `Wrote ${safe(file)}: one user pool with a sign-in domain and a browser app, in stack ${stack}.\n`,
    )
  session.say(
    `\nNext:\n  cogsync validate\n  cogsync plan\n\nNo AWS account at hand? "cogsync sandbox" starts a local one.\n`,
  )
  return exits.ok
}
