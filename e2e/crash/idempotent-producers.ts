/**
 * Idempotent producers with five requests in flight, as a process that outlives the product. Each
 * keeps the bytes of what is unanswered and sends them again, with the same sequences, until they are
 * answered: what librdkafka and Java do, and no Node.js client does. Every acknowledgement goes into
 * the ledger before the next step. Ends when standard input does and everything is answered.
 */
import { createHash, randomBytes } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { ConnectionEnded, type KafkaClient } from '../../broker/protocol/client.ts'
import { InitProducerId } from '../../broker/protocol/messages/init-producer-id.ts'
import { Produce } from '../../broker/protocol/messages/produce.ts'
import { encodeBatch } from '../../broker/protocol/records.ts'
import { createRandom } from '../support/random.ts'
import { connectLeader, type LedgerTarget } from './ledger-target.ts'

interface Assignment extends LedgerTarget {
  readonly names: readonly string[]
  readonly partitions: number
  readonly ledger: string
  readonly seed: number
}

/** A batch that was sent, or is about to be, and is not answered yet. */
interface Outstanding {
  readonly bytes: Uint8Array
  readonly hashes: readonly string[]
}

const inFlightMax = 5
const reconnectMs = 25
/** A disk that stalls for a while is no breach of anything; the test has a deadline of its own. */
const produceTimeoutMs = 60_000

/** By a reset where the broker dies after the kernel took the connection and before it did itself. */
const failuresToConnect: readonly unknown[] = ['ECONNREFUSED', 'ECONNRESET']

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
  const nextBatch = createBatches(name, index)
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
    const lines = batch.hashes.map((hash, at) =>
      JSON.stringify({ producer: name, partition, offset: baseOffset + at, hash }),
    )
    appendFileSync(assignment.ledger, `${lines.join('\n')}\n`)
    outstanding.shift()
    process.stdout.write('.')
  }
}

/** Makes the producer's next batch: random sizes, records that count up, sequences that follow. */
function createBatches(name: string, index: number) {
  const random = createRandom(assignment.seed + index)
  let nextNumber = 0
  return (producerId: number, producerEpoch: number): Outstanding => {
    const baseSequence = nextNumber
    const values = Array.from({ length: random.integer(1, 40) }, () => {
      return Buffer.from(
        `${name}|${nextNumber++}|${randomBytes(random.integer(1, 600)).toString('hex')}`,
      )
    })
    const records = values.map((value) => ({ value }))
    const bytes = encodeBatch(records, {
      timestampMs: Date.now(),
      producerId,
      producerEpoch,
      baseSequence,
    })
    return {
      bytes,
      hashes: values.map((value) => createHash('sha1').update(value).digest('base64')),
    }
  }
}

async function initialise(client: KafkaClient) {
  const answer = await client.send(InitProducerId, 4, {
    transactionalId: null,
    transactionTimeoutMs: 60_000,
  })
  if (answer.errorCode !== 0) throw new Error(`InitProducerId was answered ${answer.errorCode}`)
  return answer
}

function isDisconnection(error: unknown): boolean {
  if (error instanceof ConnectionEnded) return true
  return error instanceof Error && 'code' in error && failuresToConnect.includes(error.code)
}
