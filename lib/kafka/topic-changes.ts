import { CreatePartitions } from '../../broker/protocol/messages/create-partitions.ts'
import { DeleteRecords } from '../../broker/protocol/messages/delete-records.ts'
import { failureOfCode } from './failure.ts'
import type { Nodes } from './nodes.ts'
import { byNode } from './partition-reads.ts'

/** What is done to topics that exist. */

const timeoutMs = 5000

/** DeleteRecords' name for the high watermark at the moment it is carried out. */
const highWatermark = -1

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
