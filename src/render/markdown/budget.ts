// Fitting into a limit: what must be there, and of the rest whole pieces in order, never half of one.

export interface Budget {
  /** the most there may be, in the unit of `size` */
  most: number
  /** characters for a comment, bytes for a job summary */
  size: (text: string) => number
}

/** GitHub's limit of a comment is 65,536 characters; what its API counts otherwise has room in the rest. */
export const commentBudget: Budget = { most: 60_000, size: text => text.length }
/** A job summary over 1 MiB is dropped whole, and all steps of a job share it. */
export const summaryBudget: Budget = { most: 900_000, size: text => Buffer.byteLength(text) }
export const noBudget: Budget = { most: Number.POSITIVE_INFINITY, size: text => text.length }

/** The pieces that fit, in order, and how many do not. One that is too long by itself lets the next ones in. */
export const fitting = (
  pieces: readonly string[],
  { most, size }: Budget,
): { kept: string[]; left: number; used: number } => {
  const kept: string[] = []
  let used = 0
  for (const piece of pieces) {
    const more = size(piece) + 1
    if (used + more > most) continue
    kept.push(piece)
    used += more
  }
  return { kept, left: pieces.length - kept.length, used }
}
