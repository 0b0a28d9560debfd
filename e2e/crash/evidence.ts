import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { KafkaClient } from '../../broker/protocol/client.ts'
import { Fetch } from '../../broker/protocol/messages/fetch.ts'
import { Metadata } from '../../broker/protocol/messages/metadata.ts'
import { batchesIn } from '../../broker/protocol/record-batch.ts'
import { decodeRecords, type KafkaRecord } from '../../broker/protocol/records.ts'
import type { Acknowledgement, LoggedRecord } from './check-ledger.ts'
import { type LedgerTarget, type Nodes, withNodes } from './ledger-target.ts'
import { logStartOf } from './log-ends.ts'

const OFFSET_OUT_OF_RANGE = 1

/** A ledger that a client process keeps, one acknowledgement a line. */
export class LedgerFile<T extends Acknowledgement> {
  readonly #path: string
  #bytesRead = 0

  constructor(path: string) {
    this.#path = path
  }

  /** What was written since it was last read; a line that is being written is no promise yet. */
  readOn(): T[] {
    if (!existsSync(this.#path)) return []
    const bytes = readFileSync(this.#path).subarray(this.#bytesRead)
    const end = bytes.lastIndexOf('\n') + 1
    this.#bytesRead += end
    const lines = bytes.subarray(0, end).toString().split('\n').slice(0, -1)
    return lines.map((line): T => JSON.parse(line))
  }
}

export interface LogEvidence {
  readonly records: readonly (KafkaRecord & { readonly partition: number })[]
  /** Where each partition begins. */
  readonly starts: ReadonlyMap<number, number>
}

/** Every record of the topic, partition by partition, in the order of their offsets. */
export function readRecords(target: LedgerTarget): Promise<LogEvidence> {
  return withNodes(target, (nodes) => readTopic(nodes, target.topic))
}

/** Reads every partition of the topic from its beginning to its end of now, record by record. */
export async function readTopic(nodes: Nodes, topic: string): Promise<LogEvidence> {
  const { topics } = await nodes.any.send(Metadata, 9, { topics: [{ name: topic }] })
  const logs = await Promise.all(
    (topics[0]?.partitions ?? []).map(async ({ partitionIndex, leaderId }) => {
      const log = await readPartition(nodes.byId(leaderId), topic, partitionIndex)
      return { ...log, partition: partitionIndex }
    }),
  )
  return {
    records: logs.flatMap(({ partition, records }) =>
      records.map((record) => ({ ...record, partition })),
    ),
    starts: new Map(logs.map(({ partition, start }) => [partition, start])),
  }
}

/** Where retention overtakes the reader, it begins again at the new start, as consumers do. */
async function readPartition(client: KafkaClient, topic: string, partition: number) {
  let records: KafkaRecord[] = []
  let [start, offset, end] = [0, 0, Number.POSITIVE_INFINITY]
  while (offset < end) {
    const part = await fetchFrom(client, { topic, partition, offset })
    if (part.errorCode === OFFSET_OUT_OF_RANGE && part.logStartOffset > offset) {
      records = []
      start = part.logStartOffset
      offset = start
      continue
    }
    if (part.errorCode !== 0) {
      throw new Error(`Fetch of ${topic}-${partition} at ${offset} was answered ${part.errorCode}`)
    }
    // What is written meanwhile is not waited for.
    end = Number.isFinite(end) ? end : part.highWatermark
    if (offset >= end) break
    const before = offset
    for (const bytes of part.records ?? []) {
      for (const header of batchesIn(bytes)) {
        for (const record of await decodeRecords(bytes, header)) {
          if (record.offset >= offset) records.push(record)
        }
        // Compaction may leave nothing of a batch but its header.
        offset = Math.max(offset, header.baseOffset + header.lastOffsetDelta + 1)
      }
    }
    if (offset === before) {
      throw new Error(`${topic}-${partition} stands still at ${offset}, and ends at ${end}`)
    }
  }
  return { records, start }
}

async function fetchFrom(
  client: KafkaClient,
  { topic, partition, offset }: { topic: string; partition: number; offset: number },
) {
  const answer = await client.send(Fetch, 11, {
    maxWaitMs: 0,
    minBytes: 1,
    topics: [
      { topic, partitions: [{ partition, fetchOffset: offset, partitionMaxBytes: 4 * 2 ** 20 }] },
    ],
    forgottenTopicsData: [],
    rackId: '',
  })
  const part = answer.responses[0]?.partitions[0]
  if (part === undefined) throw new Error(`Fetch of ${topic}-${partition} was not answered`)
  if (part.errorCode !== OFFSET_OUT_OF_RANGE) return part
  // Its answer does not say where the log begins.
  return { ...part, logStartOffset: await logStartOf(client, topic, partition) }
}

export function loggedRecords({ records }: LogEvidence): LoggedRecord[] {
  return records.map(({ partition, offset, key, value }) => {
    const [producer = '', number = ''] = Buffer.from(value ?? [])
      .toString()
      .split('|', 2)
    return { partition, offset, hash: hashOf(key, value), producer, number: Number(number) }
  })
}

/** What ledgers keep of a record. */
export function hashOf(key: Uint8Array | null, value: Uint8Array | null): string {
  const hash = createHash('sha1')
  if (key !== null) hash.update(key)
  return hash.update(value ?? 'null').digest('base64')
}
