import { defineConfig } from '@playwright/test'
import { launchOptions } from './e2e/support/browser.ts'

/**
 * Browser flows against the production build. `e2e/support/console-under-test.ts` starts one
 * product on free ports for all of them.
 */
export default defineConfig({
  testDir: 'e2e/console',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  globalSetup: './e2e/support/console-under-test.ts',
  fullyParallel: true,
  // Two cores have to carry browsers, console and broker; flows wait for samples a third of their time.
  workers: 3,
  // For what never comes: a machine that is busy with something else takes several times as long.
  timeout: 180_000,
  expect: { timeout: 40_000 },
  reporter: [['list']],
  use: {
    // Read in the workers, which start after the global set-up has put it there.
    baseURL: process.env.TRIBUTARY_CONSOLE_URL,
    screenshot: 'only-on-failure',
    // Recording one takes a quarter of the processor time, and is thrown away nearly always: of a flow
    // that failed its picture and its page in words are kept, and `--trace on` records it again.
    trace: 'off',
    launchOptions,
  },
})
