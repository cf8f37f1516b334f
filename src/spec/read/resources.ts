// Blocks → Desired: every stated value understood, checked against its row, and completed by what it implies.
import type { Address, Desired, Path, SecretPlace, Term, Tombstone } from '../../model.ts'
import { findProblems, show } from '../check/issues.ts'
import { withArticle } from '../check/suggest.ts'
import { findBare, isNamedAbove, isProviderText, reportBare, resolveBare } from '../resolve/local-names.ts'
import type { Resolve } from '../resolve/references.ts'
import type { Report } from '../yaml/tree.ts'
import type { Head } from './head.ts'
import { readMeta } from './lifecycle-keys.ts'
import type { Block, Outline, Stated } from './outline.ts'
import { hasFiles, isFileAt, isIam } from './schema-walk.ts'
import { isObject, isSecret, isWhole, refTo, same } from './terms.ts'

export interface Resources {
  desired: Desired[]
  removed: Tombstone[]
}

export const readResources = (outline: Outline, head: Head, resolve: Resolve, report: Report): Resources => {
  const resources: Resources = { desired: [], removed: [] }
  const extra = new Map<Block, Partial<Desired>>()
  const places = new Map<string, Address>()
  for (const block of outline.all) {
    const meta = readMeta(block, outline, resolve, report)
    for (const [facet, part] of meta.facets) extra.set(facet, part)
    resources.removed.push(...meta.removed)
    const spec = block.existing ? {} : readSpec(block, outline, head, resolve, report)
    resources.desired.push({
      address: block.address,
      kind: block.kind.name,
      key: block.key,
      path: block.path,
      ...(block.parent !== undefined && { parent: block.parent.address }),
      spec,
      ...meta.own,
      ...extra.get(block),
    })
    checkDelivery(block, spec, meta.own.secretTo, places, report)
  }
  return resources
}

/** Only a secret that AWS makes is delivered, and each to a place of its own. */
const checkDelivery = (
  block: Block,
  spec: Desired['spec'],
  to: SecretPlace | undefined,
  places: Map<string, Address>,
  report: Report,
): void => {
  if (to === undefined) return
  const place = JSON.stringify(to)
  const twin = places.get(place)
  if (twin === undefined) places.set(place, block.address)
  const when = block.kind.issued?.when
  if (when === undefined || block.broken.has(when)) return
  const path = [...block.path, 'clientSecretTo']
  if (spec[when] !== true)
    report({
      code: 'COG1120',
      path,
      onKey: true,
      message: `\`${block.address}\` has no secret of AWS's making to deliver: \`${when}: true\` is not stated`,
      hint: block.existing
        ? 'its secret is for its owners to deliver'
        : `add \`${when}: true\`, or take this out`,
    })
  if (twin !== undefined)
    report({
      code: 'COG1121',
      path,
      message: `\`${twin}\` has its secret delivered to the same place`,
      hint: 'give each a place of its own',
    })
}

const readSpec = (
  block: Block,
  outline: Outline,
  head: Head,
  resolve: Resolve,
  report: Report,
): Desired['spec'] => {
  const spec: Desired['spec'] = {}
  for (const stated of block.stated.values()) {
    const term = readValue(stated, block, outline, resolve, report)
    if (term === undefined) block.broken.add(stated.field.path)
    else spec[stated.field.path] = term
  }
  fromKey(block, spec, outline, report)
  addImplied(block, spec, report)
  addTags(block, spec, head, report)
  for (const field of Object.values(block.kind.natural ?? {}))
    if ((spec[field] === undefined || spec[field] === null) && !block.broken.has(field))
      report({
        code: 'COG1105',
        path: block.path,
        onKey: true,
        message: `\`${field}\` is missing: ${withArticle(block.kind.title)} is found by it`,
      })
  return spec
}

