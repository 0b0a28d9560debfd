import type { AskedPartition, FetchSession, PartitionName } from '../cluster/fetch-session.ts'
import { errorCode, isRefusal, type Refusal, refuse } from '../errors.ts'
import type { Fetch } from '../protocol/messages/fetch.ts'
import type { RequestOf, ResponseOf } from '../protocol/schema.ts'
import type { FetchedPartition } from './fetch-partition.ts'
import type { RequestContext } from './handler.ts'

/** What a Fetch has to read, and how its answer tells what was found. */
export interface FetchPlan {
  /** In the order in which they are read, those of one topic together where they follow each other. */
  readonly topics: readonly PlannedTopic[]
  answer(found: readonly FoundTopic[]): FetchResponse
}

export interface PlannedTopic {
  readonly topic: string
  readonly topicId: string
  readonly partitions: readonly AskedPartition[]
}

export interface FoundTopic {
  readonly planned: PlannedTopic
  /** In the order of the plan. */
  readonly partitions: readonly FetchedPartition[]
}

/** The first version that names topics by id only (KIP-516). */
export const FIRST_VERSION_BY_ID = 13

/**
 * Plans a Fetch by its session (KIP-227): epoch -1 reads outside any, 0 opens one, and any other goes
 * on with the one it names. Either of the first two closes the session that it names.
 */
export function planFetch(context: RequestContext, request: FetchRequest): FetchPlan | Refusal {
  const { tenant, clock, apiVersion, connection } = context
  const { sessionId, sessionEpoch } = request
  const usesTopicIds = apiVersion >= FIRST_VERSION_BY_ID
  const asked = askedPartitions(request)
  if (sessionEpoch !== FINAL_EPOCH && sessionEpoch !== INITIAL_EPOCH) {
    const session = tenant.fetchSessions.resume({
      sessionId,
      epoch: sessionEpoch,
      usesTopicIds,
      asked,
      forgotten: forgottenPartitions(request),
      nowMs: clock.nowMs(),
    })
    return isRefusal(session) ? session : planIncremental(context, session)
  }
  if (sessionId !== NO_SESSION) tenant.fetchSessions.close(sessionId)
  return {
    topics: byTopic(asked),
    answer(found) {
      const session =
        sessionEpoch === INITIAL_EPOCH
          ? tenant.fetchSessions.open(asked, {
              usesTopicIds,
              connectionId: connection.id,
              nowMs: clock.nowMs(),
            })
          : null
      if (session !== null) tellChanges(session, found)
      return { sessionId: session?.id ?? NO_SESSION, responses: found.map(inFull) }
    },
  }
}

/** A Fetch that cannot be planned, as an answer. */
export function refusedFetch({ error }: Refusal): FetchResponse {
  return { errorCode: errorCode(error), sessionId: NO_SESSION, responses: [] }
}

type FetchRequest = RequestOf<typeof Fetch>
type FetchResponse = ResponseOf<typeof Fetch>

const NO_SESSION = 0
const FINAL_EPOCH = -1
const INITIAL_EPOCH = 0

function planIncremental({ tenant }: RequestContext, session: FetchSession): FetchPlan {
  // A client that forgets its last partition has ended the session, and is told so.
  const isOver = session.partitionCount === 0
  const dueEpoch = session.expectedEpoch
  return {
    topics: byTopic(session.partitions()),
    answer(found) {
      if (isOver) return { sessionId: NO_SESSION, responses: [] }
      // Somebody else who knows the session may have gone on with it or closed it meanwhile.
      if (!tenant.fetchSessions.isCurrent(session, dueEpoch)) {
        return refusedFetch(refuse('INVALID_FETCH_SESSION_EPOCH'))
      }
      return { sessionId: session.id, responses: tellChanges(session, found) }
    },
  }
}

/** Takes note in the session of what was found; gives back what the client does not know yet. */
function tellChanges(session: FetchSession, found: readonly FoundTopic[]) {
  return found.flatMap(({ planned, partitions }) => {
    const changed = partitions.filter(({ response, sizeBytes }) =>
      session.tell(
        { topic: planned.topic, topicId: planned.topicId, partition: response.partitionIndex },
        {
          errorCode: response.errorCode,
          highWatermark: response.highWatermark,
          logStartOffset: response.logStartOffset ?? -1,
          sizeBytes,
        },
      ),
    )
    return changed.length === 0 ? [] : [inFull({ planned, partitions: changed })]
  })
}

function inFull({ planned: { topic, topicId }, partitions }: FoundTopic) {
  return { topic, topicId, partitions: partitions.map(({ response }) => response) }
}

function askedPartitions({ topics }: FetchRequest): readonly AskedPartition[] {
  return topics.flatMap(({ topic, topicId, partitions }) =>
    partitions.map(({ partition, fetchOffset, currentLeaderEpoch, partitionMaxBytes }) => ({
      topic,
      topicId,
      partition,
      fetchOffset,
      currentLeaderEpoch,
      partitionMaxBytes,
    })),
  )
}

function forgottenPartitions({ forgottenTopicsData }: FetchRequest): readonly PartitionName[] {
  return forgottenTopicsData.flatMap(({ topic, topicId, partitions }) =>
    partitions.map((partition) => ({ topic, topicId, partition })),
  )
}

function byTopic(partitions: readonly AskedPartition[]): readonly PlannedTopic[] {
  const topics: { topic: string; topicId: string; partitions: AskedPartition[] }[] = []
  for (const partition of partitions) {
    const { topic, topicId } = partition
    const last = topics.at(-1)
    if (last !== undefined && last.topic === topic && last.topicId === topicId) {
      last.partitions.push(partition)
    } else {
      topics.push({ topic, topicId, partitions: [partition] })
    }
  }
  return topics
}
