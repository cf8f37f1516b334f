// The spec stage: bytes of a cognito.yaml → Spec, or diagnostics with positions.

import type { Diagnostic, JsonObject, Path, Position, Spec, Term, Tombstone } from '../model.ts'
import { type Kind, partitionOf } from '../table/kind.ts'
import { readRegistry } from '../table/registry.ts'
import { look } from './check/context.ts'
import { findCycles } from './check/cycles.ts'
import { findProblems } from './check/issues.ts'
import { checkRules, withAssumed } from './check/rules.ts'
import { readReleased, readRootRemoved } from './read/collections.ts'
import { dealEach } from './read/expand.ts'
import { type Head, headSchemas, readHead, readHeadTerms, secretNames } from './read/head.ts'
import { readOutline } from './read/outline.ts'
import { readResources } from './read/resources.ts'
import { isObject, isWhole } from './read/terms.ts'
import { chooseEnvironment } from './resolve/environments.ts'
import { type FileDigest, makeResolver, type Resolve } from './resolve/references.ts'
import { load } from './yaml/load.ts'
import { linesOf } from './yaml/positions.ts'
import { type Finding, type MapNode, type Report, spanAt } from './yaml/tree.ts'

export { didYouMean } from './check/suggest.ts'

export interface Source {
  /** as shown in messages */
  file: string
  text: string | Uint8Array
}

export interface ParseOptions {
  kinds: readonly Kind[]
  environment?: string
  /** resolves `${file:...}`; throws when it cannot */
  readText?: (path: string) => string
  /** the same for files whose bytes are sent; throws when it cannot */
  digest?: (path: string) => FileDigest
}

export interface Parsed {
  /** only when there are no errors */
  spec?: Spec
  /** with their positions, in the order of the file */
  diagnostics: Diagnostic[]
  /** where a path stands; the key of the nearest ancestor when the path itself does not */
  locate(path: Path, onKey?: boolean): Position | undefined
  /** a line of the source, for carets */
  lineAt(line: number): string | undefined
}

/** The environments that a file declares, or the one nameless there is without any; what is wrong is for `parseSpec`. */
export const environmentsIn = (text: string): (string | undefined)[] => {
  const declared = load(text, () => {}).root?.entries.get('environments')?.value
  const names = declared?.is === 'map' ? [...declared.entries.keys()] : []
  return names.length > 0 ? names : [undefined]
}

/** Reads a file. Mistakes in it are diagnostics, all at once; it never throws for them. */
export const parseSpec = (source: Source, options: ParseOptions): Parsed => {
  const findings: Finding[] = []
  const report: Report = finding => {
    findings.push(finding)
  }
  const { text, root: whole } = load(source.text, report)
  const lines = linesOf(source.file, text)
  const root = whole && chooseEnvironment(whole, options.environment, report)
  const spec = root && understand(root, text, options, report)

  const located = root ?? whole
  const locate = (path: Path, onKey?: boolean): Position | undefined => {
    const span = spanAt(located, path, onKey)
    return span === undefined ? undefined : lines.position(span)
  }
  const diagnostics = settle(
    findings,
    finding =>
      (finding.span === undefined ? locate(finding.path, finding.onKey) : lines.position(finding.span)) ??
      lines.position({ start: 0, end: 0 }),
  )
  const failed = diagnostics.some(({ severity }) => severity === 'error')
  return { ...(spec !== undefined && !failed && { spec }), diagnostics, locate, lineAt: lines.text }
}

