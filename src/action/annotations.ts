// Remarks on the lines of the file: what is wrong with it, and what about the plan is dangerous.
import type { Change, Diagnostic } from '../model.ts'
import { byRisk, type Risk, risks, risksOf } from '../render/risk.ts'
import type { PlaceOf } from '../render/text/plan.ts'
import type { Annotation, Level } from './runner.ts'

type Located = Annotation & { line: number }

const ofDiagnostic = ({ severity, code, message, hint, at }: Diagnostic): Annotation => ({
  level: severity === 'note' ? 'notice' : severity,
  title: code,
  message: hint === undefined ? message : `${message}\n${hint}`,
  ...(at && { file: at.file, line: at.line, endLine: at.endLine ?? at.line }),
})

const worthALine: readonly Risk[] = [
  'blocked',
  'deletes',
  'login-breaking',
  'security-loosening',
  'irreversible',
]

/** Where what a change does to one setting is written, or the resource if the setting is nowhere. */
const ofChange = (change: Change, placeOf: PlaceOf): Located[] => {
  const one = (level: Level, path: string | undefined, title: string, message: string): Located[] => {
    const place = placeOf([...change.path, ...(path === undefined ? [] : path.split('.'))])
    const [, file, line] = /^(.*):(\d+)$/.exec(place ?? '') ?? []
    return file === undefined ? [] : [{ level, title, message, file, line: Number(line) }]
  }
  const own = risksOf(change).find(risk => worthALine.includes(risk))
  const dangerous = change.fields.flatMap(({ path, impact }) => {
    const risk = worthALine.find(each => impact.some(label => label === each))
    return risk === undefined
      ? []
      : one('warning', path, `${risk}: ${change.address}`, `${path} changes: ${risks[risk].means}`)
  })
  const blocked = change.blocked.flatMap(({ path, reason, remedy }) =>
    one('error', path, `blocked: ${change.address}`, `${path}: ${reason}\n${remedy}`),
  )
  const whole =
    own !== undefined && dangerous.length + blocked.length === 0 && change.action !== 'create'
      ? one('warning', undefined, `${own}: ${change.address}`, `${change.action}: ${risks[own].means}`)
      : []
  return [...blocked, ...whole, ...dangerous]
}

/** What to write beside the lines, in the order of the file. */
export const annotationsOf = (
  diagnostics: readonly Diagnostic[],
  changes: readonly Change[],
  placeOf: PlaceOf,
): Annotation[] => [
  ...diagnostics.filter(({ severity }) => severity !== 'note').map(ofDiagnostic),
  ...changes.toSorted(byRisk).flatMap(change => ofChange(change, placeOf)),
]
