import { expect } from 'vitest'
import type { KafkaClient } from '../../broker/protocol/client.ts'
import { Fetch } from '../../broker/protocol/messages/fetch.ts'
import { ListOffsets } from '../../broker/protocol/messages/list-offsets.ts'
import { type BatchHeader, batchesIn } from '../../broker/protocol/record-batch.ts'
import { connectKafka, type KafkaAddress } from '../support/kafka-connection.ts'

/** A topic as no part of the product reads it: whole batches, by their headers. */
export interface ReadTopic extends KafkaAddress {
  readonly topic: string
  readonly partitions: number
}

export interface Counted {
  readonly bytes: number
  readonly records: number
}

/** Reads all that is there, and counts what matches. */
export async function countBatches(
  topic: ReadTopic,
  matches: (batch: BatchHeader) => boolean,
): Promise<Counted> {
  const client = await connectKafka(topic)
  const counted = { bytes: 0, records: 0 }
  for (const partition of partitionsOf(topic)) {
    for (let offset = 0; ; ) {
      const batches = await fetchBatches(client, topic, {
        positions: new Map([[partition, offset]]),
        maxWaitMs: 0,
      })
      for (const batch of batches) if (matches(batch)) add(counted, batch)
      const last = batches.at(-1)
      if (last === undefined) break
      offset = last.baseOffset + last.recordCount
    }
  }
  client.close()
  return counted
}

/** Follows the topic from its end, so at the rate at which it is written, and counts what comes. */
export async function consumeFor(topic: ReadTopic, ms: number): Promise<Counted> {
  const client = await connectKafka(topic)
  const positions = await endsOf(client, topic)
  const counted = { bytes: 0, records: 0 }
  for (const endMs = Date.now() + ms; Date.now() < endMs; ) {
    for (const batch of await fetchBatches(client, topic, { positions, maxWaitMs: 200 })) {
      add(counted, batch)
      positions.set(batch.partition, batch.baseOffset + batch.recordCount)
    }
  }
  client.close()
  return counted
}

function add(counted: { bytes: number; records: number }, batch: BatchHeader) {
  counted.bytes += batch.sizeBytes
  counted.records += batch.recordCount
}

function partitionsOf({ partitions }: ReadTopic): readonly number[] {
  return Array.from({ length: partitions }, (_, partition) => partition)
}

async function endsOf(client: KafkaClient, topic: ReadTopic): Promise<Map<number, number>> {
  const latest = -1
  const partitions = partitionsOf(topic).map((partitionIndex) => ({
    partitionIndex,
    timestamp: latest,
  }))
  const topics = [{ name: topic.topic, partitions }]
  const answer = await client.send(ListOffsets, 5, { replicaId: -1, topics })
  const found = answer.topics[0]?.partitions ?? []
  return new Map(found.map(({ partitionIndex, offset }) => [partitionIndex, offset]))
}

async function fetchBatches(
  client: KafkaClient,
  { topic }: ReadTopic,
  asked: { readonly positions: ReadonlyMap<number, number>; readonly maxWaitMs: number },
) {
  const partitions = [...asked.positions].map(([partition, fetchOffset]) => ({
    ...{ partition, fetchOffset, partitionMaxBytes: 4 * 2 ** 20 },
  }))
  const answer = await client.send(Fetch, 11, {
    ...{ maxWaitMs: asked.maxWaitMs, minBytes: 1, forgottenTopicsData: [], rackId: '' },
    topics: [{ topic, partitions }],
  })
  return (answer.responses[0]?.partitions ?? []).flatMap(
    ({ partitionIndex, errorCode, records }) => {
      expect(errorCode).toBe(0)
      return (records ?? []).flatMap((bytes) =>
        [...batchesIn(bytes)].map((batch) => ({ ...batch, partition: partitionIndex })),
      )
    },
  )
}
