// Outputs for people: one block per resource, values ready to be copied.
import type { Limit, Outputs } from '../../model.ts'
import { safe } from '../printable.ts'
import { targetText } from '../text/plan.ts'
import { plain, type Style } from '../text/style.ts'

export interface TableOptions {
  style?: Style
  /** a kind's title: `app client` */
  title?: (kind: string) => string
}

export const renderOutputs = (
  { target, resources, limits }: Outputs,
  { style = plain, title = kind => kind }: TableOptions = {},
): string => {
  const told = resources.filter(({ outputs }) => outputs.length > 0)
  const width = Math.max(...told.flatMap(({ outputs }) => outputs.map(output => output.title.length)))
  const blocks = told.map(({ address, kind, outputs }) =>
    [
      `${style.bold(safe(address))}  ${style.dim(title(kind))}`,
      ...outputs.map(output => `    ${style.dim(output.title.padEnd(width))}  ${safe(output.value)}`),
    ].join('\n'),
  )
  const rates = limits === undefined ? [] : [limitsText(limits, style)]
  return `${[style.dim(targetText(target)), ...blocks, ...rates].join('\n\n')}\n`
}

/** The same for every pool of the account in the Region. */
const limitsText = (limits: readonly Limit[], style: Style): string => {
  const width = Math.max(...limits.map(({ category }) => category.length))
  return [
    `${style.bold('requests a second')}  ${style.dim('all pools of the account in this Region together')}`,
    ...limits.map(
      ({ category, provisioned, free }) =>
        `    ${style.dim(safe(category).padEnd(width))}  ${provisioned}${provisioned === free ? '' : ` (${free} are free)`}`,
    ),
  ].join('\n')
}
