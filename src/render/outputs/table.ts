// Outputs for people: one block per resource, values ready to be copied.
import type { Outputs } from '../../model.ts'
import { safe } from '../safe.ts'
import { plain, type Style } from '../style.ts'
import { targetText } from '../text.ts'

export interface TableOptions {
  style?: Style
  /** a kind's title: `app client` */
  title?: (kind: string) => string
}

export const renderOutputs = (
  { target, resources }: Outputs,
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
  return `${[style.dim(targetText(target)), ...blocks].join('\n\n')}\n`
}
