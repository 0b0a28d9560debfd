import { FindCoordinator } from '../../broker/protocol/messages/find-coordinator.ts'
import { OffsetCommit } from '../../broker/protocol/messages/offset-commit.ts'
import { connectKafka } from './kafka-connection.ts'
import type { KeyFile } from './key-file.ts'

/** Makes a group without members that has read so far, by topic and partition. */
export async function commitOffsets(
  file: KeyFile,
  groupId: string,
  offsets: Readonly<Record<string, readonly number[]>>,
): Promise<void> {
  const { key, secret } = file
  const any = await connectKafka({ port: portOf(file.bootstrapServer), key, secret })
  const coordinator = await any.send(FindCoordinator, 3, { key: groupId, keyType: 0 })
  any.close()
  const kafka = await connectKafka({ port: coordinator.port, key, secret })
  const topics = Object.entries(offsets).map(([name, ofTopic]) => ({
    name,
    partitions: ofTopic.map((committedOffset, partitionIndex) => ({
      ...{ partitionIndex, committedOffset, committedMetadata: null },
    })),
  }))
  const answer = await kafka.send(OffsetCommit, 8, { groupId, memberId: '', topics })
  kafka.close()
  const refused = answer.topics
    .flatMap(({ partitions }) => partitions)
    .find((p) => p.errorCode !== 0)
  if (refused !== undefined) throw new Error(`The commit was refused: ${refused.errorCode}`)
}

function portOf(bootstrapServer: string): number {
  return Number(bootstrapServer.split(':').at(-1))
}
