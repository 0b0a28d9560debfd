import { errorCode, isRefusal, type Refusal, refuse } from '../errors.ts'
import { leaderEpochProblem } from '../log/leader-epoch.ts'
import type { PartitionLog } from '../log/partition-log.ts'
import { ListOffsets } from '../protocol/messages/list-offsets.ts'
import type { RequestOf, ResponseOf } from '../protocol/schema.ts'
import { handler, type RequestContext } from './handler.ts'
import { partitionByName } from './topic-partition.ts'

/**
 * ListOffsets (key 2), versions 1–10.
 *
 * Answers for each partition the offset that a timestamp stands for: the first record at or after
 * it, or one of the negative numbers of `SPECIAL_TIMESTAMPS`. Where there is no such record, offset
 * and timestamp are -1 and there is no error.
 * Version notes: v4 has leader epochs (KIP-320), v7 the largest timestamp (KIP-734), v8 and v9
 * tiered storage (KIP-405, KIP-1005), of which there is none here.
 */
export const listOffsets = handler(ListOffsets, async (context, request) => {
  const repeated = repeatedPartitions(request)
  const topics: ListedTopic[] = []
  // One after another, so that one request unpacks one batch at a time.
  for (const { name, partitions: asked } of request.topics) {
    const partitions: ListedPartition[] = []
    for (const partition of asked) {
      partitions.push(await answer(context, name, partition, repeated))
    }
    topics.push({ name, partitions })
  }
  return { topics }
})

type AskedPartition = RequestOf<typeof ListOffsets>['topics'][number]['partitions'][number]
type ListedTopic = ResponseOf<typeof ListOffsets>['topics'][number]
type ListedPartition = ListedTopic['partitions'][number]

interface FoundOffset {
  readonly offset: number
  /** -1 where the offset is not that of a record looked up by its time. */
  readonly timestampMs: number
}

interface SpecialTimestamp {
  /** The first version of the request that may ask for it. */
  readonly since: number
  readonly find: (log: PartitionLog) => FoundOffset | null | Promise<FoundOffset | null | Refusal>
}

const LATEST = -1
const EARLIEST = -2
const MAX_TIMESTAMP = -3
const EARLIEST_LOCAL = -4
const LATEST_TIERED = -5

const earliest: SpecialTimestamp['find'] = (log) => ({
  offset: log.logStartOffset,
  timestampMs: -1,
})

const SPECIAL_TIMESTAMPS: ReadonlyMap<number, SpecialTimestamp> = new Map([
  // `read_committed` asks for the last stable offset, which is the same without transactions.
  [LATEST, { since: 1, find: (log) => ({ offset: log.lastStableOffset, timestampMs: -1 }) }],
  [EARLIEST, { since: 1, find: earliest }],
  [MAX_TIMESTAMP, { since: 7, find: (log) => log.findMaxTimestamp() }],
  [EARLIEST_LOCAL, { since: 8, find: earliest }],
  [LATEST_TIERED, { since: 9, find: () => null }],
])

async function answer(
  { tenant, apiVersion }: RequestContext,
  name: string,
  asked: AskedPartition,
  repeated: ReadonlySet<string>,
): Promise<ListedPartition> {
  const { partitionIndex } = asked
  const log = repeated.has(keyOf(name, asked))
    ? refuse('INVALID_REQUEST')
    : partitionByName(tenant, name, partitionIndex)
  const found = isRefusal(log) ? log : await find(log, asked, apiVersion)
  if (isRefusal(found)) {
    return { partitionIndex, errorCode: errorCode(found.error) }
  }
  return found === null || isRefusal(log)
    ? { partitionIndex, errorCode: 0 }
    : {
        partitionIndex,
        errorCode: 0,
        offset: found.offset,
        timestamp: found.timestampMs,
        leaderEpoch: log.leaderEpoch,
      }
}

async function find(
  log: PartitionLog,
  { timestamp, currentLeaderEpoch }: AskedPartition,
  apiVersion: number,
): Promise<FoundOffset | null | Refusal> {
  const problem = leaderEpochProblem(log, currentLeaderEpoch)
  if (problem !== null) {
    return refuse(problem)
  }
  const special = SPECIAL_TIMESTAMPS.get(timestamp)
  if (timestamp < 0 && (special === undefined || apiVersion < special.since)) {
    // What ReplicaManager.isListOffsetsTimestampUnsupported answers.
    return refuse('UNSUPPORTED_VERSION')
  }
  try {
    return await (special === undefined ? log.findTimestamp(timestamp) : special.find(log))
  } catch {
    return refuse('KAFKA_STORAGE_ERROR')
  }
}

function keyOf(name: string, { partitionIndex }: AskedPartition): string {
  return `${name}:${partitionIndex}`
}

/** Partitions named more than once, which Kafka refuses. */
function repeatedPartitions(request: RequestOf<typeof ListOffsets>): ReadonlySet<string> {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const { name, partitions } of request.topics) {
    for (const partition of partitions) {
      const key = keyOf(name, partition)
      ;(seen.has(key) ? repeated : seen).add(key)
    }
  }
  return repeated
}
