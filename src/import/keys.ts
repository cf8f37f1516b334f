// Local keys from names in AWS: short, readable, and each once.

/** Letters that no decomposition turns into ASCII. */
const letters: { [letter: string]: string } = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
}

const longest = 64
const isKey = (name: string): boolean => /^[A-Za-z0-9_-]{1,64}$/.test(name) && !reserved.has(name)
const reserved = new Set(['__proto__', 'constructor', 'prototype'])

/** A name as a local key: as it is if it can be one, else in lower case with hyphens; `fallback` if nothing is left. */
export const keyFrom = (name: string, fallback: string): string => {
  if (isKey(name)) return name
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\x00-\x7f]/g, letter => letters[letter] ?? '-')
    .replace(/[^a-z0-9_]+/g, '-')
    .slice(0, longest)
    .replace(/^[-_]+|[-_]+$/g, '')
  return isKey(plain) ? plain : fallback
}

/** The name without the stack's in front: `shop-customers` of stack `shop` is `customers`. */
export const withoutStack = (name: string, stack: string): string => {
  const begins = name.toLowerCase().startsWith(stack.toLowerCase())
  const rest = begins ? /^[-_. ]+([A-Za-z].*)$/.exec(name.slice(stack.length))?.[1] : undefined
  return rest ?? name
}

/** The key, with a number if it is taken; takes it. */
export const claimed = (key: string, taken: Set<string>): string => {
  const free = (number: number): string => {
    const tail = number === 1 ? '' : `-${number}`
    const candidate = `${key.slice(0, longest - tail.length)}${tail}`
    return taken.has(candidate) ? free(number + 1) : candidate
  }
  const found = free(1)
  taken.add(found)
  return found
}

/** The name of an environment variable: `customers-google` and `client_secret` → `CUSTOMERS_GOOGLE_CLIENT_SECRET`. */
export const variableFrom = (...parts: string[]): string =>
  parts
    .join('_')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^(\d)/, '_$1')
    .toUpperCase()
