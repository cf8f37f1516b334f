// The order in which a Java hash set yields strings: AWS shows it wherever a set was not sorted.

/** Java's `String.hashCode`, spread over the low bits as `HashMap` does. */
function spreadHash(text: string): number {
  let hash = 0
  for (let index = 0; index < text.length; index++) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0
  }
  return hash ^ (hash >>> 16)
}

/** How many buckets the table has once it holds `size` entries: 16, doubled beyond three quarters full. */
function countBuckets(size: number): number {
  let buckets = 16
  while (size > buckets * 0.75) buckets *= 2
  return buckets
}

/** The distinct texts in hash-set order: buckets ascending, equal buckets in the order given. */
export function orderAsHashSet(texts: readonly string[]): string[] {
  const distinct = [...new Set(texts)]
  const mask = countBuckets(distinct.length) - 1
  return distinct
    .map((text, position) => ({ text, position, bucket: spreadHash(text) & mask }))
    .sort((left, right) => left.bucket - right.bucket || left.position - right.position)
    .map(entry => entry.text)
}

/** Plain ascending order by UTF-16 code units, as AWS sorts in its reads. */
export function orderAscending(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compareText)
}

export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
