// How the tests run: files side by side in worker threads, no globals, generous timeouts for slow machines.
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes long, the longest first: a folder, or how a file's path begins. */
const long = [
  'import/law',
  'hostile/hostile-answers',
  'faults/',
  'hostile/',
  'laws/',
  'spec/fuzz',
  'journeys/',
]

/** Begins with what takes long, so that no core is idle at the end. Vitest itself knows that after the first run only. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = long.findIndex(start => moduleId.includes(`/test/${start}`))
      return found === -1 ? long.length : found
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

/** Tests of random cases: `npm run test:long` tries others, and more of those that take long. */
const random = [
  'test/import/{law,law-into}.test.ts',
  'test/laws/{drift,interleavings,whole}.test.ts',
  'test/journeys/histories.test.ts',
  'test/action/trust.test.ts',
  'test/hostile/{edited-plans,hostile-files,redact,secret-flows,valid-files}.test.ts',
]

/** How many cases of each, and from which seed; both can be given. */
const longEnv = () => {
  const {
    COGSYNC_PROPERTY_RUNS = '20',
    COGSYNC_PROPERTY_SEED = '20261201',
    COGSYNC_IMPORT_RUNS = '300',
  } = process.env
  return { COGSYNC_PROPERTY_RUNS, COGSYNC_PROPERTY_SEED, COGSYNC_IMPORT_RUNS }
}

export default defineConfig(({ mode }) => ({
  test: {
    include: mode === 'long' ? random : ['test/**/*.test.ts'],
    testTimeout: mode === 'long' ? 1_200_000 : 30_000,
    hookTimeout: 30_000,
    pool: 'threads',
    // modules are loaded once for each thread, not once for each file: a third of the suite's time was loading
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // so what a test puts into the environment goes with it
    unstubEnvs: true,
    // every core: by default one is left idle, which on two cores is half of them
    maxWorkers: '100%',
    env: { AWS_EC2_METADATA_DISABLED: 'true', NO_COLOR: '1', ...(mode === 'long' && longEnv()) },
  },
}))
