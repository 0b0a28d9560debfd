import { Metadata } from '../../broker/protocol/messages/metadata.ts'
import { failureOfCode } from './failure.ts'
import type { Nodes } from './nodes.ts'

/** Which cluster a key has signed in to, and its nodes. */
export interface ClusterIdentity {
  readonly clusterId: string
  /** Null while there is none. */
  readonly controllerId: number | null
  readonly brokers: readonly BrokerNode[]
}

export interface BrokerNode {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  readonly rack: string | null
}

/** Asks whichever node answers. Rejects with a `KafkaFailure`, `SASL_AUTHENTICATION_FAILED` for one. */
export async function readClusterIdentity(nodes: Nodes): Promise<ClusterIdentity> {
  const request = { topics: [], allowAutoTopicCreation: false }
  const answer = await nodes.ask((connection) => connection.call(Metadata, request))
  if (answer.clusterId === null) throw failureOfCode(-1, 'The cluster does not say its id.')
  return {
    clusterId: answer.clusterId,
    controllerId: answer.controllerId < 0 ? null : answer.controllerId,
    brokers: answer.brokers.map(({ nodeId, host, port, rack }) => ({ nodeId, host, port, rack })),
  }
}
