// The file that the demonstration applies: examples/quickstart, which the build writes in.
import { readFileSync } from 'node:fs'

declare const COGSYNC_QUICKSTART: string

export const quickstart = (): string =>
  typeof COGSYNC_QUICKSTART === 'string'
    ? COGSYNC_QUICKSTART
    : readFileSync(new URL('../../examples/quickstart/cognito.yaml', import.meta.url), 'utf8')
