// A secret in the ways that a message may quote it: whole, as JSON or a URL spells it, and by its lines.

/** A line of a secret that is shorter says nothing, and may be a word. */
const shortest = 16

/** The longest first, so that none is left in pieces of another. */
export const formsOf = (secret: string): string[] => {
  const lines = secret.split(/\r?\n/)
  const parts =
    lines.length > 1 ? lines.filter(line => line.length >= shortest && !line.startsWith('-----')) : []
  const forms = [secret, ...parts].flatMap(part => [
    part,
    JSON.stringify(part).slice(1, -1),
    encodeURIComponent(part),
  ])
  return [...new Set(forms)].filter(form => form !== '').sort((a, b) => b.length - a.length)
}
