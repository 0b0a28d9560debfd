import { type BrowserContext, test as base, type Page } from '@playwright/test'
import { listeningContext } from './listening.ts'
import { createOrganisation, type Organisation, type OwnCluster, signedIn } from './organisation.ts'
import { type SeededConsole, seedConsole, signedInContext } from './seeded-console.ts'

interface OwnForEachTest {
  /** Somebody new with nothing but an empty environment, signed in on this test's pages. */
  readonly organisation: Organisation
  /** A cluster of theirs without topics and keys. */
  readonly cluster: OwnCluster
  /** A page of whom `seeded` belongs to. */
  readonly seededPage: Page
}

interface SharedByWorker {
  /** A cluster as after the tutorial, for tests that look at pages and leave them as they were. */
  readonly seeded: SeededConsole
  readonly seededContext: BrowserContext
}

const consoleUrl = process.env.TRIBUTARY_CONSOLE_URL ?? ''

/** Tests whose pages listen before they go on. What they are not about is made for them by HTTP. */
export const test = base.extend<OwnForEachTest, SharedByWorker>({
  async context({ context }, use) {
    await use(listeningContext(context))
  },
  async organisation({ context }, use) {
    const organisation = await createOrganisation(consoleUrl)
    await signedIn(context, organisation)
    await use(organisation)
  },
  async cluster({ organisation }, use) {
    await use(await organisation.createCluster('river'))
  },
  seeded: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what is needed.
    async ({}, use) => {
      await use(await seedConsole(consoleUrl))
    },
    { scope: 'worker' },
  ],
  seededContext: [
    async ({ browser, seeded }, use) => {
      const context = await signedInContext(browser, seeded)
      await use(context)
      await context.close()
    },
    { scope: 'worker' },
  ],
  async seededPage({ seededContext }, use) {
    const page = await seededContext.newPage()
    await use(page)
    await page.close()
  },
})
