import { existsSync } from 'node:fs'
import { type Browser, chromium, type LaunchOptions } from '@playwright/test'

/**
 * Debian's builds. The first has no windows at all; the second draws some that nobody sees, pages of
 * its own in them, and takes twice the processor time for the same flows.
 */
const debianChromiums = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']
const ofDebian = debianChromiums.find((path) => existsSync(path))

/** Chromium as it is found here: Playwright's own build, or Debian's where that is absent. */
export const launchOptions: LaunchOptions = {
  ...(existsSync(chromium.executablePath()) || ofDebian === undefined
    ? {}
    : { executablePath: ofDebian }),
  args: [
    // Chromium's sandbox refuses to run as root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-background-networking',
    '--disable-component-update',
  ],
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch(launchOptions)
}
