import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { seedConsole, signedInContext } from '../support/seeded-console.ts'

/** What a person on a slow line waits for before the page answers. */
const gzippedBytesMax = 250 * 1024

test('the topics page loads less than 250 KB of JavaScript', async ({ browser }) => {
  const seeded = await seedConsole(process.env.TRIBUTARY_CONSOLE_URL ?? '')
  const context = await signedInContext(browser, seeded)
  const page = await context.newPage()
  const scripts: Promise<number>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return
    scripts.push(response.body().then((body) => gzipSync(body).byteLength))
  })
  await page.goto(paths.topics(seeded.own), { waitUntil: 'load' })
  await expect(page.getByRole('link', { name: 'tutorial_topic' })).toBeVisible()
  const sizes = await Promise.all(scripts)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  test.info().annotations.push({
    type: 'first-load JavaScript',
    description: `${(total / 1024).toFixed(1)} KB gzipped in ${sizes.length} scripts`,
  })
  // A page without scripts would pass the limit and be broken.
  expect(total).toBeGreaterThan(50 * 1024)
  expect(total).toBeLessThan(gzippedBytesMax)
  await context.close()
})
