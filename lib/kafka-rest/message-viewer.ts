// What message viewers read with: records of every partition of a topic in one answer, and where to go
// on in each, also where there was nothing. Confluent does not document it; its VS Code extension is
// what asks so.

import { isUtf8 } from 'node:buffer'
import { z } from 'zod'
import type { PartitionOffsets, PartitionRecord } from '../kafka/cluster-client.ts'
import { readOffsetsAtTime } from '../kafka/offsets-at-time.ts'
import { readOffsets, readPartitionRange } from '../kafka/partition-reads.ts'
import type { Answer, RestCall, Route } from './calls.ts'
import { readJson } from './json-body.ts'
import { compactJson } from './json-source.ts'
import { viewerLimits } from './limits.ts'

export const messageViewerRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/internal/topics/:topic/partitions/-/:action{records:consume_guarantee_progress}',
    handle: consume,
  },
]

const count = z.int().nonnegative().nullish()

const question = z.strictObject({
  offsets: z
    .array(z.strictObject({ partition_id: z.int32().nonnegative(), offset: z.int().nonnegative() }))
    .nullish(),
  max_poll_records: count,
  timestamp: count,
  fetch_max_bytes: count,
  message_max_bytes: count,
  from_beginning: z.boolean().nullish(),
})

type Question = z.infer<typeof question>

/** What may still go into the answer. */
interface Room {
  records: number
  bytes: number
}

async function consume(call: RestCall): Promise<Answer> {
  const body = await readJson(call, question)
  if ('error' in body) return body
  const topic = call.param('topic')
  const partitions = await readOffsets(call.nodes, topic)
  const begin = await beginnings(call, partitions, body.value)
  const room: Room = {
    records: Math.min(body.value.max_poll_records ?? Infinity, viewerLimits.recordsMax),
    bytes: Math.min(body.value.fetch_max_bytes ?? Infinity, viewerLimits.bytesMax),
  }
  const messageBytesMax = Math.min(body.value.message_max_bytes ?? Infinity, viewerLimits.bytesMax)
  const parts: string[] = []
  for (const { partition, end } of partitions) {
    const from = begin.get(partition)
    if (from === undefined) continue
    const range = { topic, partition, fromOffset: from, toOffset: end }
    const { records, nextOffset } = await readWithin(call, range, room)
    const texts = records.map((record) => recordText(record, messageBytesMax))
    parts.push(
      `{"partition_id":${partition},"next_offset":${nextOffset},"records":[${texts.join(',')}]}`,
    )
  }
  const place = JSON.stringify({ cluster_id: call.cluster.clusterId, topic_name: topic })
  const text = `${place.slice(0, -1)},"partition_data_list":[${parts.join(',')}]}`
  return call.context.body(text, 200, { 'Content-Type': 'application/json' })
}

/** Where to read each partition from; one that is not asked for, where others are, is left out. */
async function beginnings(
  call: RestCall,
  partitions: readonly PartitionOffsets[],
  { offsets, timestamp, from_beginning: fromBeginning }: Question,
): Promise<ReadonlyMap<number, number>> {
  if (offsets !== undefined && offsets !== null && offsets.length > 0) {
    const asked = new Map(offsets.map(({ partition_id: id, offset }) => [id, offset]))
    return new Map(
      partitions.flatMap(({ partition, start, end }) => {
        const offset = asked.get(partition)
        return offset === undefined
          ? []
          : [[partition, Math.min(end, Math.max(start, offset))] as const]
      }),
    )
  }
  const atTime =
    typeof timestamp === 'number'
      ? await readOffsetsAtTime(call.nodes, call.param('topic'), timestamp)
      : new Map<number, number>()
  return new Map(
    partitions.map(({ partition, start, end }) => [
      partition,
      fromBeginning === true ? start : (atTime.get(partition) ?? end),
    ]),
  )
}

interface Range {
  readonly topic: string
  readonly partition: number
  readonly fromOffset: number
  readonly toOffset: number
}

/** The oldest records of a range for which there is room, and where to go on behind them. */
async function readWithin({ nodes }: RestCall, range: Range, room: Room) {
  const { fromOffset, toOffset } = range
  if (room.records <= 0 || room.bytes <= 0 || fromOffset >= toOffset) {
    return { records: [], nextOffset: fromOffset }
  }
  // By records and not by offsets: a gap (compaction, markers) may be wider than any number of them,
  // and one fetch gets across it.
  const read = await readPartitionRange(nodes, {
    ...range,
    keep: 'oldest',
    recordsMax: room.records,
  })
  const records: PartitionRecord[] = []
  for (const record of read) {
    const bytes = (record.key?.length ?? 0) + (record.value?.length ?? 0)
    // A record that alone is larger than all of the room still moves the reader on.
    if (records.length > 0 && bytes > room.bytes) break
    room.bytes -= bytes
    room.records -= 1
    records.push(record)
  }
  // Where nothing is left up to the end, the reader goes on there.
  return { records, nextOffset: (records.at(-1)?.offset ?? toOffset - 1) + 1 }
}

function recordText(record: PartitionRecord, bytesMax: number): string {
  const isTooLong = (bytes: Uint8Array | null) => bytes !== null && bytes.length > bytesMax
  const exceeded = { key: isTooLong(record.key), value: isTooLong(record.value) }
  const facts = {
    partition_id: record.partition,
    offset: record.offset,
    timestamp: record.timestampMs,
    timestamp_type: record.timestampType === 'CreateTime' ? 'CREATE_TIME' : 'LOG_APPEND_TIME',
    headers: record.headers.map(({ key, value }) => ({
      key,
      value: value === null ? null : Buffer.from(value).toString('base64'),
    })),
    exceeded_fields: exceeded,
  }
  const key = exceeded.key ? 'null' : payloadText(record.key)
  const value = exceeded.value ? 'null' : payloadText(record.value)
  return `${JSON.stringify(facts).slice(0, -1)},"key":${key},"value":${value}}`
}

/** JSON as it stands, other text as a string, and bytes that are no text in base64. */
function payloadText(payload: Uint8Array | null): string {
  if (payload === null) return 'null'
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)
  if (!isUtf8(bytes)) return JSON.stringify({ __raw__: bytes.toString('base64') })
  const text = bytes.toString('utf8')
  try {
    JSON.parse(text)
  } catch {
    return JSON.stringify(text)
  }
  return compactJson(text)
}