const understand = (root: MapNode, text: string, options: ParseOptions, report: Report): Spec | undefined => {
  const registry = readRegistry(options.kinds)
  const early = readHead(root, registry, report)
  const outline = readOutline(root, registry, report)
  const environments = root.entries.has('environments')
  const { resolve, uses } = makeResolver({
    text,
    outline,
    vars: early.vars,
    secrets: secretNames(root),
    known: {
      ...(early.account !== undefined && { account: early.account }),
      ...(early.region !== undefined && { region: early.region }),
      ...(early.stack !== undefined && { stack: early.stack }),
      ...(environments && options.environment !== undefined && { environment: options.environment }),
    },
    readText: options.readText,
    digest: options.digest,
    report,
  })
  const head = readHeadTerms(root, early, resolve, report)
  const { desired, removed } = readResources(outline, head, resolve, report)
  const tombstones = readNames(root, 'removed', resolve, report, value =>
    readRootRemoved(value, outline.roots, outline.registry, report),
  )
  const released = readNames(root, 'released', resolve, report, value =>
    readReleased(value, outline.roots, outline.registry, report),
  )
  const cycles = findCycles(desired)
  const byAddress = cycles.length === 0 ? undefined : new Map(desired.map(each => [each.address, each]))
  for (const cycle of cycles) {
    const first = byAddress?.get(cycle[0] ?? '')
    report({
      code: 'COG1206',
      path: first?.path ?? [],
      onKey: true,
      message: `these refer to each other in a circle, so none can be made first: ${circle(cycle)}`,
      hint: 'take one of the references out',
    })
  }
  const region = head.region ?? ''
  const known = look({
    outline,
    desired,
    head,
    where: { region, account: head.account ?? '', partition: partitionOf(region) },
  })
  checkRules(known, uses, report)
  if (head.stack === undefined || head.region === undefined) return undefined
  return {
    version: head.version,
    stack: head.stack,
    region: head.region,
    ...(head.account !== undefined && { account: head.account }),
    ...(environments && options.environment !== undefined && { environment: options.environment }),
    tags: staticTags(head),
    unspecified: head.unspecified,
    secrets: head.secrets,
    // a facet of which nothing is said, and that costs a read of its own, is nobody's
    resources: dealEach(
      withAssumed(known).filter(
        (one, index) => !outline.all[index]?.kind.onDemand || Object.keys(one.spec).length > 0,
      ),
      options.kinds,
      head.stack,
    ),
    removed: [...removed, ...tombstones],
    ...(environments && { environments: declaredIn(root) }),
    ...(released.length > 0 && { released }),
  }
}

/** A circle in words: of a long one, where it begins and where it ends. */
const circle = (cycle: readonly string[]): string => {
  const ends = cycle.length > 20 ? [...cycle.slice(0, 10), '…', ...cycle.slice(-9)] : cycle
  return [...ends, cycle[0]].join(' → ')
}

/** What the top of the file names by collection. */
const readNames = (
  root: MapNode,
  key: 'removed' | 'released',
  resolve: Resolve,
  report: Report,
  read: (value: JsonObject) => Tombstone[],
): Tombstone[] => {
  const node = root.entries.get(key)?.value
  const value: Term | undefined = node && resolve(node, [key], {})
  if (node === undefined || value === undefined || value === null) return []
  const problems = findProblems({ schema: headSchemas[key](), value, path: [key], node })
  for (const problem of problems) report(problem)
  return problems.length === 0 && isObject(value) && isWhole(value) ? read(value) : []
}

/** The names of the environments that the file declares. */
const declaredIn = (root: MapNode): string[] => {
  const declared = root.entries.get('environments')?.value
  return declared?.is === 'map' ? [...declared.entries.keys()] : []
}

/** Tags that wait for a reference stand on the resources only. */
const staticTags = (head: Head): Spec['tags'] =>
  Object.fromEntries(
    Object.entries(head.tags).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  )

/** Findings → diagnostics: each once, in the order of the file. */
const settle = (findings: readonly Finding[], position: (finding: Finding) => Position): Diagnostic[] => {
  const unique = new Map<string, Diagnostic>()
  for (const finding of findings) {
    const { code, path, message, hint, onKey, severity } = finding
    const at = position(finding)
    const id = JSON.stringify([code, at.line, at.column, message])
    if (!unique.has(id))
      unique.set(id, {
        code,
        severity: severity ?? 'error',
        path,
        message,
        ...(hint !== undefined && { hint }),
        ...(onKey !== undefined && { onKey }),
        at,
      })
  }
  return [...unique.values()].sort(
    (one, other) =>
      one.at!.line - other.at!.line || one.at!.column - other.at!.column || (one.code < other.code ? -1 : 1),
  )
}
