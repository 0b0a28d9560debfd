import { expect, type Locator, type Page } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { test } from '../support/flow-test.ts'

// Charts beyond the hour that a page's stream keeps.

test('the overview of a cluster looks back a week, in steps of half an hour', async ({
  page,
  cluster,
}) => {
  await page.goto(paths.cluster(cluster))
  await chooseRange(page, 'Last 7 days')
  await expect(page).toHaveURL(/interval=604800000/)
  const production = page.getByRole('figure', { name: 'Production (bytes/sec)' })
  await production.getByRole('button', { name: 'Show as table' }).click()
  await expect(production.getByRole('row')).toHaveCount(1 + 336)
  expect(await newestStepMs(production)).toBe(1_800_000)
  // Nobody measured before the cluster was there, which is not to be mistaken for nothing.
  await expect(production.getByRole('row').last()).toContainText(/(not created yet|no data)$/)

  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Time range' })).toHaveText('Last 7 days')
  await production.getByRole('button', { name: 'Show as table' }).click()
  await expect(production.getByRole('row')).toHaveCount(1 + 336)
  await chooseRange(page, 'Last hour')
  await expect(production.getByRole('row')).toHaveCount(1 + 720)
  expect(await newestStepMs(production)).toBe(5000)
})

test('the overview of a topic looks back a day, in steps of five minutes', async ({
  page,
  cluster,
}) => {
  await cluster.createTopic({ name: 'long_ago', partitions: 1 })
  await page.goto(paths.topicOverview({ ...cluster, topic: 'long_ago' }))
  await chooseRange(page, 'Last 24 hours')
  await expect(page).toHaveURL(/interval=86400000/)
  const storage = page.getByRole('figure', { name: 'Storage (bytes)' })
  await storage.getByRole('button', { name: 'Show as table' }).click()
  await expect(storage.getByRole('row')).toHaveCount(1 + 288)
  expect(await newestStepMs(storage)).toBe(300_000)
})

async function chooseRange(page: Page, label: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Time range' }).click()
  await page.getByRole('option', { name: label }).click()
}

/** What lies between the two newest times of a chart's table. */
async function newestStepMs(figure: Locator): Promise<number> {
  const times = await figure.getByRole('row').locator('code').allTextContents()
  const [newest = '', before = ''] = times
  return Date.parse(newest) - Date.parse(before)
}
