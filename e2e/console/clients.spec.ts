import { readFile } from 'node:fs/promises'
import { expect, type Locator, type Page } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { test } from '../support/flow-test.ts'
import { type GroupReader, startReader } from '../support/group-readers.ts'
import { produceWithKey } from '../support/kafkajs-with-key.ts'
import type { KeyFile } from '../support/key-file.ts'

// Real programs produce and consume; the pages are looked at as a person would, by role and label.

const messages = (partition: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ partition, value: `${index}` }))

test('two partitions, three consumers: each reads one, the third is idle, and the lag is seen', async ({
  page,
  cluster,
}) => {
  const key = await cluster.createKey()
  await cluster.createTopic({ name: 'rides', partitions: 2 })
  await produceWithKey(key, 'rides', [...messages(0, 12), ...messages(1, 5)])
  const readers = await together(key, 'riders', ['one', 'two', 'three'], { commitsMax: 5 })
  try {
    await page.goto(paths.cluster(cluster))
    await page.getByRole('link', { name: 'Clients' }).click()
    await page.getByRole('link', { name: 'Consumer lag' }).click()
    const group = page.getByRole('region', { name: 'Consumer group riders' })
    await expect(group.getByText('Stable')).toBeVisible()
    const drawing = page.getByRole('region', { name: 'Partitions of rides and who reads them' })
    await expect(
      drawing.getByText('2 partitions, 3 consumers: one has nothing to read'),
    ).toBeVisible()
    await expect(drawing.getByText('Idle')).toHaveCount(1)
    await expect(drawing.getByText('7 messages behind')).toBeVisible()
    await expect(drawing.getByText('Caught up')).toBeVisible()
    await expect(group.getByRole('definition').first()).toHaveText('7')

    const offsets = page.getByRole('table', { name: 'Offsets' })
    // Topic, partition, messages behind, current and end offset, the age of the first of those behind.
    await expect(rowOf(offsets, 'rides0')).toContainText(/rides07512(\d+ min )?\d+ s$/)
    await expect(rowOf(offsets, 'rides1')).toContainText(/rides10550$/)
    await expect(offsets.getByRole('row').filter({ hasText: 'Idle: no partition' })).toHaveCount(1)
    await expectAccessible(page, 'consumer lag')

    await test.step('it follows without a reload', async () => {
      await produceWithKey(key, 'rides', messages(1, 3))
      await expect(drawing.getByText('3 messages behind')).toBeVisible()
      await expect(group.getByRole('definition').first()).toHaveText('10')
    })

    await test.step('what a member leaves, another takes', async () => {
      await readers.pop()?.leave()
      await readers.pop()?.leave()
      await expect(drawing.getByText('Idle')).toHaveCount(0)
      await expect(drawing.getByText('Partitions 0, 1')).toBeVisible()
    })

    await test.step('as a file', async () => {
      const downloading = page.waitForEvent('download')
      await page.getByRole('button', { name: 'CSV' }).click()
      const text = await readFile(await (await downloading).path(), 'utf8')
      expect(text.split('\r\n')[1]).toMatch(/^riders,.*,rides,0,7,5,12$/)
    })
  } finally {
    await Promise.all(readers.map((reader) => reader.leave()))
  }
})

test('no committed offset is not zero, and an empty group keeps its lag', async ({
  page,
  cluster,
}) => {
  const key = await cluster.createKey()
  await cluster.createTopic({ name: 'quiet', partitions: 1 })
  await cluster.createTopic({ name: 'orders', partitions: 1 })
  await produceWithKey(key, 'orders', messages(0, 9))
  const listener = await startReader(key, {
    groupId: 'listeners',
    topic: 'quiet',
    clientId: 'ear',
  })
  const batch = await startReader(key, {
    groupId: 'batch',
    topic: 'orders',
    clientId: 'nightly',
    commitsMax: 4,
  })
  await batch.committed(4)
  await batch.leave()
  try {
    await page.goto(paths.consumerLag(cluster))
    const groups = page.getByRole('table', { name: 'Consumer groups' })
    await expect(groups.getByRole('row').filter({ hasText: 'batch' })).toContainText('Empty')
    await expect(groups.getByRole('row').filter({ hasText: 'batch' })).toContainText('5')
    const unknown = groups.getByRole('row').filter({ hasText: 'listeners' })
    await expect(unknown).toContainText('No committed offset')

    await groups.getByRole('link', { name: 'listeners' }).click()
    await expect(page).toHaveURL(/group=listeners/)
    const drawing = page.getByRole('region', { name: 'Partitions of quiet and who reads them' })
    await expect(drawing.getByText('No committed offset')).toBeVisible()
    await expect(drawing.getByText('Caught up')).toHaveCount(0)
    await page.goBack()
    await expect(page.getByText('Nobody reads: the group has no members.')).toBeVisible()

    await test.step('sorted and searched, in the address', async () => {
      await groups.getByRole('button', { name: 'Messages behind' }).click()
      await expect(page).toHaveURL(/sort=behind/)
      await expect(groups.getByRole('link').first()).toHaveText('batch')
      await page.getByRole('searchbox', { name: 'Search consumer groups' }).fill('LISTEN')
      await expect(groups.getByRole('link')).toHaveText(['listeners'])
      await page.reload()
      await expect(groups.getByRole('link')).toHaveText(['listeners'])
      await page.getByRole('searchbox', { name: 'Search consumer groups' }).fill('nothing like it')
      await expect(page.getByText('Searched the names of 2 groups.')).toBeVisible()
      await page.getByRole('button', { name: 'Clear search' }).last().click()
      await expect(groups.getByRole('link')).toHaveCount(2)
    })

    await test.step('a group that is not there says so', async () => {
      await page.goto(paths.consumerLag(cluster, { group: 'gone' }))
      await expect(page.getByRole('heading', { name: /There is no consumer group/ })).toBeVisible()
    })
  } finally {
    await listener.leave()
  }
})

