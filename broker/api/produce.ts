import type { Topic } from '../cluster/topic.ts'
import { errorCode, isRefusal, kafkaErrors, type Refusal, refuse } from '../errors.ts'
import type { PartitionLog } from '../log/partition-log.ts'
import type { AppendOutcome } from '../log/pending-batches.ts'
import { Produce } from '../protocol/messages/produce.ts'
import { readBatchHeader } from '../protocol/record-batch.ts'
import type { RequestOf } from '../protocol/schema.ts'
import { DEADLINE_MS } from './deadlines.ts'
import { CloseConnection, handler, type RequestContext } from './handler.ts'
import { topicAsked } from './topic-partition.ts'

/**
 * Produce (key 0), versions 3–13; 0–2 are advertised for old librdkafka and refused (KIP-896).
 *
 * Appends one record batch to each partition named; each succeeds or fails by itself. Every append is
 * begun before this function first waits, so that requests of a connection that overlap stay in order.
 * Version notes: v5 answers the log start offset, v8 a message with each error (KIP-467), v13 names
 * topics by id (KIP-516).
 * Differs from Kafka: acks=1 waits for storage as acks=all does, and so does acks=0, which learns of
 * a failure by the end of its connection. Three nodes share one store, so `min.insync.replicas` is
 * always satisfied.
 */
export const produce = handler(Produce, async (context, request) => {
  const refusal = requestProblem(request)
  const repeated = refusal === null ? repeatedPartitions(context, request) : NOTHING_REPEATED
  const topics = request.topicData.map((asked) => {
    const topic = refusal ?? topicAsked(context, asked, FIRST_VERSION_BY_ID)
    return {
      name: asked.name,
      topicId: asked.topicId,
      partitions: asked.partitionData.map(({ index, records }) =>
        begin(context, { topic, index, records, repeated }),
      ),
    }
  })
  const begun = topics.flatMap(({ partitions }) => partitions)
  // Kafka waits for nothing with acks=1, so its clients may send any timeout along.
  await finishWithin(context, begun, request.acks === -1 ? request.timeoutMs : DEADLINE_MS)
  // What has run out of time may still be written from there.
  if (begun.every(({ outcome }) => outcome !== null)) context.letGoOfRequest()
  if (request.acks === 0) {
    return closeIfRefused(begun)
  }
  return {
    responses: topics.map(({ name, topicId, partitions }) => ({
      name,
      topicId,
      partitionResponses: partitions.map(partitionResponse),
    })),
  }
})

type ProduceRequest = RequestOf<typeof Produce>
type Outcome = AppendOutcome | Refusal

/** One partition of the request, whose append was begun. */
interface BegunAppend {
  readonly index: number
  readonly log: PartitionLog | null
  readonly settled: Promise<void>
  /** Null until it is settled. */
  outcome: Outcome | null
}

const FIRST_VERSION_BY_ID = 13
const FIRST_VERSION_WITH_ZSTD = 7
const NOTHING_REPEATED: ReadonlySet<PartitionLog> = new Set()

/** What is wrong with the request as a whole; every partition of it is answered with that. */
function requestProblem({ transactionalId, acks }: ProduceRequest): Refusal | null {
  if (transactionalId !== null) {
    return refuse('TRANSACTIONAL_ID_AUTHORIZATION_FAILED', 'Transactions are not available.')
  }
  return acks === -1 || acks === 0 || acks === 1 ? null : refuse('INVALID_REQUIRED_ACKS')
}

/** Partitions named more than once: nobody can tell in which order their batches were meant. */
function repeatedPartitions(
  context: RequestContext,
  request: ProduceRequest,
): ReadonlySet<PartitionLog> {
  const [only, ...more] = request.topicData
  if (more.length === 0 && (only?.partitionData.length ?? 0) <= 1) {
    return NOTHING_REPEATED
  }
  const seen = new Set<PartitionLog>()
  const repeated = new Set<PartitionLog>()
  for (const asked of request.topicData) {
    const topic = topicAsked(context, asked, FIRST_VERSION_BY_ID)
    for (const { index } of asked.partitionData) {
      const log = isRefusal(topic) ? undefined : topic.partitions[index]
      if (log !== undefined) {
        ;(seen.has(log) ? repeated : seen).add(log)
      }
    }
  }
  return repeated
}

