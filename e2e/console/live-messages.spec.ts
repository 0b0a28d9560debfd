import { expect, type Page } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { messageRow } from '../support/console-pages.ts'
import { test } from '../support/flow-test.ts'
import { produceWithKey } from '../support/kafkajs-with-key.ts'

test("a program's messages appear in the open page, in order, every digit as written", async ({
  page,
  cluster,
}) => {
  const key = await cluster.createKey()
  await cluster.createTopic({ name: 'orders', partitions: 2 })
  await page.goto(paths.topicMessages({ ...cluster, topic: 'orders' }))
  await expect(page.getByText('Live', { exact: true })).toBeVisible()

  const value = '{"id":9007199254740993,"price":0.1000000000000000055511}'
  await produceWithKey(key, 'orders', [{ value, partition: 1 }])
  const row = messageRow(page, { partition: 1, offset: 0 })
  await expect(row).toContainText('9007199254740993')
  await expect(row).toContainText('0.1000000000000000055511')

  const burst = Array.from({ length: 300 }, (_, i) => ({ value: `burst ${i}`, partition: i % 2 }))
  await produceWithKey(key, 'orders', burst)
  await expect(page.getByText('301', { exact: true })).toBeVisible()
  const places = await page
    .getByRole('table', { name: 'Messages' })
    .getByRole('button')
    .evaluateAll((buttons) =>
      buttons.map((button) => /partition (\d+), offset (\d+)/.exec(button.ariaLabel ?? '') ?? []),
    )
  // Only the rows in sight are drawn, of one partition or of both.
  for (const partition of ['0', '1']) {
    const offsets = places.filter(([, p]) => p === partition).map(([, , offset]) => Number(offset))
    expect(offsets).toEqual([...offsets].sort((a, b) => b - a))
  }
  expect(places.length).toBeGreaterThan(20)
  expect(places.length).toBeLessThanOrEqual(200)
})

test('null and empty, text and bytes are told apart', async ({ page, cluster }) => {
  await cluster.createTopic({ name: 'payloads', partitions: 1 })
  await page.goto(paths.topicMessages({ ...cluster, topic: 'payloads' }))
  await page.getByRole('button', { name: 'Produce a new message to this topic' }).click()
  const form = page.getByRole('complementary', { name: 'Produce a new message' })
  const produce = form.getByRole('button', { name: 'Produce' })

  await form
    .getByRole('radiogroup', { name: 'Value as' })
    .getByRole('radio', { name: 'Null' })
    .click()
  await produce.click()
  await expect(messageRow(page, { partition: 0, offset: 0 }).getByRole('cell').nth(4)).toHaveText(
    'null',
  )

  await form
    .getByRole('radiogroup', { name: 'Value as' })
    .getByRole('radio', { name: 'String' })
    .click()
  await form.getByLabel('Value', { exact: true }).fill('')
  await form
    .getByRole('radiogroup', { name: 'Key as' })
    .getByRole('radio', { name: 'Null' })
    .click()
  await produce.click()
  const empty = messageRow(page, { partition: 0, offset: 1 })
  await expect(empty.getByRole('cell').nth(3)).toHaveText('null')
  await expect(empty.getByRole('cell').nth(4)).toHaveText('empty')

  await form
    .getByRole('radiogroup', { name: 'Value as' })
    .getByRole('radio', { name: 'JSON' })
    .click()
  await form.getByLabel('Value', { exact: true }).fill('{"a":')
  await produce.click()
  await expect(form.getByText('This is not valid JSON.')).toBeVisible()
  await expect(form.getByLabel('Value', { exact: true })).toBeFocused()
  await expect(messageRow(page, { partition: 0, offset: 2 })).toHaveCount(0)

  await form.getByLabel('Value', { exact: true }).fill('{"a":1}')
  await form.getByLabel('Value', { exact: true }).press('Control+Enter')
  await expect(messageRow(page, { partition: 0, offset: 2 })).toContainText('a 1')
})

test('a large message is listed by its beginning and opened whole', async ({ page, cluster }) => {
  const key = await cluster.createKey()
  await cluster.createTopic({ name: 'large', partitions: 1 })
  await page.goto(paths.topicMessages({ ...cluster, topic: 'large' }))
  await produceWithKey(key, 'large', [{ value: `${'x'.repeat(100_000)} the end` }])
  await messageRow(page, { partition: 0, offset: 0 }).getByRole('button').click()
  const details = page.getByRole('complementary', { name: 'Message details' })
  await expect(details.getByText('97.7 KB, text')).toBeVisible()
  await details.getByRole('button', { name: 'Show all (97.7 KB)' }).click()
  await expect(details.getByRole('region', { name: 'Value' })).toContainText('the end')
})

