// What is remembered of parameters, by account and Region.
import { partitionOf } from '../iam/account.ts'
import { type Call, ServiceError, type State } from '../service.ts'
import { makeTable } from '../table.ts'
import { makeKey } from './names.ts'

export interface Version {
  number: number
  value: string
  type: string
  dataType: string
  /** seconds */
  modified: number
}

export interface Parameter {
  name: string
  tier: string
  tags: { [key: string]: string }
  /** oldest first */
  versions: Version[]
}

export type Parameters = Record<string, Parameter>

export function openParameters(state: State, { account, region }: Call): Parameters {
  const slice = state.slice<{ places: Record<string, Parameters> }>('ssm', () => ({ places: makeTable() }))
  const place = `${account}/${region}`
  slice.places[place] ??= makeTable()
  return slice.places[place]
}

/** By its key, never what every object inherits: a parameter may be named "constructor". */
export function findParameter(parameters: Parameters, name: string): Parameter | undefined {
  const key = makeKey(name)
  return Object.hasOwn(parameters, key) ? parameters[key] : undefined
}

/** The error has no text [REC: aws-sdk-js 4330, 2023]. */
export function requireParameter(parameters: Parameters, name: string): Parameter {
  const parameter = findParameter(parameters, name)
  if (parameter === undefined) throw new ServiceError('ParameterNotFound', '')
  return parameter
}

/** Ends where the name's slash begins. */
export function arnPrefix({ account, region }: Call): string {
  return `arn:${partitionOf(region)}:ssm:${region}:${account}:parameter`
}
