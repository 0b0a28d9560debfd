import { expect } from '@playwright/test'
import { messageRow } from '../support/console-pages.ts'
import { test } from '../support/flow-test.ts'
import { kafkajsWithKey, produceWithKey } from '../support/kafkajs-with-key.ts'
import type { KeyFile } from '../support/key-file.ts'
import { type MessagesPage, openMessages } from '../support/messages-page.ts'

const count = 300
const beginMs = 1_700_000_000_000

/** 150 orders in each of two partitions, a second apart. */
async function produceOrders(key: KeyFile): Promise<void> {
  const producer = kafkajsWithKey(key).producer()
  await producer.connect()
  const messages = Array.from({ length: count }, (_, i) => ({
    key: `order-${i}`,
    partition: i % 2,
    timestamp: String(beginMs + i * 1000),
    headers: { trace: `t${i}` },
    value: JSON.stringify({ orderid: i, address: { city: i % 7 === 0 ? 'Palo Alto' : 'Lyon' } }),
  }))
  await producer.send({ topic: 'orders', messages })
  await producer.disconnect()
}

const openOrders = (page: Parameters<typeof openMessages>[0]): Promise<MessagesPage> =>
  openMessages(page, { topic: 'orders', numPartitions: 2 }, produceOrders)

test('reading starts at the end, the beginning, an offset or a time, and the address says so', async ({
  page,
}) => {
  const messages = await openOrders(page)
  await expect(messages.rows).toHaveCount(50)
  await expect(messages.rows.first()).toContainText('order-299')
  await expect(page.getByText('50 messages shown, newest of 300')).toBeVisible()

  await page.getByRole('button', { name: 'Load older messages' }).click()
  await expect(page.getByText('100 messages shown')).toBeVisible()

  await messages.choose('Start at', 'From beginning')
  await expect(messages.rows.first()).toContainText('order-0')
  await expect(page).toHaveURL(/jump=beginning/)
  await expect(page.getByRole('switch', { name: 'Auto-refresh' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Load the next messages' }).click()
  await expect(page.getByText('100 messages shown')).toBeVisible()

  await messages.choose('Start at', 'From offset')
  await page.getByLabel('Offset', { exact: true }).fill('140')
  await page.getByLabel('Offset', { exact: true }).press('Enter')
  await expect(messages.rows).toHaveCount(20)
  await expect(messages.rows.first()).toContainText('order-280')

  await messages.choose('Start at', 'From time')
  const local = await page.evaluate((ms) => {
    const zoneMs = new Date(ms).getTimezoneOffset() * 60_000
    return new Date(ms - zoneMs).toISOString().slice(0, -1)
  }, beginMs + 290_000)
  await page.getByLabel('Time', { exact: true }).fill(local)
  await page.getByRole('button', { name: 'Go' }).click()
  await expect(messages.rows).toHaveCount(10)
  await expect(messages.rows.first()).toContainText('order-290')

  await page.reload()
  await expect(messages.rows.first()).toContainText('order-290')
  await page.goBack()
  await expect(messages.rows.first()).toContainText('order-280')
})

test('Back leads to the rows of that address even before the page listens', async ({ page }) => {
  const messages = await openOrders(page)
  await messages.choose('Start at', 'From beginning')
  await expect(messages.rows.first()).toContainText('order-0')
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/_next/static/**/*.js', async (route) => {
    await released
    await route.continue()
  })
  await page.reload({ waitUntil: 'commit' })
  await expect(messages.rows.first()).toContainText('order-0')
  await page.evaluate(() => history.back())
  await expect(page).not.toHaveURL(/jump=/)
  release()
  await expect(messages.rows.first()).toContainText('order-299')
  await page.unrouteAll({ behavior: 'wait' })
})

test('partitions and the number of results are chosen', async ({ page }) => {
  const messages = await openOrders(page)
  await page.getByRole('button', { name: 'Partitions' }).click()
  await page.getByRole('checkbox', { name: 'Partition 1' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByText('newest of 150')).toBeVisible()
  await expect(messages.rows.first()).toContainText('order-299')
  await expect(messages.rows.nth(1)).toContainText('order-297')
  await messages.choose('Results', 'Max 100 results')
  await expect(page.getByText('100 messages shown')).toBeVisible()
  await expect(page).toHaveURL(/partitions=1/)
  await expect(page).toHaveURL(/max=100/)
  await produceWithKey(messages.key, 'orders', [
    { key: 'elsewhere', value: '0', partition: 0 },
    { key: 'here', value: '1', partition: 1 },
  ])
  await expect(messages.rows.first()).toContainText('here')
  await expect(page.getByText('elsewhere')).toHaveCount(0)
})

test('a place behind the end says so and leads back', async ({ page }) => {
  const messages = await openOrders(page)
  await page.goto(`${messages.url}?jump=offset:5000`)
  await expect(page.getByRole('heading', { name: 'Nothing from offset 5,000 on' })).toBeVisible()
  await page.getByRole('button', { name: 'Show the latest' }).click()
  await expect(messages.rows).toHaveCount(50)
  await messages.choose('Start at', 'New messages only')
  await expect(page.getByRole('heading', { name: 'Nothing new yet' })).toBeVisible()
  await produceWithKey(messages.key, 'orders', [{ key: 'fresh', value: '1' }])
  await expect(messages.rows).toHaveCount(1)
  await expect(messages.rows.first()).toContainText('fresh')
})

test('a topic whose messages have all expired is not one that was never written', async ({
  page,
}) => {
  const messages = await openOrders(page)
  const admin = kafkajsWithKey(messages.key).admin()
  await admin.connect()
  // It deletes only of topics that it has looked at.
  await admin.fetchTopicOffsets('orders')
  await admin.deleteTopicRecords({
    topic: 'orders',
    partitions: [
      { partition: 0, offset: '150' },
      { partition: 1, offset: '150' },
    ],
  })
  await admin.disconnect()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'All messages have expired' })).toBeVisible()
  await expect(page.getByText('300 messages were written here')).toBeVisible()
  await expect(page.getByText('Both partitions end at offset 150.')).toBeVisible()
})

