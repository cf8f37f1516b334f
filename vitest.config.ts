// How the tests run: files side by side in worker threads, no globals, generous timeouts for slow machines.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'threads',
    // modules are loaded once for each thread, not once for each file: a third of the suite's time was loading
    isolate: false,
    // so what a test puts into the environment goes with it
    unstubEnvs: true,
    // every core: by default one is left idle, which on two cores is half of them
    maxWorkers: '100%',
    env: { AWS_EC2_METADATA_DISABLED: 'true', NO_COLOR: '1' },
  },
})
