// `a ${b} c`: text and references, in order.
export type Part = { text: string } | { reference: string; raw: string } | { broken: string }

/** A string, cut at its references. */
export const cut = (text: string): Part[] => {
  const parts: Part[] = []
  let at = 0
  for (;;) {
    const open = text.indexOf('${', at)
    if (open < 0) break
    if (open > at && text[open - 1] === '$') {
      parts.push({ text: `${text.slice(at, open - 1)}\${` })
      at = open + 2
      continue
    }
    if (open > at) parts.push({ text: text.slice(at, open) })
    const close = text.indexOf('}', open)
    if (close < 0) {
      parts.push({ broken: text.slice(open) })
      return parts
    }
    parts.push({ reference: text.slice(open + 2, close), raw: text.slice(open, close + 1) })
    at = close + 1
  }
  if (at < text.length) parts.push({ text: text.slice(at) })
  return parts
}
