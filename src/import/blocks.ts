// Resources → the tree of the file, with what a person has to know or decide as comments.

import type { Path } from '../model.ts'
import { splitShapeOf } from '../spec/read/split-block.ts'
import type { Field } from '../table/kind.ts'
import type { Placed } from './assign-keys.ts'
import { blockOf, leftLines } from './discover.ts'
import { literal } from './references.ts'
import type { SecretEntry } from './secrets.ts'
import type { Statements } from './statements.ts'
import { type Branch, branchAt, leaf, put } from './tree.ts'

export interface Entry {
  placed: Placed
  statements: Statements
  /** entries of its settings that are secrets, by field and key: the secret's name */
  secrets: SecretEntry[]
}

/** Where the file says something: which setting of which resource stands at a path. */
export interface Stand {
  path: Path
  entry: Entry
  field: Field
}

/** Lays a resource, and all under it, into the tree; answers with where each setting stands. */
export const layOut = (
  tree: Branch,
  root: Placed,
  entryOf: (placed: Placed) => Entry | undefined,
  pin: (path: Path, id: string) => void,
): Stand[] => {
  const stands: Stand[] = []
  const lay = (one: Placed): void => {
    const entry = entryOf(one)
    if (entry !== undefined) stands.push(...layOne(tree, entry, pin))
    for (const child of one.children) lay(child)
    if (entry === undefined || one.kind.place.form === 'facet') return
    const { left } = one.seen
    for (const kind of new Set(left.map(({ kind }) => kind))) {
      const block = branchAt(tree, one.path).entries.get(blockOf(kind))
      const under = block?.is === 'branch' ? block : branchAt(tree, one.path)
      under.after.push(...leftLines(left.filter(other => other.kind === kind)))
    }
  }
  lay(root)
  return stands
}

const layOne = (tree: Branch, entry: Entry, pin: (path: Path, id: string) => void): Stand[] => {
  const { placed, statements } = entry
  const { kind, seen, path } = placed
  const stands: Stand[] = []
  const state = (field: Field, at: Path): void => {
    const said = statements.stated.find(one => one.field === field)
    if (said === undefined) return
    const secrets = entry.secrets.filter(one => one.field === field)
    const value =
      secrets.length === 0
        ? said.value
        : {
            ...(said.value as object),
            ...Object.fromEntries(secrets.map(({ key, name }) => [key, `\${secret.${name}}`])),
          }
    put(tree, at, value)
    stands.push({ path: at, entry, field })
  }
  if (kind.place.form === 'split') {
    laySplit(tree, entry, state)
  } else if (kind.place.form === 'map' && isAllSilent(entry) && kind.presence === 'facet') {
    // as nobody set it
  } else {
    if (kind.place.form === 'map') {
      const block = branchAt(tree, path)
      block.open = true
      block.gap = kind.parent === undefined
      const around = branchAt(tree, path.slice(0, -1))
      around.open = true
      around.gap = kind.parent === undefined
      block.before.push(...remarksOn(placed))
      if (kind.presence === 'resource' && (kind.parent === undefined || seen.twin))
        pin([...path, 'id'], seen.live.ids[kind.ids.at(-1) as string] as string)
    }
    for (const field of kind.fields) state(field, [...path, ...field.path.split('.')])
  }
  layUnsaid(tree, entry)
  return stands
}

const isAllSilent = ({ statements }: Entry): boolean =>
  statements.stated.length === 0 && statements.unsaid.every(({ ignored }) => !ignored)

/** The other way round of what dealt the block out. */
const laySplit = (
  tree: Branch,
  { placed, statements }: Entry,
  state: (field: Field, at: Path) => void,
): void => {
  const shape = splitShapeOf(placed.kind)
  const own = shape.keys.get(placed.key)
  const block = placed.path.slice(0, -1)
  for (const { field, value } of statements.stated) {
    const parts = field.path.split('.')
    if (own?.text === field) state(field, [...block, placed.key])
    else if (own?.inner.has(parts[0] as string)) state(field, [...block, placed.key, ...parts])
    else {
      const there = branchAt(tree, [...block, ...parts.slice(0, -1)]).entries.get(parts.at(-1) as string)
      // two may share one line only if they agree
      if (
        there === undefined ||
        (there.is === 'leaf' && JSON.stringify(there.value) === JSON.stringify(value))
      )
        state(field, [...block, ...parts])
    }
  }
}

/** What is left out is named where a reader looks for it. */
const layUnsaid = (tree: Branch, { placed, statements }: Entry): void => {
  if (statements.unsaid.length === 0) return
  const [carrier, prefix] = carrierOf(placed)
  const block = branchAt(tree, carrier.path)
  for (const { field, why, ignored } of statements.unsaid) {
    const path = `${prefix}${field.path}`
    if (!ignored) block.after.push(`not stated, and kept as it is: ${path}: ${why}`)
    else {
      const there = block.entries.get('ignore')
      const list = there?.is === 'leaf' ? (there.value as { path: string; reason: string }[]) : []
      const reason = literal(why, false, new Set())
      block.entries.set('ignore', leaf([...list, { path, reason }], { before: ['decide:'] }))
    }
  }
}

/** The resource whose block can say `ignore`, and how a path begins there. */
const carrierOf = (placed: Placed): [Placed, string] => {
  const { kind, parent } = placed
  if (kind.place.form === 'map' || parent === undefined) return [placed, '']
  if (kind.place.form === 'facet') return carrierOf(parent)
  return [parent, `${kind.place.block}.${placed.key}.`]
}

/** What a person has to know about a resource. */
const remarksOn = ({ seen }: Placed): string[] => {
  const stack = seen.read.found.tags?.['aws:cloudformation:stack-name']
  const { strangers } = seen.live
  return [
    ...(stack === undefined
      ? []
      : [`CloudFormation stack ${stack} manages this too: take it out there before you apply`]),
    ...(strangers.length === 0
      ? []
      : [
          `AWS holds settings that this version of cogsync does not know: ${strangers.join(', ')}.`,
          'Until that is settled (update cogsync, or accept their loss with `strangers:`), nothing here is updated.',
        ]),
  ]
}
