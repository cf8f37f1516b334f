// What the variables of a stack are called: the keys of the file, then the output, `customers web clientId`.
import type { Outputs } from '../../model.ts'

export interface Variable {
  /** `CUSTOMERS_WEB_CLIENT_ID` */
  name: string
  address: string
  value: string
}

/** `webApp`, `web-app` → `WEB_APP` */
const upperSnake = (text: string): string =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase()

/** Keys always stand in a name, so that a second pool or client renames nothing. A digit never comes first. */
export const variablesOf = ({ resources }: Outputs, prefix = ''): Variable[] =>
  resources.flatMap(({ address, keys, outputs }) =>
    outputs.map(({ name, value }) => ({
      name: `${prefix}${[...keys, name].map(upperSnake).join('_')}`.replace(/^(?=\d)/, '_'),
      address,
      value,
    })),
  )

/** The first name that two outputs would share. */
export const clashIn = (variables: readonly Variable[]): [Variable, Variable] | undefined => {
  const seen = new Map<string, Variable>()
  for (const variable of variables) {
    const other = seen.get(variable.name)
    if (other !== undefined) return [other, variable]
    seen.set(variable.name, variable)
  }
  return undefined
}
