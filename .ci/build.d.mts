// Types of the build, for the tests that read its graph.

/** One file of the bundle. */
export interface Bundled {
  path: string
  text: string
  /** the sources inside, from the top of the repository */
  inputs: string[]
  /** what it imports at once: files of the bundle, from `dist`, or parts of node */
  imports: string[]
}

export function bundle(): Promise<Bundled[]>
