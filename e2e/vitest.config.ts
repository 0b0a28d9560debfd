import { defineConfig } from 'vitest/config'

/** The heavy suites: each file drives a whole product, so they run one after another. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['e2e/{boot,clients,crash,soak}/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    teardownTimeout: 20_000,
  },
})
