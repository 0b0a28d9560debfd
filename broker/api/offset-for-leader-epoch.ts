import { errorCode, isRefusal } from '../errors.ts'
import { leaderEpochProblem } from '../log/leader-epoch.ts'
import { OffsetForLeaderEpoch } from '../protocol/messages/offset-for-leader-epoch.ts'
import { handler } from './handler.ts'
import { partitionByName } from './topic-partition.ts'

/**
 * OffsetForLeaderEpoch (key 23), versions 2–4.
 *
 * Tells where the records of a leader epoch end, by which consumers notice a truncated log (KIP-320).
 * Ours is never truncated and has one epoch: it ends at the high watermark, and of any other epoch
 * nothing is known.
 */
export const offsetForLeaderEpoch = handler(OffsetForLeaderEpoch, ({ tenant }, request) => ({
  topics: request.topics.map(({ topic, partitions }) => ({
    topic,
    partitions: partitions.map(({ partition, currentLeaderEpoch, leaderEpoch }) => {
      const log = partitionByName(tenant, topic, partition)
      if (isRefusal(log)) {
        return { partition, errorCode: errorCode(log.error) }
      }
      const problem = leaderEpochProblem(log, currentLeaderEpoch)
      if (problem !== null) {
        return { partition, errorCode: errorCode(problem) }
      }
      return leaderEpoch === log.leaderEpoch
        ? { partition, errorCode: 0, leaderEpoch, endOffset: log.highWatermark }
        : { partition, errorCode: 0 }
    }),
  })),
}))
