import { CreatePartitions } from '../../broker/protocol/messages/create-partitions.ts'
import { CreateTopics } from '../../broker/protocol/messages/create-topics.ts'
import { DeleteRecords } from '../../broker/protocol/messages/delete-records.ts'
import { DeleteTopics } from '../../broker/protocol/messages/delete-topics.ts'
import { failureOfCode } from './failure.ts'
import type { Nodes } from './nodes.ts'
import { byNode } from './partition-reads.ts'

/** What is done to topics, without a library. */

const timeoutMs = 5000

/** DeleteRecords' name for the high watermark at the moment it is carried out. */
const highWatermark = -1

/** Version 5 is the last of DeleteTopics that only names topics. */
const deleteTopicsVersionMax = 5

export interface TopicRequest {
  readonly name: string
  /** The cluster's default where null. */
  readonly partitionCount: number | null
  readonly replicaCount: number | null
  readonly configs: readonly { readonly name: string; readonly value: string | null }[]
  /** Only says whether the topic could be created. */
  readonly validateOnly: boolean
}

/** Resolves with how many partitions and replicas the topic has, or would have. */
export async function createTopic(
  nodes: Nodes,
  { name, partitionCount, replicaCount, configs, validateOnly }: TopicRequest,
): Promise<{ readonly partitionCount: number; readonly replicaCount: number }> {
  const numPartitions = partitionCount ?? -1
  const replicationFactor = replicaCount ?? -1
  const topic = { name, numPartitions, replicationFactor, assignments: [], configs: [...configs] }
  const answer = await nodes.ask((connection) =>
    connection.call(CreateTopics, { topics: [topic], timeoutMs, validateOnly }),
  )
  const [created] = answer.topics
  if (created === undefined) throw failureOfCode(-1)
  if (created.errorCode !== 0) throw failureOfCode(created.errorCode, created.errorMessage)
  return { partitionCount: created.numPartitions, replicaCount: created.replicationFactor }
}

export async function deleteTopic(nodes: Nodes, name: string): Promise<void> {
  const request = { topicNames: [name], timeoutMs }
  const answer = await nodes.ask((connection) =>
    connection.call(DeleteTopics, request, { versionMax: deleteTopicsVersionMax }),
  )
  for (const { errorCode, errorMessage } of answer.responses) {
    if (errorCode !== 0) throw failureOfCode(errorCode, errorMessage)
  }
}

/** Gives a topic more partitions, `count` in all; the cluster chooses who leads the new ones. */
export async function createPartitions(nodes: Nodes, name: string, count: number): Promise<void> {
  const topics = [{ name, count, assignments: null }]
  const answer = await nodes.ask((connection) =>
    connection.call(CreatePartitions, { topics, timeoutMs, validateOnly: false }),
  )
  for (const { errorCode, errorMessage } of answer.results) {
    if (errorCode !== 0) throw failureOfCode(errorCode, errorMessage)
  }
}

/** Deletes every record written so far. Each leader is asked for its own partitions. */
export async function deleteAllRecords(nodes: Nodes, name: string): Promise<void> {
  const leaders = await nodes.findLeaders(name)
  const answers = await Promise.all(
    [...byNode(leaders).values()].map(({ node, partitions }) => {
      const asked = partitions.map((partitionIndex) => ({ partitionIndex, offset: highWatermark }))
      return nodes.withConnection(node, (connection) =>
        connection.call(DeleteRecords, { topics: [{ name, partitions: asked }], timeoutMs }),
      )
    }),
  )
  for (const partition of answers.flatMap(({ topics }) => topics.flatMap((t) => t.partitions))) {
    if (partition.errorCode !== 0) throw failureOfCode(partition.errorCode)
  }
}
