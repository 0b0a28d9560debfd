import { expect, type Locator, type Page } from '@playwright/test'
import { paths } from '../../lib/paths.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { commitOffsets } from '../support/commit-offsets.ts'
import { test } from '../support/flow-test.ts'
import { startReader } from '../support/group-readers.ts'
import { kafkajsWithKey, produceWithKey } from '../support/kafkajs-with-key.ts'
import type { KeyFile } from '../support/key-file.ts'
import type { OwnCluster } from '../support/organisation.ts'

// What the page says is compared with what another client finds committed.

const messages = (partition: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ partition, value: `${index}` }))

/** Two topics; the group has read a part of one and all of the other. */
async function readers(cluster: OwnCluster): Promise<KeyFile> {
  const key = await cluster.createKey()
  await cluster.createTopic({ name: 'rides', partitions: 2 })
  await cluster.createTopic({ name: 'orders', partitions: 1 })
  await produceWithKey(key, 'rides', [...messages(0, 12), ...messages(1, 5)])
  await produceWithKey(key, 'orders', messages(0, 4))
  await commitOffsets(key, 'riders', { rides: [10, 3], orders: [4] })
  return key
}

/** By topic and partition, as another client reads them. */
async function committed(key: KeyFile, groupId: string): Promise<Record<string, string>> {
  const admin = kafkajsWithKey(key).admin()
  await admin.connect()
  const topics = await admin.fetchOffsets({ groupId })
  await admin.disconnect()
  return Object.fromEntries(
    topics.flatMap(({ topic, partitions }) =>
      partitions.flatMap(({ partition, offset }) =>
        offset === '-1' ? [] : [[`${topic} ${partition}`, offset]],
      ),
    ),
  )
}

/** Topic and partition with the new offset, as the table of the dry run has them. */
async function dryRun(table: Locator): Promise<Record<string, string>> {
  const rows = await table.locator('tbody tr').all()
  const cells = await Promise.all(rows.map((row) => row.getByRole('cell').allInnerTexts()))
  return Object.fromEntries(
    cells.map(([topic = '', partition, , offset = '']) => [
      `${topic.split('\n')[0]} ${partition}`,
      offset,
    ]),
  )
}

const commandOf = (page: Page) =>
  page.getByRole('region', { name: 'The same with Kafka’s tools' }).locator('pre')

