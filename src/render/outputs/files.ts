// Outputs as files that other programs read: JSON by address, dotenv, Terraform variables.
import type { Outputs } from '../../model.ts'
import { safe, safeJson } from '../printable.ts'
import type { Variable } from './names.ts'

/** `{ "userPools.customers": { "userPoolId": "…" } }` */
export const byAddress = ({ resources }: Outputs): { [address: string]: { [output: string]: string } } =>
  Object.fromEntries(
    resources
      .filter(({ outputs }) => outputs.length > 0)
      .map(({ address, outputs }) => [
        address,
        Object.fromEntries(outputs.map(({ name, value }) => [name, value])),
      ]),
  )

export const renderOutputsJson = (outputs: Outputs): string => `${safeJson(byAddress(outputs))}\n`

/**
 * Quoted only where a shell would take the text apart, since some readers of such files (`docker --env-file`)
 * take quotes for part of the value. Single quotes, so that nothing in it is expanded.
 */
const dotenvValue = (value: string): string =>
  /^[\w./:@%+,=-]*$/.test(value)
    ? value
    : value.includes("'")
      ? `"${value.replace(/[\\"$`]/g, '\\$&')}"`
      : `'${value}'`

export const renderDotenv = (variables: readonly Variable[]): string =>
  variables.map(({ name, value }) => `${name}=${dotenvValue(safe(value))}\n`).join('')

/** The JSON form of a variables file. */
export const renderTfvars = (variables: readonly Variable[]): string =>
  `${safeJson(Object.fromEntries(variables.map(({ name, value }) => [name.toLowerCase(), value])))}\n`
