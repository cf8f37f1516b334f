// The heavy parts of the program, each loaded when a command first needs it. Tests put others in their place.

import type { Json } from '../model.ts'

/** What the command line calls; only its types are known before it is loaded. */
export type Pipeline = typeof import('../index.ts')
export type {
  Accepted,
  ApplyOptions,
  Imported,
  ImportRequest as ImportOptions,
  RunOptions,
} from '../index.ts'
export type { Parsed as ParsedFile } from '../spec/index.ts'

export interface SandboxHandle {
  url: string
  account: string
  requests: {
    service: string
    operation: string
    status: number
    error?: string
    fault?: string
    write: boolean
  }[]
  writes(): number
  resetLog(): void
  close(): Promise<void>
}

export interface SandboxOptions {
  port?: number
  account?: string
  data?: string
  latency?: number
  quotas?: 'aws' | 'none'
  policy?: Json
  allowOrigins?: readonly string[]
  seed?: number
}

export interface Parts {
  pipeline(): Promise<Pipeline>
  sandbox(): Promise<{ startSandbox(options: SandboxOptions): Promise<SandboxHandle> }>
  /** the JSON Schema of a file */
  schema(): Promise<unknown>
  /** what settings and codes mean */
  explain(): Promise<Pick<typeof import('../explain/index.ts'), 'explain' | 'explainable'>>
  /** kinds' titles, for people */
  titles(): Promise<(kind: string) => string>
  /** the console's side of the demonstration */
  console(): Promise<typeof import('./console.ts')>
}
