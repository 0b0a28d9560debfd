import { defineConfig } from '@playwright/test'
import { launchOptions } from '../support/browser.ts'

/** `npm run screenshots`: pictures of every page, for looking at; nothing is compared. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  globalSetup: '../support/console-under-test.ts',
  workers: 2,
  fullyParallel: true,
  timeout: 120_000,
  reporter: [['list']],
  use: { launchOptions, timezoneId: 'UTC' },
})
