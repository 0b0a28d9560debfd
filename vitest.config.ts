import { defineConfig } from 'vitest/config'

/** `npx vitest run <path>`: everything beside the sources. What starts a product is in `e2e/`. */
export default defineConfig({
  test: {
    include: ['**/*.test.{ts,tsx,mjs}'],
    exclude: [
      '**/node_modules/**',
      '**/generated/**',
      'dist/**',
      '.next*/**',
      'e2e/{boot,clients,crash,console}/**',
      'e2e/soak/soak.test.ts',
    ],
    environment: 'node',
    // Modules of ours keep no state that a test could leave behind, and loading them anew for each of
    // 235 files took longer than half of the tests: 169 s became 74 s on two cores.
    isolate: false,
    // Tests wait for events with deadlines of their own; this one only catches what never ends.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    env: { NODE_ENV: 'test' },
  },
  esbuild: { jsx: 'automatic' },
  resolve: { alias: { '@': import.meta.dirname } },
})
