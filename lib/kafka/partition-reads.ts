import { Fetch } from '../../broker/protocol/messages/fetch.ts'
import { ListOffsets } from '../../broker/protocol/messages/list-offsets.ts'
import { type BatchHeader, batchesIn } from '../../broker/protocol/record-batch.ts'
import { openRecords } from '../../broker/protocol/records.ts'
import type { ResponseReceived } from '../../broker/protocol/schema.ts'
import type { PartitionOffsets, PartitionRange, PartitionRecord } from './cluster-client.ts'
import type { Connection } from './connection.ts'
import { failureOfCode } from './failure.ts'
import { unreadableReason } from './fetched-batches.ts'
import type { Leader, Nodes } from './nodes.ts'

/** Reading partitions without a group, from their leaders. */

/** One answer's records of one partition; a larger single batch still comes whole. */
const partitionBytesMax = 1024 * 1024
const answerBytesMax = 8 * 1024 * 1024
/** A page shows fifty rows: most ranges fit into the first answer, and those that do not take larger ones. */
const firstBytesMax = 64 * 1024

/** A range keeps records up to this sum of keys and values; the others are let go. */
const rangeBytesMax = 16 * 1024 * 1024

/** Version 12 is the last that names topics by name; ids would cost a lookup and gain nothing. */
const fetchVersionMax = 12
const readCommitted = 1

export async function readOffsets(nodes: Nodes, topic: string): Promise<PartitionOffsets[]> {
  const leaders = await nodes.findLeaders(topic)
  const answers = await Promise.all(
    [...byNode(leaders).values()].map(({ node, partitions }) =>
      nodes.withConnection(node, (connection) => listOffsets(connection, topic, partitions)),
    ),
  )
  return answers.flat().sort((a, b) => a.partition - b.partition)
}

/** Partitions grouped by the node that leads them. */
export function byNode(leaders: ReadonlyMap<number, Leader>) {
  const groups = new Map<string, { node: Leader['node']; partitions: number[] }>()
  for (const [partition, { node }] of leaders) {
    const key = `${node.host}:${node.port}`
    const group = groups.get(key) ?? { node, partitions: [] }
    group.partitions.push(partition)
    groups.set(key, group)
  }
  return groups
}

async function listOffsets(
  connection: Connection,
  topic: string,
  partitions: readonly number[],
): Promise<PartitionOffsets[]> {
  const ask = async (timestamp: number) => {
    const answer = await connection.call(
      ListOffsets,
      {
        replicaId: -1,
        isolationLevel: readCommitted,
        topics: [
          {
            name: topic,
            partitions: partitions.map((partitionIndex) => ({ partitionIndex, timestamp })),
          },
        ],
      },
      { versionMax: 7 },
    )
    return new Map(
      (answer.topics[0]?.partitions ?? []).map(({ partitionIndex, errorCode, offset }) => {
        if (errorCode !== 0) throw failureOfCode(errorCode)
        return [partitionIndex, offset]
      }),
    )
  }
  const [starts, ends] = await Promise.all([ask(-2), ask(-1)])
  return partitions.map((partition) => {
    const start = starts.get(partition) ?? 0
    return { partition, start, end: Math.max(start, ends.get(partition) ?? start) }
  })
}

export async function readPartitionRange(
  nodes: Nodes,
  range: PartitionRange,
): Promise<PartitionRecord[]> {
  const leader = (await nodes.findLeaders(range.topic)).get(range.partition)
  if (leader === undefined) throw failureOfCode(3)
  return nodes.withConnection(
    leader.node,
    (connection) => readRange(connection, range),
    range.signal,
  )
}

async function readRange(connection: Connection, range: PartitionRange) {
  const records: PartitionRecord[] = []
  let keptBytes = 0
  let bytesMax = firstBytesMax
  for (let next = range.fromOffset; next < range.toOffset; ) {
    const from = new Map([[range.partition, next]])
    const [answer] = await fetchOnce(connection, { topic: range.topic, from, waitMs: 0, bytesMax })
    bytesMax = Math.min(4 * bytesMax, partitionBytesMax)
    if (answer === undefined || answer.nextOffset <= next) break
    for (const record of answer.records) {
      if (record.offset >= range.toOffset) break
      records.push(record)
      keptBytes += sizeOf(record)
      if (records.length === range.recordsMax) return records
    }
    if (keptBytes > rangeBytesMax && range.keep === 'oldest') break
    while (keptBytes > rangeBytesMax && records.length > 1) keptBytes -= sizeOf(records.shift())
    next = answer.nextOffset
  }
  return records
}

