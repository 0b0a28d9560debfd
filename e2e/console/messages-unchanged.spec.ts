import { expect, type Page } from '@playwright/test'
import type { Compression } from '../../broker/protocol/record-batch.ts'
import { encodeBatch, encodeCompressedBatch } from '../../broker/protocol/records.ts'
import { messageRow } from '../support/console-pages.ts'
import { test } from '../support/flow-test.ts'
import { kafkajsWithKey } from '../support/kafkajs-with-key.ts'
import type { KeyFile } from '../support/key-file.ts'
import { openMessages } from '../support/messages-page.ts'
import { produceBatch } from '../support/produced-batches.ts'

/** What every console gets wrong at some point: it must come through as it is, and run nothing. */
const digits =
  '{"id":9007199254740993,"big":12345678901234567890,"price":0.1234567890123456789012345}'
const html = '<img src=x onerror="document.title=\'executed\'"><script>document.title=1</script>'
const binary = Buffer.from([0x00, 0xff, 0xfe, 0x80, 0x07])
const invalidUtf8 = Buffer.from([0x61, 0xc3, 0x28, 0x62])
const headers200 = Array.from({ length: 200 }, (_, i) => ({
  key: `<b>h${i}</b>`,
  value: i % 3 === 0 ? binary : i % 3 === 1 ? Buffer.from(`v${i}`) : null,
}))

// Each writes, reads and carries megabytes about, beside everything else that runs.
test.slow()

interface Sent {
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers?: readonly { readonly key: string; readonly value: Buffer | null }[]
}
const sent: readonly Sent[] = [
  { key: Buffer.from('digits'), value: Buffer.from(digits) },
  { key: Buffer.from('html'), value: Buffer.from(html) },
  { key: binary, value: invalidUtf8 },
  { key: Buffer.from('tombstone'), value: null },
  { key: null, value: Buffer.from('') },
  { key: Buffer.from('headers'), value: Buffer.from('\ufeff\t"x",\r\n'), headers: headers200 },
]
const big = { key: Buffer.from('big'), value: Buffer.alloc(8_000_000, '0123456789abcdef\n') }

async function produceSent(key: KeyFile, records: readonly Sent[]) {
  for (const record of records) {
    await produceBatch(key, 'odd', encodeBatch([record], { timestampMs: 1_700_000_000_000 }))
  }
}

/** All records of the topic as another client sees them. */
async function readAll(key: KeyFile, count: number): Promise<Sent[]> {
  const consumer = kafkajsWithKey(key).consumer({
    groupId: `check-${Date.now()}`,
    maxWaitTimeInMs: 100,
  })
  const read: Sent[] = []
  await consumer.connect()
  await consumer.subscribe({ topic: 'odd', fromBeginning: true })
  await new Promise<void>((resolve) => {
    void consumer.run({
      eachMessage: async ({ message }) => {
        const headers = Object.entries(message.headers ?? {}).map(([name, value]) => ({
          key: name,
          // Names are unique here; the library's types also know of those that are not.
          value: value as Buffer | null,
        }))
        read.push({ key: message.key, value: message.value, headers })
        if (read.length === count) resolve()
      },
    })
  })
  await consumer.disconnect()
  return read
}

const openOdd = (page: Page, records: readonly Sent[]) =>
  openMessages(
    page,
    {
      topic: 'odd',
      numPartitions: 1,
      configEntries: [{ name: 'max.message.bytes', value: '8388608' }],
    },
    (key) => produceSent(key, records),
  )

test('odd records are shown as they are and execute nothing', async ({ page }) => {
  const messages = await openOdd(page, sent)
  await expect(messages.rows).toHaveCount(sent.length)
  for (const text of ['9007199254740993', '12345678901234567890', '0.1234567890123456789012345']) {
    await expect(messageRow(page, { partition: 0, offset: 0 })).toContainText(text)
  }
  await expect(messageRow(page, { partition: 0, offset: 1 })).toContainText(html)
  const bytes = messageRow(page, { partition: 0, offset: 2 })
  await expect(bytes.getByRole('cell').nth(3)).toHaveText('0x00fffe8007')
  await expect(bytes.getByRole('cell').nth(4)).toHaveText('0x61c32862')
  await expect(messageRow(page, { partition: 0, offset: 3 }).getByRole('cell').nth(4)).toHaveText(
    'null',
  )
  await expect(messageRow(page, { partition: 0, offset: 4 }).getByRole('cell').nth(4)).toHaveText(
    'empty',
  )

  await messages.open({ partition: 0, offset: 0 })
  const value = messages.details.getByRole('region', { name: 'Value' })
  await expect(value).toContainText('"price": 0.1234567890123456789012345')
  await messages.open({ partition: 0, offset: 1 })
  await expect(value).toHaveText(html)
  await messages.open({ partition: 0, offset: 2 })
  await expect(value).toContainText('61c3 2862')
  await messages.details.getByRole('radio', { name: 'Text' }).click()
  await expect(value).toHaveText('a\ufffd(b')
  await messages.open({ partition: 0, offset: 5 })
  await messages.details.getByRole('tab', { name: 'Headers 200' }).click()
  const headers = messages.details.getByRole('region', { name: 'Headers' })
  await expect(headers.getByRole('term')).toHaveCount(200)
  await expect(headers).toContainText('<b>h199</b>')
  expect(await page.title()).not.toMatch(/executed|^1$/)
})

