// Types of the build, for the test that reads its graph.
import type { BuildResult } from 'esbuild'

export function bundle(): Promise<BuildResult<{ metafile: true; write: false }>>