function sizeOf(record: PartitionRecord | undefined): number {
  return (record?.key?.length ?? 0) + (record?.value?.length ?? 0)
}

export interface FetchedPartition {
  readonly partition: number
  readonly records: readonly PartitionRecord[]
  /** Where to go on; beyond what was asked for even if every batch held markers only. */
  readonly nextOffset: number
  readonly offsets: PartitionOffsets
}

/** One Fetch; with `waitMs` it waits at the broker for the first byte. */
export async function fetchOnce(
  connection: Connection,
  {
    topic,
    from,
    waitMs,
    bytesMax = partitionBytesMax,
  }: {
    readonly topic: string
    readonly from: ReadonlyMap<number, number>
    readonly waitMs: number
    /** Per partition. */
    readonly bytesMax?: number
  },
): Promise<FetchedPartition[]> {
  const partitions = [...from].map(([partition, fetchOffset]) => ({
    partition,
    fetchOffset,
    partitionMaxBytes: bytesMax,
  }))
  const answer = await connection.call(
    Fetch,
    {
      maxWaitMs: waitMs,
      minBytes: waitMs === 0 ? 0 : 1,
      maxBytes: Math.min(answerBytesMax, 4 * bytesMax),
      isolationLevel: readCommitted,
      topics: [{ topic, partitions }],
    },
    { versionMax: fetchVersionMax, waitMs },
  )
  if (answer.errorCode !== 0) throw failureOfCode(answer.errorCode)
  const fetched = answer.responses.flatMap((response) => response.partitions)
  return Promise.all(
    fetched.map((partition) => decodePartition(partition, from.get(partition.partitionIndex) ?? 0)),
  )
}

type FetchResponsePartition = ResponseReceived<
  typeof Fetch
>['responses'][number]['partitions'][number]

async function decodePartition(
  fetched: FetchResponsePartition,
  fromOffset: number,
): Promise<FetchedPartition> {
  const { partitionIndex: partition, errorCode } = fetched
  if (errorCode !== 0) throw failureOfCode(errorCode)
  const records: PartitionRecord[] = []
  let nextOffset = fromOffset
  for (const bytes of fetched.records ?? []) {
    for (const batch of batchesIn(bytes)) {
      nextOffset = Math.max(nextOffset, batch.baseOffset + batch.lastOffsetDelta + 1)
      if (batch.isControl) continue
      for (const record of await recordsOf(bytes, batch, partition)) {
        // A batch begins before the offset that was asked for, where that lies inside it.
        if (record.offset >= fromOffset) records.push(record)
      }
    }
  }
  const start = Math.max(fetched.logStartOffset, 0)
  return {
    partition,
    records,
    nextOffset,
    offsets: { partition, start, end: fetched.highWatermark },
  }
}

/**
 * The records of a batch. Where it is damaged, those before the damage, and then one that stands for
 * the rest: at its last offset, so that it is found from any place inside.
 */
async function recordsOf(
  bytes: Uint8Array,
  batch: BatchHeader,
  partition: number,
): Promise<PartitionRecord[]> {
  const records: PartitionRecord[] = []
  const { timestampType } = batch
  try {
    for (const record of await openRecords(bytes, batch)) {
      records.push({ ...record, partition, timestampType })
    }
  } catch (error) {
    const problem = unreadableReason(error)
    if (problem === null) throw error
    records.push({
      partition,
      offset: batch.baseOffset + batch.lastOffsetDelta,
      timestampMs: batch.maxTimestampMs,
      timestampType,
      key: null,
      value: bytes.subarray(batch.at, batch.at + batch.sizeBytes),
      headers: [],
      problem,
    })
  }
  return records
}