test('odd records are copied as they are', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const messages = await openOdd(page, sent)
  const copied = async (place: number, part: 'key' | 'value') => {
    await messages.open({ partition: 0, offset: place })
    if (part === 'key') await messages.details.getByRole('tab', { name: 'Key' }).click()
    await messages.details.getByRole('button', { name: `Copy ${part}` }).click()
    await expect(messages.details.getByText('Copied').first()).toBeVisible()
    const text = await page.evaluate(() => navigator.clipboard.readText())
    await page.keyboard.press('Escape')
    return text
  }
  expect(await copied(0, 'value')).toBe(digits)
  expect(await copied(1, 'value')).toBe(html)
  expect(await copied(2, 'key')).toBe('00fffe8007')
})

test('odd records are found', async ({ page }) => {
  const messages = await openOdd(page, sent)
  await page.getByRole('radio', { name: 'Whole topic' }).click()
  for (const [query, offset] of [
    ['$.id = 9007199254740993', 0],
    ['$.big = 12345678901234567890', 0],
    ['$.price = 0.1234567890123456789012345', 0],
    ['"<script>"', 1],
    ['key:tombstone', 3],
    ['header["<b>h1</b>"]:v1', 5],
  ] as const) {
    const field = page.getByRole('searchbox', { name: 'Search the whole topic' })
    await field.fill(query)
    await field.press('Enter')
    await expect(page.getByText(`1 match, ${sent.length} of ${sent.length} scanned`)).toBeVisible()
    await expect(messageRow(page, { partition: 0, offset })).toBeVisible()
  }
  const near = page.getByRole('searchbox', { name: 'Search the whole topic' })
  await near.fill('$.id = 9007199254740992')
  await near.press('Enter')
  await expect(page.getByText(`0 matches, ${sent.length} of ${sent.length} scanned`)).toBeVisible()
  await expect(messages.rows).toHaveCount(0)
})

test('odd records that were exported and produced again are the same bytes', async ({ page }) => {
  const messages = await openOdd(page, sent)
  await expect(messages.rows).toHaveCount(sent.length)
  for (const [format, name] of [
    ['NDJSON', 'odd.ndjson'],
    ['CSV', 'odd.csv'],
  ] as const) {
    await page.keyboard.press('Escape')
    const text = await messages.exportAs(`${format}, all`)
    await page.getByRole('button', { name: 'Produce a new message to this topic' }).click()
    await messages.form.getByRole('radio', { name: 'Many' }).click()
    await messages.form
      .getByLabel('File with messages')
      .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
    await messages.form.getByRole('button', { name: 'Produce all' }).click()
    await expect(messages.form.getByRole('status')).toContainText('messages written')
    await messages.form.getByRole('button', { name: 'Close' }).click()
  }
  const read = await readAll(messages.key, 4 * sent.length)
  const plain = sent.map((record) => ({ headers: [], ...record }))
  // The second export held the records twice.
  expect(read).toEqual([...plain, ...plain, ...plain, ...plain])
})

test('every odd record is produced again from its details, unchanged', async ({ page }) => {
  const messages = await openOdd(page, sent)
  for (const [offset] of sent.entries()) {
    await messages.open({ partition: 0, offset })
    await messages.details.getByRole('button', { name: 'Produce again' }).click()
    await messages.form.getByRole('button', { name: 'Produce' }).click()
    await expect(messages.form.getByRole('status')).toContainText(`offset ${sent.length + offset}`)
    await page.keyboard.press('Escape')
  }
  const plain = sent.map((record) => ({ headers: [], ...record }))
  expect(await readAll(messages.key, 2 * sent.length)).toEqual([...plain, ...plain])
  await messages.open({ partition: 0, offset: 2 * sent.length - 1 })
  await messages.details.getByRole('tab', { name: 'Headers 200' }).click()
  await expect(messages.details.getByRole('region', { name: 'Headers' })).toContainText(
    '<b>h199</b>',
  )
})

