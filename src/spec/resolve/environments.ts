// One environment laid over the file: maps merge, lists and scalars replace, `!remove` removes.
import type { Path } from '../../model.ts'
import { choices, didYouMean } from '../check/suggest.ts'
import type { Entry, MapNode, Node, Report } from '../yaml/tree.ts'

const own = ['account', 'region', 'vars', 'override']
/** What makes the file this file, whatever the environment. */
const fixed = ['version', 'environments']

/** The file as the environment has it; `undefined` when it cannot be told which. */
export const chooseEnvironment = (
  root: MapNode,
  environment: string | undefined,
  report: Report,
): MapNode | undefined => {
  const declared = root.entries.get('environments')
  if (declared === undefined || (declared.value.is === 'scalar' && declared.value.value === null)) {
    if (environment !== undefined)
      report({
        code: 'COG1213',
        path: [],
        message: `the file declares no environments, so there is no \`${environment}\``,
        hint: 'declare it under `environments:`, or leave the option out',
      })
    return root
  }
  if (declared.value.is === 'bad') return undefined
  const path = ['environments']
  if (declared.value.is !== 'map') {
    report({ code: 'COG1102', path, message: '`environments` must be a map of environments' })
    return undefined
  }
  const all = declared.value.entries
  for (const [name, { value }] of all) checkEnvironment(name, value, [...path, name], report)
  const names = [...all.keys()]
  if (environment === undefined) {
    report({
      code: 'COG1211',
      path,
      onKey: true,
      message: `the file has environments: one of ${choices(names)} must be chosen`,
      hint: 'choose one with --env',
    })
    return undefined
  }
  const chosen = all.get(environment)
  if (chosen === undefined) {
    report({
      code: 'COG1212',
      path,
      onKey: true,
      message: `there is no environment \`${environment}\`, only ${choices(names)}`,
      hint: didYouMean(environment, names),
    })
    return undefined
  }
  return chosen.value.is === 'map' ? lay(root, chosen.value, [...path, environment], report) : root
}

const checkEnvironment = (name: string, node: Node, path: Path, report: Report): void => {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(name))
    report({
      code: 'COG1110',
      path,
      onKey: true,
      message: `the environment's name \`${name}\` must be letters, digits, _ and -, at most 64`,
    })
  if (node.is === 'bad' || (node.is === 'scalar' && node.value === null)) return
  if (node.is !== 'map') {
    report({ code: 'COG1102', path, message: `an environment must be a map of ${choices(own)}` })
    return
  }
  for (const [key, { value }] of node.entries) {
    if (!own.includes(key))
      report({
        code: 'COG1101',
        path: [...path, key],
        onKey: true,
        message: `an environment has no \`${key}\`, only ${choices(own)}`,
        hint: didYouMean(key, own) ?? 'settings of an environment stand under `override`',
      })
    const empty = value.is === 'bad' || (value.is === 'scalar' && value.value === null)
    if ((key === 'vars' || key === 'override') && value.is !== 'map' && !empty)
      report({ code: 'COG1102', path: [...path, key], message: `\`${key}\` must be a map` })
    if (key === 'override' && value.is === 'map')
      for (const part of fixed)
        if (value.entries.has(part))
          report({
            code: 'COG1215',
            path: [...path, key, part],
            onKey: true,
            message: `\`${part}\` cannot be overridden`,
          })
  }
}

const lay = (root: MapNode, environment: MapNode, path: Path, report: Report): MapNode => {
  const override = environment.entries.get('override')?.value
  const base: MapNode =
    override?.is === 'map'
      ? mergeMaps(
          root,
          { ...override, entries: new Map([...override.entries].filter(([key]) => !fixed.includes(key))) },
          [...path, 'override'],
          report,
        )
      : { ...root, entries: new Map(root.entries) }
  for (const key of ['account', 'region']) {
    const entry = environment.entries.get(key)
    if (entry !== undefined) base.entries.set(key, entry)
  }
  const vars = environment.entries.get('vars')
  if (vars?.value.is === 'map') {
    const known = base.entries.get('vars')
    base.entries.set(
      'vars',
      known?.value.is === 'map'
        ? { key: known.key, value: mergeMaps(known.value, vars.value, [...path, 'vars'], report) }
        : vars,
    )
  }
  return base
}

const mergeMaps = (base: MapNode, over: MapNode, path: Path, report: Report): MapNode => {
  const entries = new Map(base.entries)
  for (const [key, entry] of over.entries) {
    const merged = mergeEntry(entries.get(key), entry, [...path, key], report)
    if (merged === undefined) entries.delete(key)
    else entries.set(key, merged)
  }
  return { ...base, entries }
}

const mergeEntry = (base: Entry | undefined, over: Entry, path: Path, report: Report): Entry | undefined => {
  if (over.value.is === 'remove') {
    if (base === undefined)
      report({ code: 'COG1214', path, message: `there is no \`${path.at(-1)}\` to remove`, span: over.key })
    return undefined
  }
  if (over.value.is !== 'map') return over
  if (base?.value.is === 'map')
    return { key: base.key, value: mergeMaps(base.value, over.value, path, report) }
  return { key: over.key, value: mergeMaps({ ...over.value, entries: new Map() }, over.value, path, report) }
}
