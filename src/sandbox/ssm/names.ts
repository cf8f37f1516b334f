// Names of parameters, as paths, and as requests select one of their versions.
import { ServiceError } from '../service.ts'

/** Fifteen levels is the limit [D]. */
const DEEPEST = 15

const rules =
  'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_'

export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message)
}

/** A name with more than one level begins with a slash; one without levels may [REC: localstack tests; aws-sdk-js-v3 5005]. */
export function requireName(name: string): void {
  const plain = /^\/?[a-zA-Z0-9_.-]+$/.test(name)
  const path = /^(\/[a-zA-Z0-9_.-]+)+$/.test(name)
  if (!plain && !path) throw invalid(rules)
}

/** What only holds for a name that is being given. */
export function requireNewName(name: string): void {
  requireName(name)
  const levels = name.split('/').filter(level => level !== '')
  const first = levels[0]?.toLowerCase() ?? ''
  if (first.startsWith('aws') && levels.length > 1) {
    throw new ServiceError('AccessDeniedException', `No access to reserved parameter name: ${name}.`)
  }
  if ((first.startsWith('aws') || first.startsWith('ssm')) && levels.length === 1) {
    throw invalid('Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).')
  }
  if (first.startsWith('ssm')) throw invalid(rules)
  if (levels.length > DEEPEST) {
    throw new ServiceError(
      'HierarchyLevelLimitExceededException',
      `The hierarchy of a parameter name can have a maximum of ${DEEPEST} levels.`,
    )
  }
}

/** The key of a parameter: `x` and `/x` are the same one, for they share an ARN. */
export function makeKey(name: string): string {
  return name.replace(/^\//, '')
}

export interface Selected {
  name: string
  /** `:3`, as it was asked for */
  selector?: string
}

/** Reads a name, or an ARN of the place given, either perhaps with a version. */
export function readSelected(text: string, prefix: string): Selected & { byArn: boolean } {
  const byArn = text.startsWith(prefix)
  const rest = byArn ? text.slice(prefix.length) : text
  const colon = rest.indexOf(':')
  const path = colon < 0 ? rest : rest.slice(0, colon)
  const levels = path.split('/').length
  // The ARN of a parameter without levels has a slash that its name has not.
  const name = byArn && levels === 2 ? path.slice(1) : path
  return colon < 0 ? { name, byArn } : { name, byArn, selector: rest.slice(colon) }
}