test('a record that is produced again before all of it has come keeps all of its headers', async ({
  page,
}) => {
  const record = sent.slice(-1)
  const messages = await openOdd(page, record)
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(/\/messages\/0\/0(\?|$)/, async (route) => {
    await released
    await route.continue()
  })
  await messages.open({ partition: 0, offset: 0 })
  await messages.details.getByRole('button', { name: 'Produce again' }).click()
  release()
  await expect(messages.form.getByLabel('Header 200 name')).toHaveValue('<b>h199</b>')
  await messages.form.getByRole('button', { name: 'Produce' }).click()
  await expect(messages.form.getByRole('status')).toContainText('offset 1')
  expect(await readAll(messages.key, 2)).toEqual([...record, ...record])
})

test('a value of 8,000,000 bytes is cut, shown whole, copied and produced again', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const messages = await openOdd(page, [big])
  await messages.open({ partition: 0, offset: 0 })
  await expect(messages.details.getByText('7.63 MB, text')).toBeVisible()
  const value = messages.details.getByRole('region', { name: 'Value' })
  await expect.poll(async () => (await value.allInnerTexts()).join('').length).toBeLessThan(70_000)
  await messages.details.getByRole('button', { name: 'Show all (7.63 MB)' }).click()
  await expect(messages.details.getByRole('button', { name: /Show all/ })).toHaveCount(0)
  await messages.details.getByRole('button', { name: 'Copy value' }).click()
  await expect(messages.details.getByText('Copied').first()).toBeVisible()
  const length = await page.evaluate(async () => (await navigator.clipboard.readText()).length)
  expect(length).toBe(big.value.length)
  await messages.details.getByRole('button', { name: 'Produce again' }).click()
  await expect(messages.form.getByText('The 7.63 MB of text')).toBeVisible()
  await messages.form.getByRole('button', { name: 'Produce' }).click()
  await expect(messages.form.getByRole('status')).toContainText('offset 1')
  const [first, second] = await readAll(messages.key, 2)
  expect(first?.value?.equals(big.value)).toBe(true)
  expect(second?.value?.equals(big.value)).toBe(true)
  const line = JSON.parse((await messages.exportAs('NDJSON, shown')).split('\n')[0] ?? '')
  expect(Buffer.from(line.value).equals(big.value)).toBe(true)
})

const codecs: readonly Compression[] = ['gzip', 'snappy', 'lz4', 'zstd']

test('compressed batches are read, and one that is damaged shows why and its bytes', async ({
  page,
}) => {
  const messages = await openMessages(page, { topic: 'odd', numPartitions: 1 }, async (key) => {
    for (const codec of codecs) {
      const records = [{ value: Buffer.from(`by ${codec} 1`) }, { value: Buffer.from('2') }]
      await produceBatch(
        key,
        'odd',
        await encodeCompressedBatch(records, codec, { timestampMs: 1_700_000_000_000 }),
      )
    }
    await produceBatch(key, 'odd', await damagedBatch())
    await produceSent(key, [{ key: null, value: Buffer.from('behind the damage') }])
  })
  for (const [index, codec] of codecs.entries()) {
    await expect(messageRow(page, { partition: 0, offset: 2 * index })).toContainText(
      `by ${codec} 1`,
    )
  }
  await expect(page.getByText('behind the damage')).toBeVisible()
  const damaged = messageRow(page, { partition: 0, offset: 9 })
  await expect(damaged).toContainText('Cannot be read: Damaged gzip data')
  await damaged.getByRole('button').click()
  await expect(messages.details.getByRole('alert')).toContainText('cannot be read')
  await expect(messages.details.getByRole('region', { name: 'Value' })).toContainText('0000  ')
  await expect(messages.details.getByRole('button', { name: 'Produce again' })).toBeDisabled()
})

/** Says gzip and holds none; its checksum is right, so the broker stores it as it is. */
async function damagedBatch(): Promise<Buffer> {
  const records = [{ value: Buffer.from('x'.repeat(50)) }, { value: Buffer.from('y') }]
  const batch = encodeBatch(records, { timestampMs: 1_700_000_000_000 })
  batch.writeInt16BE(1, 21)
  const { crc32c } = await import('@node-rs/crc32')
  batch.writeUInt32BE(crc32c(batch.subarray(21)), 17)
  return batch
}
