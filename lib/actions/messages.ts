'use server'

import { z } from 'zod'
import { failed } from '../errors.ts'
import { clusterStates } from '../format/cluster-states.ts'
import { isJson } from '../format/json-tokens.ts'
import { parsePlaces } from '../format/messages.ts'
import { bytesOfHex, isHex } from '../format/payload-bytes.ts'
import type { ClusterClient } from '../kafka/cluster-client.ts'
import { clusterClient } from '../kafka/cluster-clients.ts'
import { failureOfCode } from '../kafka/failure.ts'
import { action } from './action.ts'
import { clusterScope } from './scopes.ts'

/**
 * JSON is sent as it was typed; null is a record without key or value (a tombstone); hexadecimal
 * digits are bytes; `original` is what the record at a place such as `0:17` of the topic has.
 */
const payload = z
  .object({ form: z.enum(['json', 'string', 'null', 'hex', 'original']), text: z.string() })
  .refine(({ form, text }) => form !== 'json' || isJson(text), 'This is not valid JSON.')
  .refine(({ form, text }) => form !== 'hex' || isHex(text), 'Bytes are pairs of digits 0 to f.')
  .refine(({ form, text }) => form !== 'original' || parsePlaces(text) !== null)
type PayloadInput = z.output<typeof payload>

const header = z
  .object({
    name: z.string(),
    value: z.string(),
    form: z.enum(['string', 'null', 'hex']).default('string'),
  })
  .refine(({ form, value }) => form !== 'hex' || isHex(value), 'Bytes are pairs of digits 0 to f.')

const headers = z.array(header).max(10_000, 'A message has at most 10,000 headers here.')

/** Writes one record, acknowledged by all replicas, and says where it landed. */
export const produceMessage = action({
  scope: clusterScope,
  input: z.object({
    envId: z.string(),
    clusterId: z.string(),
    topic: z.string().min(1),
    value: payload,
    key: payload,
    headers,
    /** Absent: by key. */
    partition: z.number().int().nonnegative().optional(),
  }),
  async run({ scope: cluster }, { topic, partition, ...input }) {
    if (!clusterStates[cluster.state].speaksKafka) return failed('CLUSTER_NOT_RUNNING')
    const client = clusterClient(cluster.id)
    const key = await bytesOf(client, topic, input.key, 'key')
    const value = await bytesOf(client, topic, input.value, 'value')
    const startedMs = performance.now()
    const written = await client.produce({
      topic,
      partition,
      key,
      value,
      headers: input.headers.map(toHeader),
    })
    const tookMs = Math.round(performance.now() - startedMs)
    return { ok: { partition: written.partition, offset: written.offset, tookMs } }
  },
  reaches: ({ scope, input }) => ({
    step: 'message',
    clusterId: scope.id,
    name: input.topic,
  }),
})

/** Writes many records in order, acknowledged by all replicas; says how many. */
export const produceMessages = action({
  scope: clusterScope,
  input: z.object({
    envId: z.string(),
    clusterId: z.string(),
    topic: z.string().min(1),
    records: z
      .array(z.object({ value: payload, key: payload, headers }))
      .min(1)
      .max(1000),
    /** Absent: each by its key. */
    partition: z.number().int().nonnegative().optional(),
  }),
  async run({ scope: cluster }, { topic, partition, records }) {
    if (!clusterStates[cluster.state].speaksKafka) return failed('CLUSTER_NOT_RUNNING')
    const client = clusterClient(cluster.id)
    const toProduce = await Promise.all(
      records.map(async (record) => ({
        topic,
        partition,
        key: await bytesOf(client, topic, record.key, 'key'),
        value: await bytesOf(client, topic, record.value, 'value'),
        headers: record.headers.map(toHeader),
      })),
    )
    await client.produceAll(toProduce)
    return { ok: { count: records.length } }
  },
})

async function bytesOf(
  client: ClusterClient,
  topic: string,
  { form, text }: PayloadInput,
  part: 'key' | 'value',
): Promise<Uint8Array | null> {
  if (form === 'null') return null
  if (form === 'hex') return bytesOfHex(text)
  if (form !== 'original') return Buffer.from(text, 'utf8')
  const [place] = parsePlaces(text) ?? []
  const [record] =
    place === undefined
      ? []
      : await client.readPartitionRange({
          topic,
          partition: place.partition,
          fromOffset: place.first,
          toOffset: place.first + 1,
        })
  // Kafka's word for a record that is no longer there: it has expired since it was shown.
  if (record === undefined) throw failureOfCode(1)
  return record[part]
}

function toHeader({ name, value, form }: z.output<typeof header>) {
  if (form === 'null') return { key: name, value: null }
  return { key: name, value: form === 'hex' ? bytesOfHex(value) : Buffer.from(value) }
}
