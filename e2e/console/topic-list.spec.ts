import { expect, type Locator, type Page } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { test } from '../support/flow-test.ts'
import { kafkajsWithKey, produceWithKey } from '../support/kafkajs-with-key.ts'

const topicRow = (page: Page, name: string): Locator =>
  page
    .getByRole('table', { name: 'Topics' })
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name, exact: true }) })

const names = (page: Page): Locator => page.getByRole('table', { name: 'Topics' }).getByRole('link')

// Figures come with the next sample of 5 s.
test.slow()

test('the list: search, order, internal topics, live rates, and a file of it', async ({
  page,
  cluster,
}) => {
  await page.goto(paths.topics(cluster))
  await expect(page.getByRole('heading', { name: 'No topics yet' })).toBeVisible()
  await expect(page.getByText('kafka-topics --bootstrap-server')).toBeVisible()
  const key = await cluster.createKey()
  const admin = kafkajsWithKey(key).admin()
  await admin.connect()
  await admin.createTopics({
    topics: [
      { topic: 'boats', numPartitions: 3 },
      { topic: 'rides', numPartitions: 12 },
      { topic: 'rides-by-hour', numPartitions: 1 },
      { topic: '_states', numPartitions: 1 },
    ],
  })
  await page.goto(paths.topics(cluster))

  await test.step('internal topics are hidden until they are wanted', async () => {
    await expect(page.getByText('3 topics, 1 internal hidden')).toBeVisible()
    await expect(names(page)).toHaveText(['boats', 'rides', 'rides-by-hour'])
    await page.getByRole('switch', { name: 'Show internal' }).click()
    await expect(names(page)).toHaveText(['_states', 'boats', 'rides', 'rides-by-hour'])
    await page.reload()
    await expect(names(page)).toHaveText(['_states', 'boats', 'rides', 'rides-by-hour'])
    await page.getByRole('switch', { name: 'Show internal' }).click()
  })

  await test.step('a search stands in the address, and finds nothing with a way on', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('RIDES')
    await expect(names(page)).toHaveText(['rides', 'rides-by-hour'])
    await expect(page.getByText('2 of 3 topics')).toBeVisible()
    await page.reload()
    await expect(names(page)).toHaveText(['rides', 'rides-by-hour'])
    await page.getByRole('searchbox', { name: 'Search topics' }).fill('zebra')
    await expect(page.getByRole('heading', { name: 'No topic matches “zebra”' })).toBeVisible()
    await expect(page.getByText('Searched the names of 3 topics.')).toBeVisible()
    await page.getByRole('main').getByRole('button', { name: 'Clear search' }).last().click()
    await expect(names(page)).toHaveText(['boats', 'rides', 'rides-by-hour'])
  })

  await test.step('any column puts them in order, largest number first', async () => {
    await page.getByRole('button', { name: 'Partitions' }).click()
    await expect(names(page)).toHaveText(['rides', 'boats', 'rides-by-hour'])
    const head = page.getByRole('columnheader', { name: 'Partitions' })
    await expect(head).toHaveAttribute('aria-sort', 'descending')
    await page.getByRole('button', { name: 'Partitions' }).click()
    await expect(names(page)).toHaveText(['rides-by-hour', 'boats', 'rides'])
    await page.getByRole('button', { name: 'Topic name' }).click()
    await expect(names(page)).toHaveText(['boats', 'rides', 'rides-by-hour'])
  })

  await test.step('the menu of a row leads to the pages of its topic', async () => {
    await page.getByRole('button', { name: 'More of boats' }).click()
    await page.getByRole('menuitem', { name: 'Configuration' }).click()
    await expect(page.getByRole('heading', { name: 'boats', level: 1 })).toBeVisible()
    await expect(page.getByRole('table', { name: 'Settings' })).toBeVisible()
    // As it was left, not as it was when the server was last asked for it.
    await page.goBack()
    await expect(names(page)).toHaveText(['boats', 'rides', 'rides-by-hour'])
  })

  await test.step('what is written shows as bytes, without a reload', async () => {
    const cells = topicRow(page, 'boats').getByRole('cell')
    await produceWithKey(key, 'boats', [{ value: 'x'.repeat(40_000) }])
    await expect(cells.nth(4)).toHaveText(/^39\.\d KB$/)
    // A rate is that of one step, and may have been there before anybody looked.
    await expect(async () => {
      await produceWithKey(key, 'boats', [{ value: 'x'.repeat(40_000) }])
      await expect(cells.nth(2)).toHaveText(/^[\d.]+ KB\/s$/, { timeout: 2000 })
    }).toPass()
    await expect(topicRow(page, 'rides').getByRole('cell').nth(4)).toHaveText('0 B')
    await page.getByRole('button', { name: 'Retained bytes' }).click()
    await expect(names(page).first()).toHaveText('boats')
  })

  await test.step('a topic that a program makes or deletes comes and goes', async () => {
    await admin.createTopics({ topics: [{ topic: 'late', numPartitions: 2 }] })
    await expect(topicRow(page, 'late')).toBeVisible()
    await admin.deleteTopics({ topics: ['late'] })
    await expect(topicRow(page, 'late')).toHaveCount(0)
  })

  await test.step('the file holds the rows that are shown', async () => {
    await page.getByRole('searchbox', { name: 'Search topics' }).fill('boats')
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'CSV' }).click()
    const stream = await (await downloading).createReadStream()
    const text = (await stream.toArray()).join('')
    const [head, line, end] = text.split('\r\n')
    expect(head).toBe(
      'topic,partitions,production_bytes_per_second,consumption_bytes_per_second,retained_bytes,consumers',
    )
    expect(line).toMatch(/^boats,3,[\d.]+,0,\d{5,6},0$/)
    expect(end).toBe('')
  })
  await admin.disconnect()
})
