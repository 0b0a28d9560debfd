import { existsSync } from 'node:fs'
import { type Browser, chromium, type LaunchOptions } from '@playwright/test'

const debianChromium = '/usr/bin/chromium'

/** Chromium as it is found here: Playwright's own build, or Debian's where that is absent. */
export const launchOptions: LaunchOptions = {
  ...(existsSync(chromium.executablePath()) ? {} : { executablePath: debianChromium }),
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