test('a reset commits what its dry run showed, and nothing else', async ({ page, cluster }) => {
  const key = await readers(cluster)
  await page.goto(paths.consumerLag(cluster, { group: 'riders' }))
  await test.step('how old the first message is that nobody has read', async () => {
    const offsets = page.getByRole('table', { name: 'Offsets' })
    await expect(offsets.getByRole('row').filter({ hasText: 'orders' })).toContainText(
      /0\s*4\s*4\s*0$/,
    )
    const behind = offsets.getByRole('row').filter({ hasText: /rides\s*0/ })
    await expect(behind).toContainText(/2\s*10\s*12\s*(\d+ min )?\d+ s$/)
    const shown = page.getByRole('region', { name: 'Consumer group riders' })
    await expect(shown.getByRole('definition').nth(1)).toHaveText(/\d+ s$/)
  })
  await page.getByRole('link', { name: 'Reset offsets' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Reset offsets of riders')
  const table = page.getByRole('table', { name: 'Dry run' })
  await expect
    .poll(() => dryRun(table))
    .toEqual({ 'orders 0': '0', 'rides 0': '0', 'rides 1': '0' })
  await expect(page.getByRole('status').filter({ hasText: 'partitions get' })).toHaveText(
    '3 partitions get another offset: 17 messages are read again.',
  )
  await expect(commandOf(page)).toHaveText(
    /^kafka-consumer-groups --bootstrap-server \S+ --command-config client\.properties --group riders --all-topics --reset-offsets --to-earliest --dry-run$/,
  )
  await expectAccessible(page, 'a dry run')

  await test.step('every way of saying where to', async () => {
    await page.getByRole('radio', { name: /^Latest/ }).click()
    await expect.poll(() => dryRun(table)).toMatchObject({ 'rides 0': '12', 'orders 0': '4' })
    await page.getByRole('radio', { name: /^To an offset/ }).click()
    await expect(page.getByText('Enter an offset: 0 or more.')).toBeVisible()
    await page.getByRole('textbox', { name: 'Offset' }).fill('7')
    await expect.poll(() => dryRun(table)).toMatchObject({ 'rides 0': '7', 'rides 1': '5' })
    await expect(table).toContainText('Beyond the last message: the end.')
    await page.getByRole('radio', { name: /^To a time/ }).click()
    await page.getByLabel('Time').fill('2001-01-01T10:00')
    await expect.poll(() => dryRun(table)).toMatchObject({ 'rides 0': '0', 'orders 0': '0' })
    await page.getByLabel('Time').fill('2999-01-01T10:00')
    await expect(table).toContainText('No message is as late as that: the end.')
    await expect(commandOf(page)).toContainText(/--to-datetime 2\d{3}-\S+\.000Z --dry-run/)
  })

  await test.step('some partitions of one topic, as the address says too', async () => {
    await page.getByRole('combobox', { name: 'Topic' }).click()
    await page.getByRole('option', { name: 'rides' }).click()
    await page.getByRole('textbox', { name: 'Partitions' }).fill('0,7')
    await expect(page.getByText('rides has no partition 7: its last is 1.').first()).toBeVisible()
    await page.getByRole('textbox', { name: 'Partitions' }).fill('0')
    await page.getByRole('radio', { name: /^Shift by/ }).click()
    await page.getByRole('textbox', { name: 'Messages' }).fill('-3')
    await expect.poll(() => dryRun(table)).toEqual({ 'rides 0': '7' })
    await page.reload()
    await expect.poll(() => dryRun(table)).toEqual({ 'rides 0': '7' })
    await page.getByRole('radio', { name: 'Execute' }).click()
    await expect(commandOf(page)).toContainText(
      '--topic rides:0 --reset-offsets --shift-by -3 --execute',
    )
  })

  const shown = await dryRun(table)
  await page.getByRole('button', { name: 'Reset offsets' }).click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText('1 partition gets another offset: 3 messages are read again.')
  await expectAccessible(page, 'confirm a reset', { within: '[role=alertdialog]' })

  await test.step('not after somebody else has committed', async () => {
    await commitOffsets(key, 'riders', { rides: [11, 3], orders: [4] })
    await dialog.getByRole('button', { name: 'Reset offsets' }).click()
    await expect(dialog).toContainText('Partition 0 of rides is now at 11, not at 10.')
    expect(await committed(key, 'riders')).toMatchObject({ 'rides 0': '11' })
    await commitOffsets(key, 'riders', { rides: [10, 3], orders: [4] })
  })

  await dialog.getByRole('button', { name: 'Reset offsets' }).click()
  await expect(page.getByText('Reset riders in 1 partition', { exact: true })).toBeVisible()
  expect(await committed(key, 'riders')).toEqual({ 'orders 0': '4', 'rides 1': '3', ...shown })
  const offsets = page.getByRole('table', { name: 'Offsets' })
  await expect(offsets.getByRole('row').filter({ hasText: /rides\s*0/ })).toContainText('7')
})

test('a topic that the group has never read gets offsets', async ({ page, cluster }) => {
  const key = await readers(cluster)
  await cluster.createTopic({ name: 'parcels', partitions: 2 })
  await produceWithKey(key, 'parcels', messages(1, 6))
  await page.goto(paths.resetOffsets(cluster, { group: 'riders', topic: 'parcels', to: 'latest' }))
  const table = page.getByRole('table', { name: 'Dry run' })
  await expect.poll(() => dryRun(table)).toEqual({ 'parcels 0': '0', 'parcels 1': '6' })
  await page.getByRole('button', { name: 'Reset offsets' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Reset offsets' }).click()
  await expect(page.getByText('Reset riders in 2 partitions', { exact: true })).toBeVisible()
  expect(await committed(key, 'riders')).toMatchObject({ 'parcels 0': '0', 'parcels 1': '6' })
})

test('while the group has members nothing is reset or deleted, and the page says who they are', async ({
  page,
  cluster,
}) => {
  const key = await readers(cluster)
  const reader = await startReader(key, { groupId: 'riders', topic: 'rides', clientId: 'till' })
  try {
    await page.goto(paths.resetOffsets(cluster, { group: 'riders' }))
    const note = page.getByText(/riders is stable\. Stop its member first: till at 127\.0\.0\.1\./)
    await expect(note.first()).toBeVisible()
    const button = page.getByRole('button', { name: 'Reset offsets' })
    await expect(button).toBeDisabled()
    await expect(page.getByRole('table', { name: 'Dry run' })).toBeVisible()
    await expectAccessible(page, 'a reset that is not possible')

    await page.goto(paths.consumerLag(cluster, { group: 'riders' }))
    await page.getByRole('button', { name: 'Reset offsets' }).hover()
    await expect(page.getByRole('tooltip')).toContainText('Stop its member first: till')
    await page.getByRole('button', { name: 'More of riders' }).click()
    await page.getByRole('menuitem', { name: 'Delete group…' }).click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByLabel('Type riders to confirm').fill('riders')
    await expect(dialog).toContainText('Stop its member first: till')
    await expect(dialog.getByRole('button', { name: 'Delete group' })).toBeDisabled()
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'More of riders' }).click()
    await page.getByRole('menuitem', { name: 'Delete offsets…' }).click()
    await dialog.getByRole('combobox', { name: 'Topic' }).click()
    await page.getByRole('option', { name: 'rides' }).click()
    await expect(dialog).toContainText('rides is read by till at 127.0.0.1. Stop them first.')
    await expect(dialog.getByRole('button', { name: 'Delete offsets' })).toBeDisabled()

    await test.step('but what nobody reads may be forgotten', async () => {
      await dialog.getByRole('combobox', { name: 'Topic' }).click()
      await page.getByRole('option', { name: 'orders' }).click()
      await dialog.getByRole('button', { name: 'Delete offsets' }).click()
      await expect(
        page.getByText('Deleted the offsets of riders for orders', { exact: true }),
      ).toBeVisible()
      expect(Object.keys(await committed(key, 'riders'))).not.toContain('orders 0')
    })
  } finally {
    await reader.leave()
  }

  await test.step('when it has stopped, without a reload', async () => {
    await expect(page.getByRole('link', { name: 'Reset offsets' })).toBeVisible()
    await page.getByRole('button', { name: 'More of riders' }).click()
    await page.getByRole('menuitem', { name: 'Delete group…' }).click()
    const dialog = page.getByRole('alertdialog')
    const remove = dialog.getByRole('button', { name: 'Delete group' })
    await expect(remove).toBeDisabled()
    await dialog.getByLabel('Type riders to confirm').fill('riders')
    await remove.click()
    await expect(page.getByText('Deleted consumer group riders', { exact: true })).toBeVisible()
    await expect(page.getByRole('heading', { name: 'No consumer groups yet' })).toBeVisible()
    expect(await committed(key, 'riders')).toEqual({})
  })
})
