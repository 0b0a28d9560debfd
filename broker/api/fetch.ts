import type { Topic } from '../cluster/topic.ts'
import { isRefusal } from '../errors.ts'
import { park } from '../log/waiters.ts'
import { Fetch } from '../protocol/messages/fetch.ts'
import { brokerLimit } from '../rules/limits.ts'
import { AnswerClaim } from './answer-memory.ts'
import { endOfPartition, type FetchedPartition, readPartition } from './fetch-partition.ts'
import {
  type FetchPlan,
  FIRST_VERSION_BY_ID,
  type FoundTopic,
  planFetch,
  refusedFetch,
} from './fetch-plan.ts'
import { handler, type RequestContext } from './handler.ts'
import { topicAsked } from './topic-partition.ts'

/**
 * Fetch (key 1), versions 4–18.
 *
 * Reads partitions in the order of the request until `max_bytes` are found; where that is less than
 * `min_bytes` it parks until enough was stored, a partition has an error to report, or `max_wait_ms`
 * have passed. Never reads beyond the high watermark.
 * Version notes: v7 has fetch sessions (KIP-227), v9 leader epochs (KIP-320), v10 zstd (KIP-110),
 * v13 names topics by id (KIP-516).
 */
export const fetch = handler(Fetch, async (context, request) => {
  const plan = planFetch(context, request)
  if (isRefusal(plan)) return refusedFetch(plan)
  const { clock } = context
  const deadlineMs = clock.nowMs() + request.maxWaitMs
  const maxBytes = Math.max(0, Math.min(request.maxBytes, brokerLimit('fetchBytes')))
  const minBytes = Math.min(request.minBytes, maxBytes)
  const { isolationLevel } = request
  const claim = new AnswerClaim(context.connection.answers)
  for (let isClosed = false; ; ) {
    // Whoever is parked holds nothing, and what is answered is counted by its connection.
    const options = { maxBytes, isolationLevel, claim }
    const topics = await readTopics(context, plan, options).finally(() => claim.drop())
    const partitions = topics.flatMap((topic) => topic.partitions)
    const bytesFound = partitions.reduce((sum, partition) => sum + partition.sizeBytes, 0)
    const maxWaitMs = deadlineMs - clock.nowMs()
    const isDue =
      bytesFound >= minBytes ||
      maxWaitMs <= 0 ||
      isClosed ||
      // Nothing could ever come to a client that asks for nothing, such as one that ends its session.
      partitions.length === 0 ||
      partitions.some(({ isUrgent }) => isUrgent)
    if (isDue) {
      countOut(context, topics)
      context.afterAnswer(() => releaseAll(partitions))
      return plan.answer(topics)
    }
    releaseAll(partitions)
    // A partition that changed while others were read would wake nobody who parks only now.
    if (!topics.some((topic) => hasChanged(context, topic))) {
      const reason = await parkOn(context, partitions, minBytes - bytesFound, maxWaitMs)
      isClosed = reason === 'closed'
    }
  }
})

function releaseAll(partitions: readonly FetchedPartition[]): void {
  for (const partition of partitions) partition.release()
}

interface FetchedTopic extends FoundTopic {
  /** Null where there is no such topic. */
  readonly topic: Topic | null
}

interface ReadOptions {
  readonly maxBytes: number
  readonly isolationLevel: number
  readonly claim: AnswerClaim
}

/** Reads every partition of the plan, in order. Topics are looked up anew, since one may have gone. */
async function readTopics(
  context: RequestContext,
  plan: FetchPlan,
  { maxBytes, isolationLevel, claim }: ReadOptions,
): Promise<readonly FetchedTopic[]> {
  let bytesLeft = maxBytes
  let isFirst = true
  let looked = 0
  const topics: FetchedTopic[] = []
  readAhead(context, plan)
  for (const planned of plan.topics) {
    const name = { name: planned.topic, topicId: planned.topicId }
    const topic = topicAsked(context, name, FIRST_VERSION_BY_ID)
    const partitions: FetchedPartition[] = []
    for (const partition of planned.partitions) {
      if (++looked % PARTITIONS_PER_TURN === 0) await new Promise(setImmediate)
      const end = endOfPartition(topic, partition, isolationLevel)
      if (end !== null) {
        partitions.push(end)
        continue
      }
      const mayWait = isFirst || maxBytes - bytesLeft < WAITED_BYTES_MAX
      const toRead = { topic, partition, isFirst, mayWait, apiVersion: context.apiVersion }
      const fetched: FetchedPartition = await claim.gather(bytesLeft, (bytesMax) =>
        readPartition({ ...toRead, bytesLeft: bytesMax }, isolationLevel),
      )
      bytesLeft -= Math.min(bytesLeft, fetched.sizeBytes)
      isFirst &&= fetched.sizeBytes === 0
      partitions.push(fetched)
    }
    topics.push({ planned, topic: isRefusal(topic) ? null : topic, partitions })
  }
  return topics
}

/** Where an answer holds as much, it does not wait for storage to add more to it. */
const WAITED_BYTES_MAX = 8 * 1024 * 1024

/** About a millisecond's work, after which others have their turn. */
const PARTITIONS_PER_TURN = 200

/** Storage is asked for all partitions at once, so that it reads one while another is looked at. */
function readAhead(context: RequestContext, plan: FetchPlan): void {
  for (const { topic: name, topicId, partitions } of plan.topics) {
    const topic = topicAsked(context, { name, topicId }, FIRST_VERSION_BY_ID)
    if (isRefusal(topic)) continue
    for (const { partition, fetchOffset } of partitions) {
      topic.partitions[partition]?.readAhead(fetchOffset)
    }
  }
}

/** Whether records were stored since the topic's partitions were read, or the topic is gone. */
function hasChanged({ tenant }: RequestContext, { topic, partitions }: FetchedTopic): boolean {
  const hasGrown = ({ log, nextOffset }: FetchedPartition) =>
    log !== null && log.highWatermark > nextOffset
  return topic !== null && (tenant.topics.byId(topic.id) !== topic || partitions.some(hasGrown))
}

/** Every partition is readable here, for one that is not is urgent. */
function parkOn(
  { clock, connection }: RequestContext,
  partitions: readonly FetchedPartition[],
  bytesWanted: number,
  maxWaitMs: number,
) {
  return park({
    partitions: partitions.flatMap(({ log, bytesMax, sizeBytes }) =>
      log === null ? [] : { waiters: log.waiters, bytesMax: bytesMax - sizeBytes },
    ),
    bytesWanted,
    maxWaitMs,
    clock,
    closed: connection.closed,
  })
}

/** What internal principals read counts nowhere, or opening a page would move the figures on it. */
function countOut(context: RequestContext, topics: readonly FetchedTopic[]): void {
  if (context.internal) {
    return
  }
  const nowMs = context.clock.nowMs()
  for (const { topic, partitions } of topics) {
    if (topic === null) {
      continue
    }
    let bytes = 0
    let records = 0
    for (const { sizeBytes, recordCount } of partitions) {
      bytes += sizeBytes
      records += recordCount
    }
    topic.counters.bytesOut += bytes
    topic.counters.recordsOut += records
    context.tenant.clients.fetched(context.clientId, { topicId: topic.id, bytes, records }, nowMs)
  }
}
