// Secrets kept out of everything that leaves the run. The runner masks the log and the summary only: comments,
// files and issues are ours to keep clean.

export interface Redactor {
  /** from now on this never leaves */
  hide(secret: string | undefined): void
  text(text: string): string
  /** the same value with every text in it clean */
  deep<T>(value: T): T
}

/** Shorter ones would black out half of every text, and protect nothing. */
const shortest = 6

export const openRedactor = (): Redactor => {
  const secrets = new Set<string>()
  const text = (all: string) =>
    [...secrets]
      .toSorted((a, b) => b.length - a.length)
      .reduce((left, secret) => left.split(secret).join('***'), all)
  return {
    hide: secret => {
      if (secret !== undefined && secret.length >= shortest) secrets.add(secret)
    },
    text,
    deep: value =>
      JSON.parse(JSON.stringify(value), (_key, one: unknown) => (typeof one === 'string' ? text(one) : one)),
  }
}
