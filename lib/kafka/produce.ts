import type { MessageToProduce, Producer } from '@platformatic/kafka'
import type { ProducedAt, RecordToProduce } from './cluster-client.ts'
import { fromLibrary } from './deadline.ts'
import { failureOfCode } from './failure.ts'

export type BytesProducer = Producer<Buffer, Buffer, Buffer, Buffer>

/** Writes one record with acks=all; resolves with where it landed. */
export function produceRecord(
  producer: BytesProducer,
  record: RecordToProduce,
): Promise<ProducedAt> {
  return fromLibrary(produceOne(producer, record))
}

/** Writes records of one topic with acks=all; resolves with the first offset in each partition. */
export function produceRecords(
  producer: BytesProducer,
  records: readonly RecordToProduce[],
): Promise<readonly ProducedAt[]> {
  return fromLibrary(produce(producer, records))
}

async function produceOne(producer: BytesProducer, record: RecordToProduce): Promise<ProducedAt> {
  const [written] = await produce(producer, [record])
  // acks=all always brings an offset; without one nothing is known to be stored.
  if (written === undefined) throw failureOfCode(-1)
  return written
}

async function produce(
  producer: BytesProducer,
  records: readonly RecordToProduce[],
): Promise<readonly ProducedAt[]> {
  for (const record of new Map(records.map((record) => [record.partition, record])).values()) {
    await checkPartition(producer, record)
  }
  const { offsets } = await producer.send({ messages: records.map(toMessage) })
  return (offsets ?? []).map(({ partition, offset }) => ({ partition, offset: Number(offset) }))
}

function toMessage(record: RecordToProduce): MessageToProduce<Buffer, Buffer, Buffer, Buffer> {
  return {
    topic: record.topic,
    ...(record.partition === undefined ? {} : { partition: record.partition }),
    ...(record.key === null ? {} : { key: asBuffer(record.key) }),
    ...(record.value === null ? {} : { value: asBuffer(record.value) }),
    // Keys are compared by identity, so that a name may come twice. The library writes a null value
    // as Kafka does; only its types do not know of it.
    headers: new Map(
      record.headers.map(({ key, value }) => [
        Buffer.from(key),
        (value === null ? null : asBuffer(value)) as Buffer,
      ]),
    ),
  }
}

/** The library takes a partition that does not exist modulo their number; we refuse it, as Kafka does. */
async function checkPartition(producer: BytesProducer, { topic, partition }: RecordToProduce) {
  if (partition === undefined) return
  const { topics } = await producer.metadata({ topics: [topic] })
  if (partition >= (topics.get(topic)?.partitionsCount ?? 0)) throw failureOfCode(3)
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
