import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { KafkaClient } from '../../broker/protocol/client.ts'
import { DeleteRecords } from '../../broker/protocol/messages/delete-records.ts'
import { DeleteTopics } from '../../broker/protocol/messages/delete-topics.ts'
import { DescribeLogDirs } from '../../broker/protocol/messages/describe-log-dirs.ts'
import { Fetch } from '../../broker/protocol/messages/fetch.ts'
import { IncrementalAlterConfigs } from '../../broker/protocol/messages/incremental-alter-configs.ts'
import { Produce } from '../../broker/protocol/messages/produce.ts'
import { batchesIn } from '../../broker/protocol/record-batch.ts'
import { encodeBatch } from '../../broker/protocol/records.ts'
import { connectKafka } from '../support/kafka-connection.ts'
import { type BrokerProcess, startBrokerProcess } from './broker-process.ts'
import { verifyFolder } from './verify-folder.ts'

const topics = ['largest', 'batches', 'records', 'trickle'].map((name) => ({ name, partitions: 1 }))
/** What of the folder is not the log's: catalogue, certificates, journals of a few pages. */
const besidesBytes = 1024 * 1024

let dataDir: string
let broker: BrokerProcess | undefined
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tributary-space-'))
})
afterEach(() => {
  broker?.kill()
  rmSync(dataDir, { recursive: true, force: true })
})

it('the space of a deleted topic comes back while records trickle in, and no byte is miscounted', async () => {
  let client = await start()
  // In turns and one at a time, so that each is a row and pages of the file hold something of all.
  for (let n = 0; n < 300; n++) {
    await produce(client, 'largest', 90_000)
    for (let k = 0; k < 3; k++) await produce(client, 'batches', 17_000)
    for (let k = 0; k < 3; k++) await produce(client, 'records', 500)
  }
  expect(folderBytes()).toBeGreaterThan(42_000_000)
  expect(await storedBytes(client)).toEqual(await readBytes(client, ['largest', ...kept]))

  await client.send(DeleteTopics, 5, { topicNames: ['largest'], timeoutMs: 5000 })
  await untilSmall(client)
  expect(await storedBytes(client)).toEqual(await readBytes(client, kept))

  await client.send(DeleteRecords, 2, {
    timeoutMs: 5000,
    topics: [{ name: 'batches', partitions: [{ partitionIndex: 0, offset: 777 }] }],
  })
  const left = await readBytes(client, kept)
  expect(await storedBytes(client)).toEqual(left)
  expect(left.batches).toBe((900 - 777) * batchOf(17_000).length)
  await alterConfig(client, 'batches', 'retention.bytes', '1000000')
  await trickleUntil(client, async () => ((await storedBytes(client)).batches ?? 0) < 1_500_000)
  expect(await storedBytes(client)).toEqual(await readBytes(client, kept))
  await untilSmall(client)

  const before = await storedBytes(client)
  client.close()
  expect(await broker?.stop()).toBe(0)
  expect(await verifyFolder(dataDir)).toMatchObject({
    code: 0,
    said: expect.stringContaining(': 0 problems'),
  })
  client = await start()
  expect(await storedBytes(client)).toEqual(before)
  expect(await readBytes(client, kept)).toEqual(before)
  client.close()
})

const kept = ['batches', 'records', 'trickle']

async function start(): Promise<KafkaClient> {
  const env = { TRIBUTARY_UPKEEP_TIMES: '20' }
  broker = await startBrokerProcess({ dataDir, topics: broker === undefined ? topics : [], env })
  const { key, secret } = broker.file
  return connectKafka({ port: broker.ports[0] ?? 0, key, secret })
}

function batchOf(valueBytes: number): Buffer {
  return encodeBatch([{ value: Buffer.alloc(valueBytes, 'v') }], { timestampMs: Date.now() })
}