test('while auto-refresh is off nothing moves; switched on, the page catches up', async ({
  page,
  cluster,
}) => {
  const key = await cluster.createKey()
  await cluster.createTopic({ name: 'paused', partitions: 1 })
  await page.goto(paths.topicMessages({ ...cluster, topic: 'paused' }))
  await produceWithKey(key, 'paused', [{ value: 'first' }])
  await expect(messageRow(page, { partition: 0, offset: 0 })).toBeVisible()
  await page.getByRole('switch', { name: 'Auto-refresh' }).click()
  await expect(page.getByText('Paused', { exact: true })).toBeVisible()
  await produceWithKey(key, 'paused', [{ value: 'second' }])
  await expect(messageRow(page, { partition: 0, offset: 1 })).toHaveCount(0)
  await page.getByRole('switch', { name: 'Auto-refresh' }).click()
  await expect(messageRow(page, { partition: 0, offset: 1 })).toContainText('second')
})

test('of eight open tabs four hold a stream, and every one sees what arrives and leads on', async ({
  page,
  context,
  cluster,
}) => {
  test.slow()
  const key = await cluster.createKey()
  await cluster.createTopic({ name: 'tabs', partitions: 1 })
  const address = paths.topicMessages({ ...cluster, topic: 'tabs' })
  await page.goto(address)
  const tabs = [page]
  while (tabs.length < 8) {
    const tab = await context.newPage()
    await tab.goto(address)
    tabs.push(tab)
  }
  const live = async () => {
    const words = await Promise.all(
      tabs.map((tab) => tab.getByText('Live', { exact: true }).count()),
    )
    return words.filter((count) => count > 0).length
  }
  await expect.poll(live).toBe(4)
  await produceWithKey(key, 'tabs', [{ value: 'for everybody' }])
  for (const tab of tabs) {
    await expect(messageRow(tab, { partition: 0, offset: 0 })).toBeVisible()
  }
  // Browsers open six connections to a site: streams may not take them all.
  const [eighth = page] = tabs.slice(-1)
  await eighth.getByRole('link', { name: 'Topics', exact: true }).first().click()
  await eighth.getByRole('link', { name: 'tabs', exact: true }).click()
  await expect(messageRow(eighth, { partition: 0, offset: 0 })).toBeVisible()
  await eighth.getByRole('link', { name: 'API Keys', exact: true }).click()
  await expect(eighth.getByRole('table', { name: 'API keys' })).toContainText(key.key)
})

test('a hidden tab holds no stream, and catches up when it is looked at again', async ({
  page,
  cluster,
}) => {
  const key = await cluster.createKey()
  await cluster.createTopic({ name: 'hidden', partitions: 1 })
  await page.goto(paths.topicMessages({ ...cluster, topic: 'hidden' }))
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  const ended = page.waitForEvent('requestfailed', (request) =>
    request.url().includes('/api/streams/'),
  )
  await setVisibility(page, 'hidden')
  await ended
  await produceWithKey(key, 'hidden', [{ value: 'while away' }])
  await expect(messageRow(page, { partition: 0, offset: 0 })).toHaveCount(0)
  await setVisibility(page, 'visible')
  await expect(messageRow(page, { partition: 0, offset: 0 })).toContainText('while away')
})

test('a stream of a tab that is hidden is closed for the server, too', async ({
  page,
  cluster,
  organisation,
}) => {
  await cluster.createTopic({ name: 'counted', partitions: 1 })
  const at = { ...cluster, topic: 'counted' }
  await page.goto(paths.topicMessages(at))
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  // A session has so many streams and no more: with one more than the page's own all are taken.
  const others = new AbortController()
  // Kept, because Node ends a stream whose response the garbage collector finds.
  const responses: Response[] = []
  const open = async () => {
    const url = new URL(paths.messagesStream(at, { from: '0:0' }), organisation.consoleUrl)
    const headers = { cookie: organisation.cookie }
    const response = await fetch(url, { headers, signal: others.signal })
    responses.push(response)
    return response.status
  }
  try {
    const statuses = await Promise.all(Array.from({ length: 16 }, open))
    expect(statuses.filter((status) => status === 200)).toHaveLength(15)
    expect(statuses.filter((status) => status === 429)).toHaveLength(1)
    await setVisibility(page, 'hidden')
    await expect.poll(open).toBe(200)
    expect(await open()).toBe(429)
  } finally {
    others.abort()
  }
})

/** Browsers without a window never hide a tab; the page is told as if this one had. */
async function setVisibility(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((visibility) => {
    Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}

test('a message that is too large is refused in Kafka’s words', async ({ page, cluster }) => {
  await cluster.createTopic({ name: 'small', partitions: 1 })
  await page.goto(paths.topicMessages({ ...cluster, topic: 'small' }))
  await page.getByRole('button', { name: 'Produce a new message to this topic' }).click()
  const form = page.getByRole('complementary', { name: 'Produce a new message' })
  await form
    .getByRole('radiogroup', { name: 'Value as' })
    .getByRole('radio', { name: 'String' })
    .click()
  await form.getByLabel('Value', { exact: true }).fill('x'.repeat(2_200_000))
  await form.getByRole('button', { name: 'Produce' }).click()
  await expect(form.getByText('MESSAGE_TOO_LARGE')).toBeVisible()
})
