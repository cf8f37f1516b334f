// Colours as a value: a plain style writes the text as it is, so that no rendering asks about terminals.
import colors from 'picocolors'

type Paint = (text: string) => string

export interface Style {
  bold: Paint
  dim: Paint
  red: Paint
  green: Paint
  yellow: Paint
  blue: Paint
  magenta: Paint
  cyan: Paint
}

const make = (enabled: boolean): Style => {
  const { bold, dim, red, green, yellow, blue, magenta, cyan } = colors.createColors(enabled)
  return { bold, dim, red, green, yellow, blue, magenta, cyan }
}

export const plain: Style = make(false)
export const coloured: Style = make(true)
