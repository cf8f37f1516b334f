// Patterns in which `*` is any text and `?` any character, as IAM compares them.

/**
 * Whether a text is what a pattern says; `isOne`: what `?` may stand for. Goes back to the last `*` only, which is
 * enough, so that no pattern is slow.
 */
export const matchesWild = (
  pattern: string,
  text: string,
  isOne: (character: string) => boolean = () => true,
): boolean => {
  const [wanted, found] = [Array.from(pattern), Array.from(text)]
  let [at, place, star, from] = [0, 0, -1, 0]
  while (place < found.length) {
    if (wanted[at] === '*') {
      star = at++
      from = place
    } else if (
      at < wanted.length &&
      (wanted[at] === found[place] || (wanted[at] === '?' && isOne(found[place] as string)))
    ) {
      at++
      place++
    } else if (star >= 0) {
      at = star + 1
      place = ++from
    } else return false
  }
  while (wanted[at] === '*') at++
  return at === wanted.length
}
