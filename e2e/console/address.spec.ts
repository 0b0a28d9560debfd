import { expect } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { test } from '../support/flow-test.ts'

// Search, order, range and part stand in the address, and the page follows it, whichever way it came.

test('a list follows its address: to itself without a search, and back to the search', async ({
  seeded,
  seededPage: page,
}) => {
  const search = page.getByRole('searchbox', { name: 'Search topics' })
  await page.goto(paths.topics(seeded.own, { q: 'rides', sort: '-partitions' }))
  await expect(search).toHaveValue('rides')
  await page.getByRole('link', { name: 'Topics', exact: true }).first().click()
  await expect(search).toHaveValue('')
  await expect(page.getByRole('link', { name: 'tutorial_topic', exact: true })).toBeVisible()
  await page.goBack()
  await expect(search).toHaveValue('rides')
  await expect(page.getByRole('columnheader', { name: 'Partitions' })).toHaveAttribute(
    'aria-sort',
    'descending',
  )
})

test('what is typed quickly is not undone by the address that follows it', async ({
  seeded,
  seededPage: page,
}) => {
  const search = page.getByRole('searchbox', { name: 'Search topics' })
  await page.goto(paths.topics(seeded.own))
  await search.pressSequentially('tutorial_topic')
  await expect(search).toHaveValue('tutorial_topic')
  await expect(page).toHaveURL(/q=tutorial_topic$/)
  await expect(search).toHaveValue('tutorial_topic')
})

test('the range of the charts follows the address', async ({ seeded, seededPage: page }) => {
  const range = page.getByRole('combobox', { name: 'Time range' })
  await page.goto(`${paths.cluster(seeded.own)}?interval=900000`)
  await expect(range).toHaveText('Last 15 minutes')
  await page.getByRole('link', { name: 'Dashboard', exact: true }).click()
  await expect(range).not.toHaveText('Last 15 minutes')
  await page.goBack()
  await expect(range).toHaveText('Last 15 minutes')
})
