import { expect, test } from '@playwright/test'
import { messageRow } from '../support/console-pages.ts'
import { openMessages } from '../support/messages-page.ts'

test('many messages are typed, a JSON per line; what is no JSON stops it with its line', async ({
  page,
}) => {
  const messages = await openMessages(page, { topic: 'typed', numPartitions: 1 })
  await page.getByRole('button', { name: 'Produce new message' }).click()
  await messages.form.getByRole('radio', { name: 'Many' }).click()
  const field = messages.form.getByLabel('Messages', { exact: true })
  await field.fill('{"id":9007199254740993}\n\n[1,2]')
  await field.press('Control+Enter')
  await expect(messages.form.getByRole('status')).toContainText('2 messages written')
  await expect(messageRow(page, { partition: 0, offset: 0 })).toContainText('9007199254740993')
  await expect(field).toHaveValue('{"id":9007199254740993}\n\n[1,2]')
  await field.fill('{"id":1}\nnot json')
  await messages.form.getByRole('button', { name: 'Produce all' }).click()
  await expect(messages.form.getByRole('alert')).toContainText('Line 2 is not JSON.')
  await expect(messages.form.getByRole('alert')).toContainText('Nothing was written.')
})

test('files of NDJSON and CSV are written, whatever their size', async ({ page }) => {
  const messages = await openMessages(page, { topic: 'files', numPartitions: 1 })
  await page.getByRole('button', { name: 'Produce new message' }).click()
  await messages.form.getByRole('radio', { name: 'Many' }).click()
  const lines = Array.from({ length: 2500 }, (_, i) => JSON.stringify({ i }))
  const picker = messages.form.getByLabel('File with messages')
  await picker.setInputFiles({
    name: 'orders.ndjson',
    mimeType: 'application/x-ndjson',
    buffer: Buffer.from(`${lines.join('\n')}\n`),
  })
  await messages.form.getByRole('button', { name: 'Produce all' }).click()
  await expect(messages.form.getByRole('status')).toContainText('2,500 messages written')
  await picker.setInputFiles({
    name: 'orders.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('key,value\n18,"{""city"":""Palo Alto""}"\n,""\n'),
  })
  await messages.form.getByRole('button', { name: 'Produce all' }).click()
  await expect(messages.form.getByRole('status')).toContainText('2 messages written')
  const first = messageRow(page, { partition: 0, offset: 2500 })
  await expect(first.getByRole('cell').nth(3)).toHaveText('18')
  await expect(first).toContainText('city "Palo Alto"')
  const second = messageRow(page, { partition: 0, offset: 2501 })
  await expect(second.getByRole('cell').nth(3)).toHaveText('null')
  await expect(second.getByRole('cell').nth(4)).toHaveText('empty')
})

test('a chosen partition is kept to, and the form stays as it was', async ({ page }) => {
  const messages = await openMessages(page, { topic: 'chosen', numPartitions: 3 })
  await page.getByRole('button', { name: 'Produce a new message to this topic' }).click()
  await messages.form.getByRole('combobox', { name: 'Partition' }).click()
  await page.getByRole('option', { name: 'Partition 2' }).click()
  await messages.form.getByRole('button', { name: 'Produce' }).click()
  await expect(messages.form.getByRole('status')).toContainText('partition 2 at offset 0')
  await messages.form.getByRole('button', { name: 'Produce' }).click()
  await expect(messages.form.getByRole('status')).toContainText('partition 2 at offset 1')
  await expect(messages.form.getByLabel('Key', { exact: true })).toHaveValue('18')
})

test('the form says which partition a key leads to, and the record goes there', async ({
  page,
}) => {
  const messages = await openMessages(page, { topic: 'by_key', numPartitions: 6 })
  await page.getByRole('button', { name: 'Produce a new message to this topic' }).click()
  const key = messages.form.getByLabel('Key', { exact: true })
  for (const text of ['18', 'zoë', 'rides', '']) {
    await key.fill(text)
    const hint = messages.form.getByText(`murmur2 of “${text}” gives`)
    const told = /gives\s*(\d)/.exec((await hint.textContent()) ?? '')?.[1]
    expect(told).toBeDefined()
    await key.press('Control+Enter')
    await expect(messages.form.getByRole('status')).toContainText(`partition ${told} at`)
  }
})

test('a message as large as a topic takes is pasted, a larger one refused beside its field', async ({
  page,
}) => {
  const configEntries = [{ name: 'max.message.bytes', value: '8388608' }]
  const messages = await openMessages(page, { topic: 'large', numPartitions: 1, configEntries })
  await page.getByRole('button', { name: 'Produce a new message to this topic' }).click()
  const value = messages.form.getByLabel('Value', { exact: true })
  // Quotes are escaped on the way to the console, which makes this nearly twice as long.
  await value.fill(`["${'","'.repeat(8_000_000 / 3 - 2)}"]`)
  await expect(messages.form.getByText(/^Valid JSON, 7.63 MB/)).toBeVisible()
  await messages.form.getByRole('button', { name: 'Produce' }).click()
  await expect(messages.form.getByRole('status')).toContainText('at offset 0')
  await messages.form.getByRole('button', { name: 'Clear' }).click()
  await value.fill('x'.repeat(8_388_609))
  await messages.form.getByRole('radio', { name: 'String' }).first().click()
  await messages.form.getByRole('button', { name: 'Produce' }).click()
  await expect(messages.form.getByText(/^These are 8,388,609 bytes\. No cluster/)).toBeVisible()
})