async function produce(client: KafkaClient, topic: string, valueBytes: number): Promise<void> {
  const records = [batchOf(valueBytes)]
  const topicData = [{ name: topic, partitionData: [{ index: 0, records }] }]
  const answer = await client.send(Produce, 9, { acks: -1, timeoutMs: 5000, topicData })
  expect(answer.responses[0]?.partitionResponses[0]?.errorCode).toBe(0)
}

type BytesByTopic = Readonly<Record<string, number>>

/** What the broker says that it stores; topics without a byte are left out. */
async function storedBytes(client: KafkaClient): Promise<BytesByTopic> {
  const { results } = await client.send(DescribeLogDirs, 1, { topics: null })
  const sizes = results.flatMap((result) =>
    result.topics.map(({ name, partitions }) => [name, partitions[0]?.partitionSize ?? 0] as const),
  )
  return Object.fromEntries(sizes.filter(([, size]) => size > 0))
}

/** What a consumer is given from the beginning to the end; likewise. */
async function readBytes(client: KafkaClient, names: readonly string[]): Promise<BytesByTopic> {
  const sizes: (readonly [string, number])[] = []
  for (const name of names) {
    let bytes = 0
    let next = (await fetchFrom(client, name, 0)).logStartOffset
    for (let end = next + 1; next < end; ) {
      const part = await fetchFrom(client, name, next)
      bytes += part.records.length
      for (const { baseOffset, lastOffsetDelta } of batchesIn(part.records)) {
        next = baseOffset + lastOffsetDelta + 1
      }
      end = part.highWatermark
    }
    if (bytes > 0) sizes.push([name, bytes])
  }
  return Object.fromEntries(sizes)
}

async function fetchFrom(client: KafkaClient, topic: string, fetchOffset: number, maxWaitMs = 0) {
  const partitions = [{ partition: 0, fetchOffset, partitionMaxBytes: 4_000_000 }]
  const answer = await client.send(Fetch, 11, {
    ...{ maxWaitMs, minBytes: 1, forgottenTopicsData: [], rackId: '' },
    topics: [{ topic, partitions }],
  })
  const fetched = answer.responses[0]?.partitions[0]
  const { logStartOffset = -1, highWatermark = -1 } = fetched ?? {}
  return { logStartOffset, highWatermark, records: Buffer.concat(fetched?.records ?? []) }
}

async function alterConfig(client: KafkaClient, topic: string, name: string, value: string) {
  const configs = [{ name, configOperation: 0, value }]
  const { responses } = await client.send(IncrementalAlterConfigs, 0, {
    resources: [{ resourceType: 2, resourceName: topic, configs }],
    validateOnly: false,
  })
  expect(responses[0]).toMatchObject({ errorCode: 0 })
}

/** Until all files are less than 1.3 times what is stored in them. */
async function untilSmall(client: KafkaClient): Promise<void> {
  const sizes = { stored: 0, folder: 0 }
  await trickleUntil(
    client,
    async () => {
      sizes.stored = Object.values(await storedBytes(client)).reduce((sum, size) => sum + size, 0)
      sizes.folder = folderBytes()
      return sizes.folder < 1.3 * sizes.stored + besidesBytes
    },
    () => JSON.stringify({ sizes, files: filesOf(dataDir) }),
  )
}

/** Writes a record now and then, waiting in between as a consumer at the end of a topic does. */
async function trickleUntil(
  client: KafkaClient,
  holds: () => Promise<boolean>,
  describe: () => string = () => 'nothing changed',
): Promise<void> {
  const giveUpMs = Date.now() + 60_000
  while (!(await holds())) {
    if (Date.now() > giveUpMs) throw new Error(`Waited a minute in vain: ${describe()}`)
    await produce(client, 'trickle', 100)
    const { highWatermark } = await fetchFrom(client, 'trickle', 0)
    await fetchFrom(client, 'trickle', highWatermark, 50)
  }
}

function folderBytes(): number {
  return filesOf(dataDir).reduce((sum, [, size]) => sum + size, 0)
}

function filesOf(folder: string): (readonly [string, number])[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [entry.name, statSync(join(entry.parentPath, entry.name)).size] as const)
}
