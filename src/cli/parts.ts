// The heavy parts of the program, each loaded when a command first needs it. Tests put others in their place.
import type {
  Diagnostic,
  Observation,
  Outcome,
  Outputs,
  Path,
  Plan,
  Position,
  Progress,
  Report,
  Rotation,
  RotationResult,
  Spec,
  Unread,
} from '../model.ts'

export interface RunOptions {
  config: string
  environment?: string
  allow?: string[]
  adopt?: string[] | true
  targets?: string[]
  progress?: Progress
  endpoint?: string
  profile?: string
  region?: string
  cwd?: string
}

/** As much of a parsed file as the command line uses. */
export interface ParsedFile {
  spec?: Spec
  diagnostics: Diagnostic[]
  locate(path: Path, onKey?: boolean): Position | undefined
  lineAt(line: number): string | undefined
}

export interface ApplyOptions extends RunOptions {
  skipBlocked?: boolean
  onOutcome?: (outcome: Outcome) => void
  signal?: AbortSignal
}

export interface OutputsOptions extends RunOptions {
  /** only this resource and what is under it */
  address?: string
  secrets?: boolean
}

export interface ImportOptions {
  wanted: 'all' | string[]
  stack: string
  region: string
  environment?: string
  schema?: string
  /** a valid file to add to */
  into?: { file: string; text: string; account?: string }
  progress?: Progress
  endpoint?: string
  profile?: string
  cwd?: string
}

/** What an import wrote, and what somebody has to know or do. */
export interface Imported {
  text: string
  addresses: string[]
  left: { what: string; name: string; id: string; why: string }[]
  unread: Unread[]
  secrets: { name: string; variable: string }[]
  unsaid: { address: string; path: string; why: string }[]
  objections: { address?: string; field?: string; path?: Path; why: string }[]
}

/** A file that took over what AWS has, and what it could not take. */
export interface Accepted {
  text: string
  accepted: { address: string; path: string }[]
  kept: { address: string; path: string; why: string }[]
}

export interface RotationOptions extends RunOptions {
  address: string
  finish?: boolean
}

export interface Pipeline {
  readSpec(options: RunOptions): Promise<ParsedFile>
  makePlan(
    parsed: ParsedFile & { spec: Spec },
    options: RunOptions,
  ): Promise<{ plan: Plan; observation: Observation }>
  readOutputs(parsed: ParsedFile & { spec: Spec }, options: OutputsOptions): Promise<Outputs>
  acceptDrift(
    seen: { spec: Spec; plan: Plan; observation: Observation },
    options: RunOptions,
  ): Promise<Accepted>
  importAws(options: ImportOptions): Promise<Imported>
  applyPlan(plan: Plan, options: ApplyOptions): Promise<Report>
  planRotation(parsed: ParsedFile & { spec: Spec }, options: RotationOptions): Promise<Rotation>
  rotate(rotation: Rotation, options: RunOptions): Promise<RotationResult>
  savePlan(plan: Plan): string
  loadPlan(text: string): Plan
}

export interface SandboxHandle {
  url: string
  account: string
  requests: { service: string; operation: string; status: number; error?: string; write: boolean }[]
  writes(): number
  close(): Promise<void>
}

export interface SandboxOptions {
  port?: number
  account?: string
  data?: string
  latency?: number
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
