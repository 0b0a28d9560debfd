import { type Admin, Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readKeyFile } from '../support/key-file.ts'
import { type ConsumedRecord, runClient } from './client-processes.ts'
import { type Client, clients, titled } from './client-table.ts'
import { expectEachOnce, keyedRecords } from './keyed-records.ts'
import { partitioners } from './partitioners.ts'
import { quick } from './quick.ts'
import { openTutorial, type Tutorial } from './tutorial.ts'

const recordCount = quick ? 2_000 : 10_000
/** Where the library's own placement differs from Java's, it does so at 6. */
const partitionCounts = quick ? [6] : [2, 6]

let tutorial: Tutorial
let admin: Admin

beforeAll(async () => {
  tutorial = await openTutorial()
  const { bootstrapServer, key, secret } = readKeyFile(tutorial.keyFile)
  admin = new Kafka({
    clientId: 'e2e-admin',
    brokers: [bootstrapServer],
    sasl: { mechanism: 'plain', username: key, password: secret },
    logLevel: logLevel.NOTHING,
  }).admin()
  await admin.connect()
})

afterAll(async () => {
  await admin?.disconnect()
  await tutorial?.close()
})

describe.each(titled(clients))('%s', (_title, client) => {
  const missing = !client.program.ok

  it.skipIf(missing).each(partitionCounts)(
    'lands and reads keyed records on %i partitions',
    async (partitions) => {
      const topic = `${client.name}-${partitions}`
      await admin.createTopics({ topics: [{ topic, numPartitions: partitions }] })
      await runClient(client, ['produce', tutorial.keyFile, topic], keyedRecords(recordCount))
      const events = await runClient(client, ['consume', tutorial.keyFile, topic, `${recordCount}`])
      const records = events.filter((event) => event.event === 'record')
      expectEachOnce(records, recordCount)
      expect(misplaced(client, records, partitions)).toEqual([])
      expect(keysOutOfOrder(records)).toEqual([])
    },
  )

  it.skipIf(missing)('shows its records in the open page without a reload', async () => {
    const value = `hello from ${client.name}`
    await runClient(
      client,
      ['produce', tutorial.keyFile, tutorial.topic],
      `${client.name}\t${value}\n`,
    )
    await tutorial.seesRow(value)
  })
})

function misplaced(client: Client, records: readonly ConsumedRecord[], partitions: number) {
  const place = partitioners[client.partitioner]
  return records.filter((record) => record.partition !== place(record.key, partitions))
}

function keysOutOfOrder(records: readonly ConsumedRecord[]) {
  const latest = new Map<string, number>()
  return records.filter((record) => {
    const isBehind = Number(record.value) <= (latest.get(record.key) ?? -1)
    latest.set(record.key, Number(record.value))
    return isBehind
  })
}
