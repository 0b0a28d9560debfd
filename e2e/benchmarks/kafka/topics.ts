import { CreateTopics } from '../../../broker/protocol/messages/create-topics.ts'
import { DeleteTopics } from '../../../broker/protocol/messages/delete-topics.ts'
import { Metadata } from '../../../broker/protocol/messages/metadata.ts'
import { Produce } from '../../../broker/protocol/messages/produce.ts'
import { encodeBatch } from '../../../broker/protocol/records.ts'
import { portOf, type StartedPeer } from './peer.ts'

export interface WantedTopic {
  readonly name: string
  readonly partitions: number
}

/** Creates topics with as many replicas as the cluster gives by default, a hundred a request. */
export async function createTopics(peer: StartedPeer, topics: readonly WantedTopic[]) {
  const client = await peer.connect(portOf(peer))
  for (let first = 0; first < topics.length; first += 100) {
    const answer = await client.send(CreateTopics, 7, {
      topics: topics.slice(first, first + 100).map(({ name, partitions }) => ({
        name,
        numPartitions: partitions,
        replicationFactor: -1,
        assignments: [],
        configs: [],
      })),
      timeoutMs: 60_000,
      validateOnly: false,
    })
    for (const { name, errorCode } of answer.topics) {
      if (errorCode !== 0) throw new Error(`${name} was not created: error ${errorCode}`)
    }
  }
  client.close()
}

export async function deleteTopic(peer: StartedPeer, name: string): Promise<void> {
  const client = await peer.connect(portOf(peer))
  await client.send(DeleteTopics, 5, { topicNames: [name], timeoutMs: 60_000 })
  client.close()
}

/** How many topics the cluster names when it is asked for all. */
export async function listTopics(peer: StartedPeer): Promise<number> {
  const client = await peer.connect(portOf(peer))
  const answer = await client.send(Metadata, 9, { topics: null, allowAutoTopicCreation: false })
  client.close()
  return answer.topics.length
}

/** Tries until one record is acknowledged by the leader of partition 0, over new connections each time. */
export async function produceOnce(peer: StartedPeer, topic: string): Promise<void> {
  for (;;) {
    if (peer.process.exitCode !== null) throw new Error('The broker ended instead of answering')
    const isWritten = await tryToProduce(peer, topic).catch(() => false)
    if (isWritten) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

async function tryToProduce(peer: StartedPeer, topic: string): Promise<boolean> {
  const first = await peer.connect(portOf(peer))
  const metadata = await first.send(Metadata, 9, {
    topics: [{ name: topic }],
    allowAutoTopicCreation: false,
  })
  first.close()
  const leaderId = metadata.topics[0]?.partitions[0]?.leaderId
  const port = metadata.brokers.find(({ nodeId }) => nodeId === leaderId)?.port
  if (port === undefined) return false
  const leader = await peer.connect(port)
  const batch = encodeBatch([{ value: Buffer.from('first') }], {
    timestampMs: Date.now(),
  })
  const answer = await leader.send(Produce, 9, {
    acks: -1,
    timeoutMs: 5000,
    topicData: [{ name: topic, partitionData: [{ index: 0, records: [batch] }] }],
  })
  leader.close()
  return answer.responses[0]?.partitionResponses[0]?.errorCode === 0
}