/** A stated value as a term; `undefined` when something about it was refused. */
const readValue = (
  { field, node, path }: Stated,
  block: Block,
  outline: Outline,
  resolve: Resolve,
  report: Report,
): Term | undefined => {
  const term = resolve(node, path, {
    block,
    iam: isIam(field),
    ...(hasFiles(field) && { bytes: at => isFileAt(field.schema(), at.slice(path.length)) }),
  })
  if (term === undefined || term === null) return term
  if (Array.isArray(term) && term.length === 0 && (field.empty === 'default' || field.empty === 'refused')) {
    report({
      code: 'COG1107',
      path,
      message:
        field.empty === 'default'
          ? `\`${field.path}: []\` would not mean empty: AWS takes it for its default`
          : `\`${field.path}: []\` is refused by AWS`,
      hint: 'leave it out, or write null, for the default',
    })
    return undefined
  }
  if (field.secret === true && typeof term === 'string') {
    report({
      code: 'COG1220',
      path,
      message: `\`${field.path}\` holds a secret, which must not stand in the file`,
      hint: 'declare it under `secrets:` and write `${secret.name}`',
    })
    return undefined
  }
  const plain = isObject(term) ? field.secretKeys?.find(key => typeof term[key] === 'string') : undefined
  if (plain !== undefined) {
    report({
      code: 'COG1220',
      path: [...path, plain],
      message: `\`${field.path}.${plain}\` holds a secret, which must not stand in the file`,
      hint: 'declare it under `secrets:` and write `${secret.name}`',
    })
    return undefined
  }
  const misplaced = field.secret === true ? undefined : secretIn(withoutKeys(term, field.secretKeys), path)
  if (misplaced !== undefined) {
    report({
      code: 'COG1207',
      path: misplaced,
      message: `\`${field.path}\` would show the secret: secrets go only where a secret belongs`,
    })
    return undefined
  }
  const problems = findProblems({
    schema: field.schema(),
    value: term,
    path,
    node,
    secret: field.secret === true,
  })
  for (const problem of problems) report(problem)
  const value = field.bare === undefined ? term : resolveBare(term, field.bare, path, outline, report)
  return problems.length === 0 && isWhole(term) ? value : undefined
}

/** The value without the entries in which a secret is in its place. */
const withoutKeys = (term: Term, keys: readonly string[] | undefined): Term =>
  keys === undefined || !isObject(term)
    ? term
    : Object.fromEntries(
        Object.entries(term).filter(([key, item]) => !(keys.includes(key) && isSecret(item))),
      )

const secretIn = (term: Term, path: Path): Path | undefined => {
  if (isSecret(term)) return path
  if (Array.isArray(term))
    return firstOf(
      term.map((item, index) => [index, item]),
      path,
    )
  return isObject(term) ? firstOf(Object.entries(term), path) : undefined
}

const firstOf = (entries: [string | number, Term][], path: Path): Path | undefined => {
  for (const [key, item] of entries) {
    const found = secretIn(item, [...path, key])
    if (found !== undefined) return found
  }
  return undefined
}

/** Where the key itself is a setting. */
const fromKey = (block: Block, spec: Desired['spec'], outline: Outline, report: Report): void => {
  const { place } = block.kind
  if (place.form !== 'map' || place.bareKey === undefined) return
  const { kind, attribute, field, names = [] } = place.bareKey
  const target = findBare(block.key, kind, outline)
  const value = target === undefined ? block.key : refTo(target.address, attribute)
  if (target === undefined && !isProviderText(block.key) && !isNamedAbove(block, names)) {
    reportBare(block.key, kind, { path: block.path, onKey: true }, outline, report)
    block.broken.add(field)
  } else if (spec[field] !== undefined && !same(spec[field], value))
    report({
      code: 'COG1108',
      path: [...block.path, field],
      message: `\`${field}\` contradicts the key \`${block.key}\`, which says it already`,
      hint: 'leave it out',
    })
  else spec[field] = value
}

const addImplied = (block: Block, spec: Desired['spec'], report: Report): void => {
  for (const field of block.kind.fields) {
    if (field.implied === undefined || block.broken.has(field.path)) continue
    const implied = field.implied(spec, block.key)
    if (implied === undefined) continue
    const stated = spec[field.path]
    if (stated === undefined || stated === null) spec[field.path] = implied
    // a name that differs from the key is what names are for
    else if (field.path !== block.kind.nameField && !same(stated, implied))
      report({
        code: 'COG1108',
        path: block.stated.get(field.path)?.path ?? block.path,
        message: `\`${field.path}: ${show(stated)}\` contradicts what the other settings imply: ${show(implied)}`,
        hint: 'leave it out, or change the settings that imply it',
      })
  }
}

/** The file's tags under the resource's own. */
const addTags = (block: Block, spec: Desired['spec'], head: Head, report: Report): void => {
  const field = block.kind.fields.find(field => field.path === block.kind.tags)
  if (field === undefined || !head.tagsStated || block.broken.has(field.path)) return
  const own = spec[field.path]
  const merged = { ...head.tags, ...(isObject(own) ? own : {}) }
  const path = block.stated.get(field.path)?.path
  const problems = findProblems({ schema: field.schema(), value: merged, path: path ?? ['tags'] })
  for (const { code, message } of problems.slice(0, 1))
    report({
      code,
      message: `together with the file's tags, those of \`${block.address}\` do not fit: ${message}`,
      path: path ?? ['tags'],
      onKey: true,
    })
  spec[field.path] = merged
}
