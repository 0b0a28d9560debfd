import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Fetch } from '../../broker/protocol/messages/fetch.ts'
import { Produce } from '../../broker/protocol/messages/produce.ts'
import { batchesIn } from '../../broker/protocol/record-batch.ts'
import { decodePlainRecords, encodeBatch } from '../../broker/protocol/records.ts'
import { connectKafka } from '../support/kafka-connection.ts'
import { kafkajsWithKey } from '../support/kafkajs-with-key.ts'
import type { KeyFile } from '../support/key-file.ts'
import { createTurnstile } from '../support/turnstile.ts'
import { type BrokerProcess, spawnBroker, startBrokerProcess } from './broker-process.ts'
import { verifyFolder } from './verify-folder.ts'

const topics = [{ name: 'rides', partitions: 1 }]
const batches = 300
const recordsPerBatch = 2
const end = batches * recordsPerBatch

let dataDir: string
let broker: BrokerProcess | undefined
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tributary-flipped-'))
})
afterEach(() => {
  broker?.kill()
  rmSync(dataDir, { recursive: true, force: true })
})

it('a flipped byte in the middle of the log costs one batch, and consumers go on behind it', async () => {
  await writeLog()
  flipByteOf(valueAt(301))

  broker = await startBrokerProcess({ dataDir, topics })
  await produce(broker.file, ['afterwards'])
  const all = [...Array.from({ length: end }, (_, n) => n), end]
  const left = all.filter((offset) => offset !== 300 && offset !== 301)
  const read = await consume(broker.file, end)
  expect(read.map(({ offset }) => offset)).toEqual(left)
  expect(read.slice(0, -1).map(({ value }) => value)).toEqual(left.slice(0, -1).map(valueAt))
  // Whoever had read up to the damage, or into it, is taken to what comes behind it.
  for (const offset of [300, 301]) {
    expect(await firstRecordFrom(broker.file, offset)).toEqual({
      offset: 302,
      value: valueAt(302),
      highWatermark: end + 1,
      errorCode: 0,
    })
  }
  expect(broker.lines.filter((line) => /damage/i.test(line))).toEqual([
    expect.stringMatching(
      /^Damage in lkc-\w+ rides-0: offsets 300 to 301 are lost \(2 records\), since the checksum of the record batch is wrong\. /,
    ),
  ])
  expect(await broker.stop()).toBe(0)
  expect(await verifyFolder(dataDir)).toMatchObject({
    code: 0,
    said: expect.stringContaining(': 0 problems'),
  })
})

it('where the last record is damaged, it is cut at the start, and the log ends where it ended', async () => {
  await writeLog()
  flipByteOf(valueAt(end - 1))

  broker = await startBrokerProcess({ dataDir, topics })
  expect(await broker.line(/^Damage/)).toMatch(`offsets ${end - 2} to ${end - 1} are lost`)
  const admin = kafkajsWithKey(broker.file).admin()
  await admin.connect()
  const offsets = await admin.fetchTopicOffsets('rides')
  await admin.disconnect()
  expect(offsets).toMatchObject([{ low: '0', high: `${end}` }])
  // A consumer that waits at the gap gets what is written behind it.
  const reading = consume(broker.file, end)
  await produce(broker.file, ['afterwards'])
  const read = await reading
  expect(read.at(-2)).toEqual({ offset: end - 3, value: valueAt(end - 3) })
  expect(read.at(-1)).toEqual({ offset: end, value: 'afterwards' })
  expect(await broker.stop()).toBe(0)
  expect(await verifyFolder(dataDir)).toMatchObject({ code: 0 })
})

it('a file that is no database any more is named, and nothing is made in its place', async () => {
  await writeLog()
  for (const file of ['log.db', 'broker.db']) {
    const path = join(dataDir, file)
    const whole = readFileSync(path)
    writeFileSync(path, Buffer.alloc(whole.length, 'garbage '))
    const failed = spawnBroker({ dataDir, topics })
    expect(await failed.ended).toBe(1)
    expect(failed.lines).toEqual([expect.stringContaining(path)])
    expect(failed.lines[0]).toMatch(/is damaged.*npm run verify/)
    writeFileSync(path, whole)
  }
  broker = await startBrokerProcess({ dataDir, topics })
  expect(await consume(broker.file, end - 1)).toHaveLength(end)
})

