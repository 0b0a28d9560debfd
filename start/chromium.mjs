// Browser flows need a Chromium: Playwright's own, or the distribution's.

import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { runStep } from './progress.mjs'

const require = createRequire(import.meta.url)
const distributions = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']

/** Finds a browser, installs one where that is allowed, or says what to do. */
export async function findChromium() {
  const { chromium } = require('@playwright/test')
  const isThere = () =>
    [...distributions, chromium.executablePath()].some((path) => existsSync(path))
  if (isThere()) return { ok: true }
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
    try {
      await runStep('reading the list of Debian packages', 'apt-get', ['update'], quiet)
      await runStep(
        'installing Chromium for the browser flows',
        'apt-get',
        ['install', '-y', '--no-install-recommends', 'chromium-headless-shell'],
        quiet,
      )
    } catch (error) {
      if (!error.sentence) throw error
      console.error(error.sentence)
    }
    if (isThere()) return { ok: true }
  }
  return {
    ok: false,
    reason:
      'The browser flows need Chromium: `npx playwright install chromium`, or on Debian `apt-get install chromium-headless-shell`.',
  }
}
