// The one place where deep-diff is used: whether two canonical values differ.
import deepDiff from 'deep-diff'
import type { Term } from '../model.ts'

const isPlain = (value: Term | undefined): boolean => typeof value !== 'object' || value === null

/** Whether two values in canonical form differ; `undefined` differs from everything but itself. */
export const differs = (before: Term | undefined, after: Term | undefined): boolean =>
  before !== after && (isPlain(before) || isPlain(after) || deepDiff.diff(before, after) !== undefined)