function begin(
  context: RequestContext,
  asked: {
    readonly topic: Topic | Refusal
    readonly index: number
    readonly records: readonly Uint8Array[] | null
    readonly repeated: ReadonlySet<PartitionLog>
  },
): BegunAppend {
  const { topic, index } = asked
  if (isRefusal(topic)) {
    return { index, log: null, settled: Promise.resolve(), outcome: topic }
  }
  const log = topic.partitions[index]
  if (log === undefined) {
    const outcome = refuse('UNKNOWN_TOPIC_OR_PARTITION')
    return { index, log: null, settled: Promise.resolve(), outcome }
  }
  // A decoded request has its records in one view of the frame.
  const records = asked.records?.[0] ?? NO_RECORDS
  const problem = asked.repeated.has(log)
    ? refuse('INVALID_REQUEST', 'The request names this partition more than once.')
    : compressionProblem(records, context.apiVersion)
  if (problem !== null) {
    return { index, log, settled: Promise.resolve(), outcome: problem }
  }
  const append: BegunAppend = {
    index,
    log,
    outcome: null,
    settled: log.append(records).then((outcome) => {
      append.outcome = outcome
      count(context, topic, outcome)
    }),
  }
  return append
}

const NO_RECORDS = new Uint8Array(0)

/** KIP-110: producers before version 7 cannot have meant zstd. */
function compressionProblem(records: Uint8Array, apiVersion: number): Refusal | null {
  if (apiVersion >= FIRST_VERSION_WITH_ZSTD) {
    return null
  }
  const batch = readBatchHeader(records)
  return 'error' in batch || batch.compression !== 'zstd'
    ? null
    : refuse('UNSUPPORTED_COMPRESSION_TYPE', 'zstd needs Produce version 7 or later.')
}

/** What internal principals produce counts as the topic's, but they are nobody's clients. */
function count(context: RequestContext, topic: Topic, outcome: Outcome): void {
  if (isRefusal(outcome) || outcome.duplicate) {
    return
  }
  const { sizeBytes: bytes, recordCount: records } = outcome
  topic.counters.bytesIn += bytes
  topic.counters.recordsIn += records
  if (!context.internal) {
    const { tenant, clientId, clock } = context
    tenant.clients.produced(clientId, { topicId: topic.id, bytes, records }, clock.nowMs())
  }
}

/** Waits until every append is settled, but not for ever. */
async function finishWithin(
  { clock }: RequestContext,
  begun: readonly BegunAppend[],
  timeoutMs: number,
): Promise<void> {
  const unsettled = begun.filter((append) => append.outcome === null)
  if (unsettled.length === 0) {
    return
  }
  let giveUp = () => {}
  const timedOut = new Promise<void>((resolve) => {
    giveUp = resolve
  })
  const timer = clock.after(Math.max(0, timeoutMs), giveUp)
  await Promise.race([Promise.all(unsettled.map((append) => append.settled)), timedOut])
  timer.cancel()
}

/** With acks=0 there is no answer to carry an error, so Kafka ends the connection instead. */
function closeIfRefused(begun: readonly BegunAppend[]): null {
  for (const { outcome } of begun) {
    if (outcome !== null && isRefusal(outcome)) {
      throw new CloseConnection(
        `a produce with acks=0 was refused with ${outcome.error}: ${messageOf(outcome)}`,
      )
    }
  }
  return null
}

function partitionResponse({ index, log, outcome }: BegunAppend) {
  const settled = outcome ?? refuse('REQUEST_TIMED_OUT')
  if (isRefusal(settled)) {
    return {
      index,
      errorCode: errorCode(settled.error),
      baseOffset: -1,
      logStartOffset: log?.logStartOffset ?? -1,
      recordErrors: settled.recordErrors ?? [],
      errorMessage: messageOf(settled),
    }
  }
  return {
    index,
    errorCode: 0,
    baseOffset: settled.baseOffset,
    logAppendTimeMs: settled.logAppendTimeMs,
    logStartOffset: log?.logStartOffset ?? -1,
    recordErrors: [],
  }
}

function messageOf(refusal: Refusal): string {
  return refusal.message ?? kafkaErrors[refusal.error].message
}
