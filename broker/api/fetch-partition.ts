import type { AskedPartition } from '../cluster/fetch-session.ts'
import type { Topic } from '../cluster/topic.ts'
import { errorCode, isRefusal, type KafkaErrorName, type Refusal } from '../errors.ts'
import { leaderEpochProblem } from '../log/leader-epoch.ts'
import type { PartitionLog } from '../log/partition-log.ts'
import type { LogSlice } from '../log/read-log.ts'
import type { Fetch } from '../protocol/messages/fetch.ts'
import { batchesIn } from '../protocol/record-batch.ts'
import type { ResponseOf } from '../protocol/schema.ts'

/** What one partition contributes to a Fetch answer, and whether the answer must go out for it. */
export interface FetchedPartition {
  readonly response: PartitionResponse
  readonly sizeBytes: number
  /**
   * Records from the offset asked for on. Offsets tell it without a look at any batch: they are
   * assigned without holes, and nothing within a log is ever taken out.
   */
  readonly recordCount: number
  /** One past what was read; where the log ends beyond it, there is more by now. */
  readonly nextOffset: number
  /** Whether there is an error to report, or more to read than was: waiting would gain nothing. */
  readonly isUrgent: boolean
  /** Null where the partition cannot be read. */
  readonly log: PartitionLog | null
  /** What this partition may contribute at most. */
  readonly bytesMax: number
  /** To be called when the answer is on its way, or there will be none. */
  release(): void
}

export interface PartitionToRead {
  readonly topic: Topic | Refusal
  readonly partition: AskedPartition
  /** What the partitions before it left of the answer's size. */
  readonly bytesLeft: number
  /** Whether nothing was found before: then one batch is given whatever its size (KIP-74). */
  readonly isFirst: boolean
  /** Whether to wait for what is not in memory. */
  readonly mayWait: boolean
  readonly apiVersion: number
}

/**
 * What a partition has for a reader who is at its end, which is most of them most of the time; null
 * where there is more to say.
 */
export function endOfPartition(
  topic: Topic | Refusal,
  partition: AskedPartition,
  isolationLevel: number,
): FetchedPartition | null {
  const log = isRefusal(topic) ? undefined : topic.partitions[partition.partition]
  if (
    log === undefined ||
    log.isEnded ||
    partition.fetchOffset !== log.highWatermark ||
    leaderEpochProblem(log, partition.currentLeaderEpoch) !== null
  ) {
    return null
  }
  return found(partition, log, { slice: nothingFrom(partition.fetchOffset), isolationLevel })
}

/** Reads one partition. Never rejects: a failure of storage is the partition's error. */
export async function readPartition(
  { topic, partition, bytesLeft, isFirst, mayWait, apiVersion }: PartitionToRead,
  isolationLevel: number,
): Promise<FetchedPartition> {
  if (isRefusal(topic)) {
    return refused(partition, null, topic.error)
  }
  const log = topic.partitions[partition.partition]
  if (log === undefined) {
    return refused(partition, null, 'UNKNOWN_TOPIC_OR_PARTITION')
  }
  const epochProblem = leaderEpochProblem(log, partition.currentLeaderEpoch)
  if (epochProblem !== null) {
    return refused(partition, log, epochProblem)
  }
  const bytesMax = Math.max(0, partition.partitionMaxBytes)
  const slice = await log
    .read(partition.fetchOffset, {
      maxBytes: Math.min(bytesMax, bytesLeft),
      atLeastOneBatch: isFirst,
      mayWait,
    })
    .catch((): Refusal => ({ error: 'KAFKA_STORAGE_ERROR' }))
  if (isRefusal(slice)) {
    return refused(partition, log, slice.error)
  }
  if (apiVersion < FIRST_VERSION_WITH_ZSTD && holdsZstd(slice)) {
    slice.release()
    return refused(partition, log, 'UNSUPPORTED_COMPRESSION_TYPE')
  }
  return found(partition, log, { slice, isolationLevel })
}

function found(
  partition: AskedPartition,
  log: PartitionLog,
  { slice, isolationLevel }: { readonly slice: LogSlice; readonly isolationLevel: number },
): FetchedPartition {
  return {
    response: {
      ...positions(partition, log),
      errorCode: 0,
      // Nothing is ever aborted, but readers of committed records expect a list (KIP-98).
      abortedTransactions: isolationLevel === READ_COMMITTED ? [] : null,
      records: slice.records,
    },
    sizeBytes: slice.sizeBytes,
    recordCount: slice.nextOffset - partition.fetchOffset,
    nextOffset: slice.nextOffset,
    isUrgent: slice.nextOffset < log.highWatermark,
    log,
    bytesMax: Math.max(0, partition.partitionMaxBytes),
    release: slice.release,
  }
}

function nothingFrom(nextOffset: number): LogSlice {
  return { records: [], sizeBytes: 0, nextOffset, release: () => {} }
}

type PartitionResponse = ResponseOf<typeof Fetch>['responses'][number]['partitions'][number]

const READ_COMMITTED = 1
const FIRST_VERSION_WITH_ZSTD = 10
const UNKNOWN_OFFSET = -1

function refused(
  partition: AskedPartition,
  log: PartitionLog | null,
  error: KafkaErrorName,
): FetchedPartition {
  const response = {
    ...positions(partition, log),
    errorCode: errorCode(error),
    records: [],
  }
  const { fetchOffset: nextOffset } = partition
  return {
    response,
    sizeBytes: 0,
    recordCount: 0,
    nextOffset,
    isUrgent: true,
    log,
    bytesMax: 0,
    release: () => {},
  }
}

function positions({ partition }: AskedPartition, log: PartitionLog | null) {
  return {
    partitionIndex: partition,
    highWatermark: log?.highWatermark ?? UNKNOWN_OFFSET,
    lastStableOffset: log?.lastStableOffset ?? UNKNOWN_OFFSET,
    logStartOffset: log?.logStartOffset ?? UNKNOWN_OFFSET,
  }
}

/** KIP-110: clients before version 10 cannot read zstd, and must be told rather than be confused. */
function holdsZstd(slice: LogSlice): boolean {
  return slice.records.some((bytes) => {
    for (const batch of batchesIn(bytes)) {
      if (batch.compression === 'zstd') {
        return true
      }
    }
    return false
  })
}
