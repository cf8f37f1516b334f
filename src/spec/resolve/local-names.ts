// Settings that name a resource of the file by its bare path: `client: customers.web`.

import type { JsonObject, Path, Term } from '../../model.ts'
import type { Field } from '../../table/kind.ts'
import { didYouMean, withArticle } from '../check/suggest.ts'
import type { Block, Outline } from '../read/outline.ts'
import { isObject, isTerm, refTo } from '../read/terms.ts'
import type { Report } from '../yaml/tree.ts'

/** AWS's own names of login providers, which no local path can be. */
export const isProviderText = (name: string): boolean => /[/:]/.test(name) || name.endsWith('.com')

/** Whether a setting of the parent is the key of the block, word for word. */
export const isNamedAbove = ({ key, parent }: Block, settings: readonly string[]): boolean =>
  settings.some(setting => {
    const node = parent?.stated.get(setting)?.node
    return node?.is === 'scalar' && node.value === key
  })

/** The resource of a kind that a bare path names. */
export const findBare = (path: string, kind: string, outline: Outline): Block | undefined =>
  outline.bare.get(kind)?.get(path)

/** Says that a bare path names nothing. */
export const reportBare = (
  name: string,
  kind: string,
  at: { path: Path; onKey?: boolean },
  outline: Outline,
  report: Report,
): void => {
  const { title, example } = {
    title: outline.registry.byName.get(kind)?.title ?? kind,
    example: outline.bare.get(kind)?.keys().next().value,
  }
  report({
    code: 'COG1210',
    ...at,
    message: `\`${name}\` names no ${title} of this file`,
    hint:
      didYouMean(name, outline.bare.get(kind)?.keys() ?? []) ??
      (example === undefined ? undefined : `${withArticle(title)} is named like \`${example}\``),
  })
}

/** The value with its bare paths as references; `undefined` when one names nothing. */
export const resolveBare = (
  value: Term,
  bare: NonNullable<Field['bare']>,
  path: Path,
  outline: Outline,
  report: Report,
): Term | undefined => {
  if (bare.at === 'key' || bare.at === '{key}') return resolveKeys(value, bare.kind, path, outline, report)
  return resolveAt(
    value,
    bare.at
      .replaceAll('[]', '.[]')
      .split('.')
      .filter(part => part !== ''),
    bare.kind,
    path,
    outline,
    report,
  )
}

const resolveKeys = (
  value: Term,
  kind: string,
  path: Path,
  outline: Outline,
  report: Report,
): Term | undefined => {
  if (!isObject(value) || isTerm(value)) return value
  let [some, whole] = [false, true]
  const entries = Object.entries(value).map(([key, item]): Term => {
    const target = findBare(key, kind, outline)
    if (target !== undefined) some = true
    else if (!isProviderText(key)) {
      reportBare(key, kind, { path: [...path, key], onKey: true }, outline, report)
      whole = false
    }
    return [target === undefined ? key : refTo(target.address), item]
  })
  return !whole ? undefined : some ? { $entries: entries } : value
}

const resolveAt = (
  value: Term,
  parts: readonly string[],
  kind: string,
  path: Path,
  outline: Outline,
  report: Report,
): Term | undefined => {
  const [part, ...rest] = parts
  if (part === undefined) {
    if (typeof value !== 'string') return value
    const target = findBare(value, kind, outline)
    if (target === undefined) reportBare(value, kind, { path }, outline, report)
    return target === undefined ? undefined : refTo(target.address)
  }
  if (part === '[]') {
    if (!Array.isArray(value)) return value
    const items = value.map((item, index) => resolveAt(item, rest, kind, [...path, index], outline, report))
    return items.some(item => item === undefined) ? undefined : (items as Term[])
  }
  if (!isObject(value) || isTerm(value)) return value
  const object: JsonObject = { ...value }
  for (const key of part === '*' ? Object.keys(value) : [part]) {
    const item = value[key]
    if (item === undefined) continue
    const resolved = resolveAt(item, rest, kind, [...path, key], outline, report)
    if (resolved === undefined) return undefined
    object[key] = resolved
  }
  return object
}
