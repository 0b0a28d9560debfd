import { setTimeout as delay } from 'node:timers/promises'
import type { KafkaClient } from '../../broker/protocol/client.ts'
import { InitProducerId } from '../../broker/protocol/messages/init-producer-id.ts'
import { Produce } from '../../broker/protocol/messages/produce.ts'
import { encodeBatch, encodeCompressedBatch } from '../../broker/protocol/records.ts'
import { connectAny, connectLeader } from '../crash/ledger-target.ts'
import type { Random } from '../support/random.ts'
import { keysOfState, type SoakProducer, stateAgeMs } from './workload.ts'

export interface Address {
  readonly ports: readonly number[]
  readonly key: string
  readonly secret: string
}

/** What producers wrote and were told is stored. */
export interface Written {
  records: number
  /** Of record batches, as they were sent. */
  bytes: number
  /** One past the last acknowledged offset, by `topic-partition`. */
  readonly ends: Map<string, number>
}

const inFlightMax = 5
const batchEveryMs = 400

/**
 * Writes at its rate until `stop` is aborted, as an idempotent producer of each of its partitions, and
 * ends once everything is answered. Rejects at the first answer that is an error.
 */
export async function runProducer(
  producer: SoakProducer,
  around: { address: Address; random: Random; written: Written; stop: AbortSignal },
): Promise<void> {
  const { address, random, stop } = around
  const target = { ...address, topic: producer.topic }
  const writers = await Promise.all(
    producer.partitions.map(async (partition) => {
      const client = await connectLeader(target, partition)
      return new PartitionWriter(producer, { partition, client, written: around.written })
    }),
  )
  const any = await connectAny(target)
  for (const writer of writers) await writer.initialise(any)
  any.close()
  while (!stop.aborted) {
    const pauseMs = random.integer(batchEveryMs / 2, batchEveryMs * 1.5)
    await delay(pauseMs)
    const writer = writers[random.integer(0, writers.length - 1)]
    const count = Math.ceil((producer.bytesPerSecond * pauseMs) / 1000 / producer.recordBytes)
    await writer?.write(count)
  }
  for (const writer of writers) await writer.end()
}

/** An idempotent producer of one partition over a connection of its own. */
class PartitionWriter {
  readonly #producer: SoakProducer
  readonly #partition: number
  readonly #client: KafkaClient
  readonly #written: Written
  readonly #inFlight = new Set<Promise<void>>()
  #identity = { producerId: -1, producerEpoch: -1 }
  #nextNumber = 0
  #failure: unknown = null

  constructor(
    producer: SoakProducer,
    around: { partition: number; client: KafkaClient; written: Written },
  ) {
    this.#producer = producer
    this.#partition = around.partition
    this.#client = around.client
    this.#written = around.written
  }

  async initialise(client: KafkaClient): Promise<void> {
    const request = { transactionalId: null, transactionTimeoutMs: 60_000 }
    const { errorCode, ...identity } = await client.send(InitProducerId, 4, request)
    if (errorCode !== 0) throw new Error(`InitProducerId was answered ${errorCode}`)
    this.#identity = identity
  }

  /** Sends a batch; waits only where too much is unanswered. */
  async write(count: number): Promise<void> {
    while (this.#inFlight.size >= inFlightMax) await Promise.race(this.#inFlight)
    if (this.#failure !== null) throw this.#failure
    const batch = await this.#nextBatch(count)
    const sent = this.#send(batch, count)
      .catch((error: unknown) => {
        this.#failure ??= error
      })
      .finally(() => this.#inFlight.delete(sent))
    this.#inFlight.add(sent)
  }

  async end(): Promise<void> {
    await Promise.all(this.#inFlight)
    this.#client.close()
    if (this.#failure !== null) throw this.#failure
  }

  async #nextBatch(count: number): Promise<Uint8Array> {
    const { topic, name, recordBytes, compression } = this.#producer
    const isState = topic === 'state'
    const baseSequence = this.#nextNumber
    const records = Array.from({ length: count }, () => {
      const number = this.#nextNumber++
      const value = Buffer.alloc(recordBytes, filler)
      value.write(`${name}|${number}|`)
      return isState ? { key: Buffer.from(`key-${number % keysOfState}`), value } : { value }
    })
    const timestampMs = Date.now() - (isState ? stateAgeMs : 0)
    const options = { timestampMs, ...this.#identity, baseSequence }
    return compression === 'none'
      ? encodeBatch(records, options)
      : encodeCompressedBatch(records, compression, options)
  }

  async #send(batch: Uint8Array, count: number): Promise<void> {
    const { name, topic } = this.#producer
    const answer = await this.#client.send(Produce, 9, {
      acks: -1,
      timeoutMs: 30_000,
      topicData: [{ name: topic, partitionData: [{ index: this.#partition, records: [batch] }] }],
    })
    const [stored] = answer.responses[0]?.partitionResponses ?? []
    if (stored === undefined || stored.errorCode !== 0) {
      throw new Error(`${name} was answered ${stored?.errorCode} ${stored?.errorMessage ?? ''}`)
    }
    const partition = `${topic}-${this.#partition}`
    const end = Math.max(this.#written.ends.get(partition) ?? 0, stored.baseOffset + count)
    this.#written.ends.set(partition, end)
    this.#written.records += count
    this.#written.bytes += batch.length
  }
}

/** Long enough that compression finds little to repeat within a record. */
const filler = Array.from({ length: 997 }, (_, n) => ((n * 7919 + n * n) % 997).toString(36)).join(
  '',
)
