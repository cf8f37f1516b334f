// The version of cogsync and of the AWS SDK inside it. The build writes both in; from source they are looked up.
import { readFileSync } from 'node:fs'

declare const COGSYNC_VERSION: string
declare const COGSYNC_SDK_VERSION: string

const versionIn = (path: string): string =>
  (JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as { version: string }).version

export const version: string =
  typeof COGSYNC_VERSION === 'string' ? COGSYNC_VERSION : versionIn('../../package.json')

export const sdkVersion = (): string =>
  typeof COGSYNC_SDK_VERSION === 'string'
    ? COGSYNC_SDK_VERSION
    : versionIn('../../node_modules/@aws-sdk/client-cognito-identity-provider/package.json')

/** How plans and documents name who wrote them. */
export const tool = `cogsync/${version}`
