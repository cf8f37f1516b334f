// What an example of a rule is: values that break it, and values beside them that do not.
import type { Context, Values, Violation } from '../../src/table/kind.ts'

export interface Surroundings {
  key?: string
  region?: string
  account?: string
  partition?: string
  creating?: boolean
  complete?: boolean
  parent?: Values
  /** by kind */
  siblings?: { [kind: string]: { key: string; values: Values }[] }
  address?: string
  peers?: { [kind: string]: { address: string; values: Values }[] }
}

export interface Example {
  code: string
  /** where it points */
  field: string
  severity?: 'warning'
  bad: Values
  good: Values
  /** around both; `goodIn` around the good one alone */
  in?: Surroundings
  goodIn?: Surroundings
}

export type Check = (values: Values, context: Context) => Violation[]

export const contextOf = ({ siblings = {}, peers = {}, ...surroundings }: Surroundings = {}): Context => ({
  key: 'main',
  address: 'userPools.main',
  region: 'eu-west-1',
  account: '111122223333',
  partition: 'aws',
  creating: true,
  complete: true,
  ...surroundings,
  siblings: kind => siblings[kind] ?? [],
  peers: kind => peers[kind] ?? [],
})