test('producers and consumers stand with what they write and read', async ({ page, cluster }) => {
  const key = await cluster.createKey()
  await cluster.createTopic({ name: 'orders', partitions: 1 })
  await page.goto(paths.producers(cluster))
  await expect(page.getByRole('heading', { name: /No producers/ })).toBeVisible()
  await expectAccessible(page, 'no producers')

  const reader = await startReader(key, { groupId: 'shop', topic: 'orders', clientId: 'till' })
  const writing = setInterval(
    () => void produceWithKey(key, 'orders', messages(0, 20)).catch(() => {}),
    500,
  )
  try {
    const producer = rowOf(page.getByRole('table', { name: 'Producers' }), 'somebody')
    await expect(producer).toBeVisible()
    await expect(producer).toContainText('B/s')
    await expect(producer.getByRole('link', { name: 'orders' })).toBeVisible()
    await expectAccessible(page, 'producers')

    await page.getByRole('link', { name: 'Consumers' }).click()
    const consumers = page.getByRole('table', { name: 'Consumers' })
    const till = rowOf(consumers, 'till')
    await expect(till.getByRole('link', { name: 'orders' })).toBeVisible()
    await expect(till).toContainText(/(?<![\d.,])[1-9][\d.,]* [KM]?B\/s/)
    await page.getByRole('searchbox', { name: 'Search consumers' }).fill('nobody')
    await expect(page.getByRole('heading', { name: 'No client matches “nobody”' })).toBeVisible()
    await page.getByRole('button', { name: 'Clear search' }).last().click()
    await expectAccessible(page, 'consumers')
    await till.getByRole('link', { name: 'shop' }).click()
    await expect(page.getByRole('region', { name: 'Consumer group shop' })).toBeVisible()
  } finally {
    clearInterval(writing)
    await reader.leave()
  }
})

test('a program is made of language, key and topic, and says when it has signed in', async ({
  page,
  cluster,
}) => {
  await cluster.createTopic({ name: 'orders', partitions: 1 })
  await cluster.createTopic({ name: 'rides', partitions: 1 })
  await page.goto(paths.clients(cluster))
  await page.getByRole('link', { name: 'New client' }).click()
  await expect(
    page.getByRole('heading', { level: 1, name: `Build a client for ${cluster.name}` }),
  ).toBeVisible()
  await expectAccessible(page, 'build a client')

  for (const language of ['Java', 'Node.js', 'Go', 'kcat', 'Python']) {
    await page.getByRole('radio', { name: language, exact: true }).click()
    for (const file of ['Consumer', 'Configuration snippet', 'Producer']) {
      await page.getByRole('tab', { name: file }).click()
      await expect(page.getByRole('tabpanel')).toContainText('<API secret>')
    }
  }
  await page.getByRole('radio', { name: 'kafka-python' }).click()
  await page.getByRole('combobox', { name: 'Topic' }).click()
  await page.getByRole('option', { name: 'rides' }).click()
  await page.getByRole('button', { name: 'Create key' }).click()
  await expect(page.getByText('This is the only time you')).toBeVisible()
  await expectAccessible(page, 'a key made beside the program')

  const program = await savedProgram(page, 'producer.py')
  expect(program).toContain('producer.send("rides"')
  const [, username, password] =
    /"sasl_plain_username": "(\w+)",\s+"sasl_plain_password": "([^"]+)"/.exec(program) ?? []
  const [, bootstrapServer] = /"bootstrap_servers": "([^"]+)"/.exec(program) ?? []
  const reader = await startReader(
    {
      clusterId: cluster.clusterId,
      key: username ?? '',
      secret: password ?? '',
      bootstrapServer: bootstrapServer ?? '',
    },
    { groupId: 'first', topic: 'rides', clientId: 'first-steps' },
  )
  await expect(page.getByText('signed in with this key')).toBeVisible()
  await expect(page.getByRole('main')).toContainText('first-steps')
  await reader.leave()

  await test.step('the address keeps what was chosen, and never the secret', async () => {
    expect(page.url()).toContain('library=kafka-python')
    expect(page.url()).toContain('topic=rides')
    expect(page.url()).not.toContain(password ?? 'no secret')
    page.once('dialog', (dialog) => void dialog.accept())
    await page.reload()
    await expect(page.getByRole('radio', { name: 'kafka-python' })).toBeChecked()
    await expect(page.getByRole('combobox', { name: 'Topic' })).toHaveText(/rides/)
    await expect(page.getByText(password ?? 'no secret')).toHaveCount(0)
  })

  await test.step('a secret that is typed goes into the program', async () => {
    await page.getByLabel('API secret').fill('typed by hand')
    await expect(page.getByRole('tabpanel')).toContainText('"typed by hand"')
    expect(page.url()).not.toContain('typed')
  })
})

async function together(
  key: KeyFile,
  groupId: string,
  names: readonly string[],
  options: { readonly commitsMax: number },
): Promise<GroupReader[]> {
  return Promise.all(
    names.map((clientId) => startReader(key, { groupId, topic: 'rides', clientId, ...options })),
  )
}

function rowOf(table: Locator, text: string): Locator {
  return table.getByRole('row').filter({ hasText: text })
}

async function savedProgram(page: Page, name: string): Promise<string> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: `Download ${name}` }).click()
  return readFile(await (await downloading).path(), 'utf8')
}