it('a page that SQLite cannot read is an error that clients know, and one line', async () => {
  const twoTopics = [...topics, { name: 'large', partitions: 1 }]
  broker = await startBrokerProcess({ dataDir, topics: twoTopics })
  const middle = 'in the middle of a value of many pages'
  const value = Buffer.alloc(500_000, 'v')
  value.write(middle, 250_000)
  await produce(broker.file, [value.toString()], 'large')
  await produce(broker.file, [valueAt(0)])
  expect(await broker.stop()).toBe(0)
  const path = join(dataDir, 'log.db')
  const bytes = readFileSync(path)
  const pageBytes = bytes.readUInt16BE(16) === 1 ? 65_536 : bytes.readUInt16BE(16)
  const page = Math.floor(bytes.indexOf(middle) / pageBytes)
  writeFileSync(path, bytes.fill(0, page * pageBytes, (page + 1) * pageBytes))

  broker = await startBrokerProcess({ dataDir, topics: twoTopics })
  for (let n = 0; n < 20; n++) {
    expect(await firstRecordFrom(broker.file, 0, 'large')).toMatchObject({ errorCode: 56 })
  }
  expect(await firstRecordFrom(broker.file, 0)).toMatchObject({ offset: 0, value: valueAt(0) })
  await produce(broker.file, ['afterwards'], 'large')
  expect(await firstRecordFrom(broker.file, 1, 'large')).toMatchObject({ value: 'afterwards' })
  const complaints = broker.lines.filter((line) => /fail|damage/i.test(line))
  expect(complaints.length).toBeLessThanOrEqual(3)
  expect(complaints[0]).toMatch(
    /^Storage failed for lkc-\w+ large-0: .*log\.db is damaged, and SQLite says/,
  )
  expect(await broker.stop()).toBe(0)
  expect(await verifyFolder(dataDir)).toMatchObject({
    code: 1,
    said: expect.stringContaining('✗ log.db'),
  })
})

async function writeLog(): Promise<void> {
  broker = await startBrokerProcess({ dataDir, topics })
  await produce(
    broker.file,
    Array.from({ length: end }, (_, n) => valueAt(n)),
  )
  expect(await broker.stop()).toBe(0)
}

/** Stands in no other place of any file. */
function valueAt(offset: number): string {
  return `the record of offset ${String(offset).padStart(6, '0')}`
}

/** Writes them in batches of two, in order, of which many share a chunk. */
async function produce(file: KeyFile, values: readonly string[], name = 'rides'): Promise<void> {
  const client = await connect(file)
  const answers = []
  for (let at = 0; at < values.length; at += recordsPerBatch) {
    const records = values.slice(at, at + recordsPerBatch)
    const batch = encodeBatch(
      records.map((value) => ({ value: Buffer.from(value) })),
      { timestampMs: Date.now() },
    )
    const topicData = [{ name, partitionData: [{ index: 0, records: [batch] }] }]
    answers.push(client.send(Produce, 9, { acks: -1, timeoutMs: 5000, topicData }))
  }
  for (const { responses } of await Promise.all(answers)) {
    expect(responses[0]?.partitionResponses[0]?.errorCode).toBe(0)
  }
  client.close()
}

/** What kafkajs reads, as a group, from the beginning up to an offset. */
async function consume(file: KeyFile, lastOffset: number) {
  const consumer = kafkajsWithKey(file).consumer({
    groupId: `readers-of-${lastOffset}`,
    maxWaitTimeInMs: 200,
    // Many requests, so that gaps are met at the beginning of an answer as well as within one.
    maxBytesPerPartition: 2000,
  })
  await consumer.connect()
  await consumer.subscribe({ topic: 'rides', fromBeginning: true })
  const read: { readonly offset: number; readonly value: string }[] = []
  const turnstile = createTurnstile()
  await consumer.run({
    eachMessage: async ({ message }) => {
      read.push({ offset: Number(message.offset), value: `${message.value}` })
      turnstile.changed()
    },
  })
  await turnstile.until(
    () => (read.at(-1)?.offset ?? -1) >= lastOffset,
    () => `the last that was read is ${JSON.stringify(read.at(-1))}`,
  )
  await consumer.disconnect()
  return read
}

/** What our own client is given at an offset. */
async function firstRecordFrom(file: KeyFile, fetchOffset: number, topic = 'rides') {
  const client = await connect(file)
  const partitions = [{ partition: 0, fetchOffset, partitionMaxBytes: 500 }]
  const answer = await client.send(Fetch, 11, {
    ...{ maxWaitMs: 0, minBytes: 1, forgottenTopicsData: [], rackId: '' },
    topics: [{ topic, partitions }],
  })
  client.close()
  const fetched = answer.responses[0]?.partitions[0]
  const bytes = Buffer.concat(fetched?.records ?? [])
  const records = [...batchesIn(bytes)].flatMap((batch) => decodePlainRecords(bytes, batch))
  const [first] = records.filter(({ offset }) => offset >= fetchOffset)
  return {
    offset: first?.offset,
    value: `${first?.value}`,
    highWatermark: fetched?.highWatermark,
    errorCode: fetched?.errorCode,
  }
}

function connect({ bootstrapServer, key, secret }: KeyFile) {
  return connectKafka({ port: Number(bootstrapServer.split(':')[1]), key, secret })
}

function flipByteOf(value: string): void {
  const path = join(dataDir, 'log.db')
  const bytes = readFileSync(path)
  const at = bytes.indexOf(value)
  expect(at, value).toBeGreaterThan(0)
  expect(bytes.indexOf(value, at + 1), 'it stands there once').toBe(-1)
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at)
  writeFileSync(path, bytes)
}
