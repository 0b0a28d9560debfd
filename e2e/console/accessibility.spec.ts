import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { createCluster, createTopic, messageRow, signUp } from '../support/console-pages.ts'

/** Serious and critical findings by rule and place, so that a failure says where to look. */
async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

async function expectAccessible(page: Page, what: string): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await page.evaluate((name) => {
      document.documentElement.dataset.theme = name
      // Colours in mid-change would be measured as they pass by.
      for (const animation of document.getAnimations()) animation.finish()
    }, theme)
    expect(await seriousFindings(page), `${what}, ${theme}`).toEqual([])
  }
}

test('no page has a serious accessibility finding, in light or dark', async ({ page }) => {
  test.slow()
  await page.goto('/sign-in')
  await expectAccessible(page, 'sign in')
  await page.goto('/sign-up')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await expect(page.getByText('Enter a name.')).toBeVisible()
  await expectAccessible(page, 'sign up with errors')

  await signUp(page)
  await expectAccessible(page, 'home')
  await page.goto('/environments')
  await expectAccessible(page, 'environments')
  await page.getByRole('link', { name: 'default' }).click()
  await expect(page.getByRole('heading', { name: 'No clusters yet' })).toBeVisible()
  await expectAccessible(page, 'an empty environment')
  await page.getByRole('link', { name: 'Add cluster' }).click()
  await expect(page.getByRole('heading', { name: 'Create cluster' })).toBeVisible()
  await expectAccessible(page, 'create cluster')

  const cluster = await createCluster(page, 'accessible')
  await expectAccessible(page, 'cluster overview')
  await page.goto(`${cluster}/settings`)
  await page.getByRole('button', { name: 'Delete cluster' }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await expectAccessible(page, 'delete cluster')

  await page.goto(`${cluster}/api-keys`)
  await expectAccessible(page, 'no API keys')
  await page.goto(`${cluster}/api-keys/create`)
  await expectAccessible(page, 'create key')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByText("This is the only time you'll see the secret.")).toBeVisible()
  await expectAccessible(page, 'the key')
  await page.getByRole('button', { name: 'Download and continue' }).click()
  await expect(page.getByRole('table', { name: 'API keys' })).toBeVisible()
  await expectAccessible(page, 'API keys')

  await page.goto(`${cluster}/topics`)
  await expect(page.getByRole('heading', { name: 'No topics yet' })).toBeVisible()
  await expectAccessible(page, 'no topics')
  await createTopic(page, { name: 'rides', partitions: 2 })
  await expectAccessible(page, 'an empty topic')
  await page.goto(`${cluster}/create-topic`)
  await expectAccessible(page, 'create topic')
  await page.goto(`${cluster}/topics`)
  await expect(page.getByRole('table', { name: 'Topics' })).toBeVisible()
  await expectAccessible(page, 'topics')

  await page.getByRole('link', { name: 'rides' }).click()
  await page.getByRole('button', { name: 'Produce a new message to this topic' }).click()
  await page.getByRole('button', { name: 'Produce', exact: true }).click()
  await expect(messageRow(page, { partition: 0, offset: 0 })).toBeVisible()
  await expectAccessible(page, 'produce a message')
  await messageRow(page, { partition: 0, offset: 0 }).getByRole('button').click()
  await expect(page.getByRole('complementary', { name: 'Message details' })).toBeVisible()
  await expectAccessible(page, 'message details')
  await page.goto(`${cluster}/topics/rides/config`)
  await expectAccessible(page, 'topic configuration')
  await page.goto(`${cluster}/nothing-here`)
  await expectAccessible(page, 'not found')
})
