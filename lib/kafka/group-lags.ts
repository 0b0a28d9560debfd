import {
  type ConsumerGroup,
  messagesBehind,
  type TopicPartitionName,
} from '../format/consumer-groups.ts'
import type { ClusterAddress } from './cluster-address.ts'
import { createGroupReader } from './groups.ts'
import { createNodes } from './nodes.ts'

/** How far a group is behind in one partition. */
export interface GroupLag extends TopicPartitionName {
  readonly groupId: string
  /** Null where nothing was committed, or the topic is gone. */
  readonly lag: number | null
  /** Of the member that reads it; null where nobody does. */
  readonly clientId: string | null
}

export interface LagLimits {
  readonly groupsMax: number
  /** Once there are so many partitions, no more groups are read. */
  readonly seriesMax: number
}

/** Groups that are read together. */
const groupsAtOnce = 25

export interface GroupLagReader {
  /** Of every partition of the first groups by id, up to a limit. Rejects with a `KafkaFailure`. */
  read(clusterId: string, limits: LagLimits): Promise<readonly GroupLag[]>
  /** Ends the connections to all other clusters. */
  keepOnly(clusters: { has(clusterId: string): boolean }): void
  close(): void
}

/** Reads the lag of any cluster again and again; connections are kept meanwhile. */
export function createGroupLagReader(
  addressOf: (clusterId: string) => ClusterAddress,
): GroupLagReader {
  const clusters = new Map<string, ReturnType<typeof createNodes>>()
  function keepOnly(wanted: { has(clusterId: string): boolean }) {
    for (const [clusterId, nodes] of clusters) {
      if (wanted.has(clusterId)) continue
      nodes.close()
      clusters.delete(clusterId)
    }
  }
  return {
    async read(clusterId, { groupsMax, seriesMax }) {
      const nodes = clusters.get(clusterId) ?? createNodes(addressOf(clusterId))
      clusters.set(clusterId, nodes)
      const groups = createGroupReader(nodes)
      const listed = (await groups.list()).slice(0, groupsMax)
      const lags: GroupLag[] = []
      for (let at = 0; at < listed.length && lags.length < seriesMax; at += groupsAtOnce) {
        const described = await groups.describe(listed.slice(at, at + groupsAtOnce))
        for (const group of described) for (const lag of lagsOf(group)) lags.push(lag)
      }
      return lags
    },
    keepOnly,
    close: () => keepOnly(new Set()),
  }
}

function lagsOf({ groupId, members, partitions }: ConsumerGroup): readonly GroupLag[] {
  const clientIds = new Map(members.map(({ memberId, clientId }) => [memberId, clientId]))
  return partitions.map((at) => ({
    ...{ groupId, topic: at.topic, partition: at.partition },
    lag: messagesBehind(at),
    clientId: at.memberId === null ? null : (clientIds.get(at.memberId) ?? null),
  }))
}