test('the filter narrows what is shown, and offers the search when nothing is left', async ({
  page,
}) => {
  const messages = await openOrders(page)
  const filter = page.getByRole('searchbox', { name: 'Filter by timestamp, offset, key or value' })
  await filter.fill('palo alto')
  await expect(page.getByText('7 messages shown of 50 read')).toBeVisible()
  await expect(page).toHaveURL(/filter=palo/)
  await filter.fill('order-3"')
  await expect(page.getByRole('heading', { name: 'No row matches the filter' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear filter' }).click()
  await expect(messages.rows).toHaveCount(50)
})

test('the whole topic is searched, with what was scanned and where it goes on', async ({
  page,
}) => {
  const messages = await openOrders(page)
  await page.getByRole('radio', { name: 'Whole topic' }).click()
  const field = page.getByRole('searchbox', { name: 'Search the whole topic' })
  await field.fill('$.address.city =')
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await field.fill('$.address.city = "Palo Alto"')
  await field.press('Enter')
  await expect(page.getByText('43 matches, 300 of 300 scanned')).toBeVisible()
  await expect(messages.rows).toHaveCount(43)
  await expect(page).toHaveURL(/search=/)

  await field.fill('key = order-7 header.trace:t7')
  await field.press('Enter')
  await expect(page.getByText('1 match, 300 of 300 scanned')).toBeVisible()
  await messages.open({ partition: 1, offset: 3 })
  await expect(messages.details.getByRole('region', { name: 'Value' })).toContainText(
    '"orderid": 7',
  )
  await page.reload()
  await expect(page.getByText('1 match, 300 of 300 scanned')).toBeVisible()
  await expect(messages.details.getByRole('region', { name: 'Value' })).toContainText(
    '"orderid": 7',
  )

  await page.getByRole('radio', { name: 'These rows' }).click()
  await expect(page.getByText('newest of 300')).toBeVisible()
})

test('a search that stopped at its limit is continued from there', async ({ page }) => {
  const messages = await openMessages(page, { topic: 'many', numPartitions: 1 }, (key) =>
    produceWithKey(
      key,
      'many',
      Array.from({ length: 700 }, (_, i) => ({ value: `needle ${i}` })),
    ),
  )
  await page.getByRole('radio', { name: 'Whole topic' }).click()
  await page.getByRole('searchbox', { name: 'Search the whole topic' }).fill('needle')
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await expect(page.getByText('500 matches')).toBeVisible()
  await page.getByRole('button', { name: 'Continue from here' }).click()
  await expect(page.getByText('700 matches, 700 of 700 scanned')).toBeVisible()
  await expect(messages.rows.first()).toContainText('needle 0')
})

test('fields of JSON values become columns that the address keeps', async ({ page }) => {
  const messages = await openOrders(page)
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: '$.address.city' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('columnheader', { name: 'address.city' })).toBeVisible()
  await expect(messages.rows.nth(5).getByRole('cell').nth(4)).toHaveText('"Palo Alto"')
  await page.reload()
  await expect(page.getByRole('columnheader', { name: 'address.city' })).toBeVisible()
})

test('timestamps are shown as local time, UTC or milliseconds, and stay so', async ({ page }) => {
  const messages = await openOrders(page)
  await messages.choose('Timestamps as', 'Epoch ms')
  await expect(messages.rows.first().getByRole('cell').first()).toHaveText(
    String(beginMs + (count - 1) * 1000),
  )
  await page.reload()
  await messages.choose('Timestamps as', 'UTC')
  await expect(messages.rows.first().getByRole('cell').first()).toHaveText('11-14 22:18:19.000Z')
})

test('paused, it counts what arrives; resumed, it shows it', async ({ page }) => {
  const messages = await openOrders(page)
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await page.getByRole('switch', { name: 'Auto-refresh' }).click()
  const burst = Array.from({ length: 312 }, (_, i) => ({ key: `burst-${i}`, value: '{}' }))
  await produceWithKey(messages.key, 'orders', burst)
  await expect(page.getByRole('button', { name: '+312 not shown' })).toBeVisible()
  await expect(messages.rows.first()).toContainText('order-299')
  await page.getByRole('button', { name: '+312 not shown' }).click()
  await expect(messages.rows.first()).toContainText('burst-')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
})

test('arrow keys walk through messages, and their address opens them', async ({ page }) => {
  const messages = await openOrders(page)
  await messages.open({ partition: 1, offset: 149 })
  await page.keyboard.press('ArrowDown')
  await expect(page).toHaveURL(/partition=0&offset=149/)
  await messages.details.getByRole('button', { name: 'Next message' }).click()
  await expect(page).toHaveURL(/partition=1&offset=148/)
  await messages.details.getByRole('button', { name: 'Previous message' }).click()
  await expect(page).toHaveURL(/partition=0&offset=149/)
  await page.keyboard.press('Escape')
  await expect(messages.details).toHaveCount(0)
  await expect(messageRow(page, { partition: 0, offset: 149 }).getByRole('button')).toBeFocused()
})

test('what is shown, and all that matches, is exported', async ({ page }) => {
  const messages = await openOrders(page)
  await page
    .getByRole('searchbox', { name: 'Filter by timestamp, offset, key or value' })
    .fill('palo alto')
  await expect(page.getByText('7 messages shown')).toBeVisible()
  const shown = (await messages.exportAs('NDJSON, shown')).trim().split('\n')
  expect(shown).toHaveLength(7)
  expect(JSON.parse(shown[0] ?? '')).toMatchObject({
    headers: [{ name: expect.any(String), value: expect.any(String) }],
    value: expect.stringContaining('Palo Alto'),
  })
  const csv = (await messages.exportAs('CSV, all')).trim().split('\r\n')
  expect(csv).toHaveLength(count + 1)
  expect(csv[0]).toBe(
    'partition,offset,timestamp,timestampType,key,keyBase64,value,valueBase64,headers',
  )
  await page.getByRole('radio', { name: 'Whole topic' }).click()
  const field = page.getByRole('searchbox', { name: 'Search the whole topic' })
  await field.fill('$.address.city = "Palo Alto"')
  await field.press('Enter')
  await expect(page.getByText('43 matches')).toBeVisible()
  expect((await messages.exportAs('NDJSON, all')).trim().split('\n')).toHaveLength(43)
})
