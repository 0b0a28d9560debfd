import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Fetch } from '../../broker/protocol/messages/fetch.ts'
import { Metadata } from '../../broker/protocol/messages/metadata.ts'
import { batchesIn } from '../../broker/protocol/record-batch.ts'
import { decodeRecords, type KafkaRecord } from '../../broker/protocol/records.ts'
import type { Acknowledgement, LoggedRecord } from './check-ledger.ts'
import { connectAny, connectLeader, type LedgerTarget } from './ledger-target.ts'

/** The ledger that a client process kept; a line that was being written when it died is no promise. */
export function readAcknowledgements(path: string): Acknowledgement[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line): Acknowledgement => JSON.parse(line))
}

/** Reads every partition of the topic from its beginning to its end, record by record. */
export async function readLog(target: LedgerTarget): Promise<LoggedRecord[]> {
  const records = await readRecords(target)
  return records.map(({ partition, offset, value }) => loggedRecord(partition, offset, value))
}

/** Every record of the topic, partition by partition, in the order of their offsets. */
export async function readRecords(
  target: LedgerTarget,
): Promise<(KafkaRecord & { readonly partition: number })[]> {
  const client = await connectAny(target)
  const { topics } = await client.send(Metadata, 9, { topics: [{ name: target.topic }] })
  client.close()
  const partitions = topics[0]?.partitions.map((each) => each.partitionIndex) ?? []
  const logs = await Promise.all(
    partitions.map(async (partition) => {
      const records = await readPartition(target, partition)
      return records.map((record) => ({ ...record, partition }))
    }),
  )
  return logs.flat()
}

async function readPartition(target: LedgerTarget, partition: number): Promise<KafkaRecord[]> {
  const client = await connectLeader(target, partition)
  const log: KafkaRecord[] = []
  for (let offset = 0, highWatermark = 1; offset < highWatermark; ) {
    const answer = await client.send(Fetch, 11, {
      maxWaitMs: 0,
      minBytes: 1,
      topics: [
        {
          topic: target.topic,
          partitions: [{ partition, fetchOffset: offset, partitionMaxBytes: 4 * 2 ** 20 }],
        },
      ],
      forgottenTopicsData: [],
      rackId: '',
    })
    const part = answer.responses[0]?.partitions[0]
    if (part === undefined || part.errorCode !== 0) {
      throw new Error(`Fetch of partition ${partition} was answered ${part?.errorCode}`)
    }
    highWatermark = part.highWatermark
    for (const bytes of part.records ?? []) {
      for (const header of batchesIn(bytes)) {
        for (const record of await decodeRecords(bytes, header)) {
          if (record.offset < offset) continue
          log.push(record)
        }
      }
    }
    const next = (log.at(-1)?.offset ?? -1) + 1
    if (highWatermark > 0 && next === offset) throw new Error(`Partition ${partition} stands still`)
    offset = next
  }
  client.close()
  return log
}

function loggedRecord(partition: number, offset: number, value: Uint8Array | null): LoggedRecord {
  const bytes = Buffer.from(value ?? [])
  const [producer = '', number = ''] = bytes.toString().split('|', 2)
  const hash = createHash('sha1').update(bytes).digest('base64')
  return { partition, offset, hash, producer, number: Number(number) }
}
