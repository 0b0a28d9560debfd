import type { Producer } from '@platformatic/kafka'
import type { ProducedAt, RecordToProduce } from './cluster-client.ts'
import { fromLibrary } from './deadline.ts'
import { failureOfCode } from './failure.ts'

export type BytesProducer = Producer<Buffer, Buffer, Buffer, Buffer>

/** Writes one record with acks=all; resolves with where it landed. */
export function produceRecord(
  producer: BytesProducer,
  record: RecordToProduce,
): Promise<ProducedAt> {
  return fromLibrary(produce(producer, record))
}

async function produce(producer: BytesProducer, record: RecordToProduce): Promise<ProducedAt> {
  await checkPartition(producer, record)
  const { offsets } = await producer.send({
    messages: [
      {
        topic: record.topic,
        ...(record.partition === undefined ? {} : { partition: record.partition }),
        ...(record.key === null ? {} : { key: asBuffer(record.key) }),
        ...(record.value === null ? {} : { value: asBuffer(record.value) }),
        // Keys are compared by identity, so that a name may come twice.
        headers: new Map(
          record.headers.map(({ key, value }) => [Buffer.from(key), asBuffer(value)]),
        ),
      },
    ],
  })
  const written = offsets?.[0]
  // acks=all always brings an offset; without one nothing is known to be stored.
  if (written === undefined) throw failureOfCode(-1)
  return { partition: written.partition, offset: Number(written.offset) }
}

/** The library takes a partition that does not exist modulo their number; we refuse it, as Kafka does. */
async function checkPartition(producer: BytesProducer, { topic, partition }: RecordToProduce) {
  if (partition === undefined) return
  const { topics } = await producer.metadata({ topics: [topic] })
  if (partition >= (topics.get(topic)?.partitionsCount ?? 0)) throw failureOfCode(3)
}

function asBuffer(bytes: Uint8Array | null): Buffer {
  return bytes === null
    ? Buffer.alloc(0)
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
