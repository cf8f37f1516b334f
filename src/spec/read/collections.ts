// What may be deleted: `prune` and `removed`.

import type { JsonObject, Path, Tombstone } from '../../model.ts'
import { collectionNameOf, type Field, type Kind } from '../../table/kind.ts'
import { blockOf, type Registry } from '../../table/registry.ts'
import { choices, didYouMean, withArticle } from '../check/suggest.ts'
import type { Report } from '../yaml/tree.ts'
import type { Block } from './outline.ts'

interface Entries {
  owner: Block
  field: Field
  name: string
  permanent?: true
}

/** The kinds with collections of their own under a kind. */
const collectionsOf = (block: Block, registry: Registry): Map<string, Kind> =>
  new Map(
    (registry.children.get(block.kind.name) ?? []).flatMap(child => {
      const name = blockOf(child)
      return name === undefined || child.presence === 'facet' ? [] : [[name, child] as const]
    }),
  )

/** The settings of a resource, and of its facets, that are collections. */
const entriesOf = (block: Block): Entries[] =>
  [block, ...block.facets].flatMap(owner =>
    owner.kind.fields.flatMap(field => {
      const name = collectionNameOf(field)
      return name === undefined ? [] : [{ owner, field, ...field.collection, name }]
    }),
  )

/** The resource whose collection this is: its own, or that of its facet. */
export const readPrune = (
  name: string,
  path: Path,
  block: Block,
  registry: Registry,
  report: Report,
): Block | undefined => {
  const [kinds, rows] = [collectionsOf(block, registry), entriesOf(block)]
  const kind = kinds.get(name)
  const row = rows.find(row => row.name === name)
  if (kind?.stateful === true || row?.permanent === true)
    report({
      code: 'COG1111',
      path,
      message:
        kind === undefined
          ? `\`${name}\` cannot be pruned: AWS never removes them`
          : `\`${name}\` cannot be pruned: ${withArticle(kind.title)} is only ever deleted by name`,
      hint: kind === undefined ? undefined : `name it under \`removed: { ${name}: [...] }\``,
    })
  else if (kind !== undefined) return block
  else if (row !== undefined) return row.owner
  else {
    const known = [
      ...[...kinds].filter(([, kind]) => kind.stateful !== true).map(([name]) => name),
      ...rows.filter(row => row.permanent !== true).map(row => row.name),
    ]
    report({
      code: 'COG1112',
      path,
      message: `${withArticle(block.kind.title)} has no collection \`${name}\`, only ${choices(known)}`,
      hint: didYouMean(name, known),
    })
  }
  return undefined
}

export const readRemoved = (
  collection: string,
  names: string[],
  block: Block,
  registry: Registry,
  report: Report,
): Tombstone[] => {
  const path = [...block.path, 'removed', collection]
  const [kinds, rows] = [collectionsOf(block, registry), entriesOf(block)]
  const kind = kinds.get(collection)
  const row = rows.find(row => row.name === collection)
  if (kind === undefined && row === undefined) {
    const known = [...kinds.keys(), ...rows.filter(row => row.permanent !== true).map(row => row.name)]
    report({
      code: 'COG1112',
      path,
      onKey: true,
      message: `${withArticle(block.kind.title)} has no collection \`${collection}\`, only ${choices(known)}`,
      hint: didYouMean(collection, known),
    })
    return []
  }
  if (row?.permanent === true) {
    const message = `\`${collection}\` cannot be removed: AWS never removes them`
    report({ code: 'COG1117', path, onKey: true, message })
    return []
  }
  const listed =
    kind === undefined ? rowEntries(row?.owner, row?.field.path) : namesOf(block.children.get(collection))
  return tombstones(collection, names, path, listed, row?.owner.address ?? block.address, report)
}

/** What to delete, less what the file itself lists. */
const tombstones = (
  collection: string,
  names: string[],
  path: Path,
  listed: Set<string>,
  parent: string | undefined,
  report: Report,
): Tombstone[] =>
  [...new Map(names.map((name, index) => [name, index]))].flatMap(([name, index]) => {
    const at = [...path, index]
    if (!listed.has(name)) return [{ collection, name, ...(parent !== undefined && { parent }), path: at }]
    report({ code: 'COG1116', path: at, message: `\`${name}\` is both listed and removed` })
    return []
  })

const rowEntries = (owner: Block | undefined, field: string | undefined): Set<string> => {
  const node = owner?.stated.get(field ?? '')?.node
  if (node?.is === 'list')
    return new Set(node.items.flatMap(item => (item.is === 'scalar' ? [String(item.value)] : [])))
  return new Set(node?.is === 'map' ? node.entries.keys() : [])
}

/** Local keys and stated names. */
const namesOf = (blocks: Map<string, Block> | undefined): Set<string> =>
  new Set(
    [...(blocks ?? [])].flatMap(([key, block]) => {
      const name = block.stated.get(block.kind.nameField ?? '')?.node
      return name?.is === 'scalar' && typeof name.value === 'string' ? [name.value] : [key]
    }),
  )

/** The root's `removed`. */
export const readRootRemoved = (
  value: JsonObject,
  roots: Map<string, Map<string, Block>>,
  registry: Registry,
  report: Report,
): Tombstone[] =>
  Object.entries(value).flatMap(([collection, names]) => {
    const path = ['removed', collection]
    const kind = registry.roots.get(collection)
    const deletable = [...registry.roots]
      .filter(([, kind]) => !isPool(kind, registry))
      .map(([block]) => block)
    if (kind !== undefined && deletable.includes(collection))
      return tombstones(
        collection,
        names as string[],
        path,
        namesOf(roots.get(collection)),
        undefined,
        report,
      )
    report(
      kind === undefined
        ? {
            code: 'COG1112',
            path,
            onKey: true,
            message: `there is no collection \`${collection}\` to remove from, only ${choices(deletable)}`,
            hint: didYouMean(collection, deletable),
          }
        : {
            code: 'COG1117',
            path,
            onKey: true,
            message: `${withArticle(kind.title)} is never deleted by the file`,
            hint: 'use `cogsync destroy --target`',
          },
    )
    return []
  })

/** The root's `released`: the keys or ids of what this file no longer owns. */
export const readReleased = (
  value: JsonObject,
  roots: Map<string, Map<string, Block>>,
  registry: Registry,
  report: Report,
): Tombstone[] =>
  Object.entries(value).flatMap(([collection, names]) => {
    const path = ['released', collection]
    if (!registry.roots.has(collection)) {
      const known = [...registry.roots.keys()]
      report({
        code: 'COG1112',
        path,
        onKey: true,
        message: `there is no collection \`${collection}\` to release from, only ${choices(known)}`,
        hint: didYouMean(collection, known),
      })
      return []
    }
    const blocks = roots.get(collection) ?? new Map<string, Block>()
    return [...new Map((names as string[]).map((name, index) => [name, index]))].flatMap(([name, index]) => {
      const at = [...path, index]
      if (!blocks.has(name)) return [{ collection, name, path: at }]
      report({
        code: 'COG1116',
        path: at,
        message: `\`${name}\` is both listed and released`,
        hint: 'to release another one that once had the key, give its id',
      })
      return []
    })
  })

/** Losing one loses everything in it. */
const isPool = (kind: Kind, registry: Registry): boolean =>
  kind.stateful === true && (registry.children.get(kind.name) ?? []).length > 0
