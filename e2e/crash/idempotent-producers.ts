/**
 * Idempotent producers with five requests in flight, as a process that outlives the product. Each
 * keeps the bytes of what is unanswered and sends them again, with the same sequences, until they are
 * answered: what librdkafka and Java do, and no Node.js client does. Every acknowledgement goes into
 * the ledger before the next step. Ends when standard input does and everything is answered.
 */
import { randomBytes } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { KafkaClient } from '../../broker/protocol/client.ts'
import { InitProducerId } from '../../broker/protocol/messages/init-producer-id.ts'
import { Produce } from '../../broker/protocol/messages/produce.ts'
import { encodeBatch } from '../../broker/protocol/records.ts'
import { createRandom, type Random } from '../support/random.ts'
import type { AcknowledgedUpdate } from './check-compacted.ts'
import type { Acknowledgement } from './check-ledger.ts'
import { hashOf } from './evidence.ts'
import { connectLeader, isDisconnection, type LedgerTarget } from './ledger-target.ts'

interface Assignment extends LedgerTarget {
  readonly names: readonly string[]
  readonly partitions: number
  readonly ledger: string
  readonly seed: number
  /** Whether what is written are updates of keys. */
  readonly isCompacted: boolean
}

/** What the ledger says of a record beside where it is. */
type Entry = Pick<Acknowledgement, 'hash'> &
  Partial<Pick<AcknowledgedUpdate, 'key' | 'isTombstone'>>

/** A batch that was sent, or is about to be, and is not answered yet. */
interface Outstanding {
  readonly bytes: Uint8Array
  readonly entries: readonly Entry[]
}

const inFlightMax = 5
const reconnectMs = 25
/** A disk that stalls for a while is no breach of anything; the test has a deadline of its own. */
const produceTimeoutMs = 60_000

/** Bursts with pauses between them: what is stored has to be read again and again. */
const batchesInBurst = 30
const pauseMsMax = 1200
/** Of each producer. */
const updateKeys = 300
/** Updates are dated so far back that compaction leaves none alone for being new. */
const updateAgeMs = 5 * 3_600_000

const assignment: Assignment = JSON.parse(process.argv[2] ?? '')
let stopping = false
process.stdin.resume()
process.stdin.once('end', () => {
  stopping = true
})
await Promise.all(assignment.names.map((name, index) => runProducer(name, index)))
process.exit(0)

async function runProducer(name: string, index: number) {
  const partition = index % assignment.partitions
  const random = createRandom(assignment.seed + index)
  const nextBatch = createBatches(name, random)
  const outstanding: Outstanding[] = []
  let identity: { producerId: number; producerEpoch: number } | null = null
  while (!stopping || outstanding.length > 0) {
    try {
      const client = await connectLeader(assignment, partition)
      identity ??= await initialise(client)
      await produceOver(client, identity)
    } catch (error) {
      // The product is down or went down. Anything but that is a breach of the protocol.
      if (!isDisconnection(error)) throw error
      await delay(reconnectMs)
    }
  }

  /** Keeps up to five requests in flight; ends when asked to, fails when the connection does. */
  async function produceOver(
    client: KafkaClient,
    as: { producerId: number; producerEpoch: number },
  ) {
    const answers = outstanding.map(sendWatched)
    while (!stopping || outstanding.length > 0) {
      while (!stopping && outstanding.length < inFlightMax) {
        const batch = nextBatch(as.producerId, as.producerEpoch)
        outstanding.push(batch)
        answers.push(sendWatched(batch))
      }
      await answers.shift()
      if (!stopping && random.integer(1, batchesInBurst) === 1) {
        await delay(random.integer(50, pauseMsMax))
      }
    }
    client.close()

    /** The connection's end rejects all answers at once, while only the first is awaited. */
    function sendWatched(batch: Outstanding): Promise<void> {
      const answer = send(batch)
      answer.catch(() => {})
      return answer
    }

    async function send(batch: Outstanding) {
      const answer = await client.send(Produce, 9, {
        acks: -1,
        timeoutMs: produceTimeoutMs,
        topicData: [
          { name: assignment.topic, partitionData: [{ index: partition, records: [batch.bytes] }] },
        ],
      })
      const [written] = answer.responses[0]?.partitionResponses ?? []
      if (written === undefined || written.errorCode !== 0) {
        throw new Error(`${name} was answered error ${written?.errorCode}`)
      }
      acknowledge(batch, written.baseOffset)
    }
  }

  function acknowledge(batch: Outstanding, baseOffset: number) {
    if (outstanding[0] !== batch) throw new Error(`${name} was answered out of order`)
    const lines = batch.entries.map((entry, at) =>
      JSON.stringify({ producer: name, partition, offset: baseOffset + at, ...entry }),
    )
    appendFileSync(assignment.ledger, `${lines.join('\n')}\n`)
    outstanding.shift()
    process.stdout.write('.')
  }
}

/** Makes the producer's next batch: random sizes, records that count up, sequences that follow. */
function createBatches(name: string, random: Random) {
  let nextNumber = 0
  return (producerId: number, producerEpoch: number): Outstanding => {
    const baseSequence = nextNumber
    const records = Array.from({ length: random.integer(1, 40) }, () =>
      assignment.isCompacted
        ? createUpdate(name, nextNumber++, random)
        : { key: null, value: createValue(name, nextNumber++, random) },
    )
    const timestampMs = Date.now() - (assignment.isCompacted ? updateAgeMs : 0)
    const options = { timestampMs, producerId, producerEpoch, baseSequence }
    return { bytes: encodeBatch(records, options), entries: records.map(entryOf) }
  }
}

function createValue(name: string, number: number, random: Random): Buffer {
  const bytes = random.integer(1, 30) === 1 ? 2000 : random.integer(1, 100)
  return Buffer.from(`${name}|${number}|${randomBytes(bytes).toString('hex')}`)
}

function createUpdate(name: string, number: number, random: Random) {
  const key = Buffer.from(`${name} ${random.integer(1, updateKeys)}`)
  const isTombstone = random.integer(1, 10) === 1
  return { key, value: isTombstone ? null : createValue(name, number, random) }
}

function entryOf({ key, value }: { key: Buffer | null; value: Buffer | null }): Entry {
  if (key === null) return { hash: hashOf(key, value) }
  return { hash: hashOf(key, value), key: key.toString(), isTombstone: value === null }
}

async function initialise(client: KafkaClient) {
  const answer = await client.send(InitProducerId, 4, {
    transactionalId: null,
    transactionTimeoutMs: 60_000,
  })
  if (answer.errorCode !== 0) throw new Error(`InitProducerId was answered ${answer.errorCode}`)
  return answer
}
