// The file as a tree, before it is text: branches, leaves, and what is said about them.
import type { Path, Term } from '../model.ts'

export interface Leaf {
  is: 'leaf'
  value: Term
  /** lines above */
  before: string[]
  /** at the end of the line */
  beside?: string
}

export interface Branch {
  is: 'branch'
  entries: Map<string, Leaf | Branch>
  before: string[]
  /** lines under its last entry */
  after: string[]
  /** an empty line above */
  gap: boolean
  /** several lines, however short */
  open: boolean
}

export const branch = (more: Partial<Branch> = {}): Branch => ({
  is: 'branch',
  entries: new Map(),
  before: [],
  after: [],
  gap: false,
  open: false,
  ...more,
})

export const leaf = (value: Term, more: Partial<Leaf> = {}): Leaf => ({
  is: 'leaf',
  value,
  before: [],
  ...more,
})

/** The branch at a path, made as needed. */
export const branchAt = (root: Branch, path: Path): Branch =>
  path.reduce<Branch>((at, part) => {
    const there = at.entries.get(String(part))
    if (there?.is === 'branch') return there
    const made = branch()
    at.entries.set(String(part), made)
    return made
  }, root)

export const put = (root: Branch, path: Path, value: Term, more: Partial<Leaf> = {}): void => {
  branchAt(root, path.slice(0, -1)).entries.set(String(path.at(-1)), leaf(value, more))
}
