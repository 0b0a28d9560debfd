import type { KafkaClient } from '../protocol/client.ts'
import { AlterClientQuotas } from '../protocol/messages/alter-client-quotas.ts'
import { AlterConfigs } from '../protocol/messages/alter-configs.ts'
import { AlterPartitionReassignments } from '../protocol/messages/alter-partition-reassignments.ts'
import { AlterUserScramCredentials } from '../protocol/messages/alter-user-scram-credentials.ts'
import { ApiVersions } from '../protocol/messages/api-versions.ts'
import { CreateAcls } from '../protocol/messages/create-acls.ts'
import { CreatePartitions } from '../protocol/messages/create-partitions.ts'
import { CreateTopics } from '../protocol/messages/create-topics.ts'
import { DeleteAcls } from '../protocol/messages/delete-acls.ts'
import { DeleteGroups } from '../protocol/messages/delete-groups.ts'
import { DeleteRecords } from '../protocol/messages/delete-records.ts'
import { DeleteTopics } from '../protocol/messages/delete-topics.ts'
import { DescribeAcls } from '../protocol/messages/describe-acls.ts'
import { DescribeClientQuotas } from '../protocol/messages/describe-client-quotas.ts'
import { DescribeCluster } from '../protocol/messages/describe-cluster.ts'
import { DescribeConfigs } from '../protocol/messages/describe-configs.ts'
import { DescribeGroups } from '../protocol/messages/describe-groups.ts'
import { DescribeLogDirs } from '../protocol/messages/describe-log-dirs.ts'
import { DescribeProducers } from '../protocol/messages/describe-producers.ts'
import { DescribeTopicPartitions } from '../protocol/messages/describe-topic-partitions.ts'
import { DescribeUserScramCredentials } from '../protocol/messages/describe-user-scram-credentials.ts'
import { ElectLeaders } from '../protocol/messages/elect-leaders.ts'
import { Fetch } from '../protocol/messages/fetch.ts'
import { FindCoordinator } from '../protocol/messages/find-coordinator.ts'
import { Heartbeat } from '../protocol/messages/heartbeat.ts'
import { IncrementalAlterConfigs } from '../protocol/messages/incremental-alter-configs.ts'
import { InitProducerId } from '../protocol/messages/init-producer-id.ts'
import { JoinGroup } from '../protocol/messages/join-group.ts'
import { LeaveGroup } from '../protocol/messages/leave-group.ts'
import { ListConfigResources } from '../protocol/messages/list-config-resources.ts'
import { ListGroups } from '../protocol/messages/list-groups.ts'
import { ListOffsets } from '../protocol/messages/list-offsets.ts'
import { ListPartitionReassignments } from '../protocol/messages/list-partition-reassignments.ts'
import { ListTransactions } from '../protocol/messages/list-transactions.ts'
import { Metadata } from '../protocol/messages/metadata.ts'
import { OffsetCommit } from '../protocol/messages/offset-commit.ts'
import { OffsetDelete } from '../protocol/messages/offset-delete.ts'
import { OffsetFetch } from '../protocol/messages/offset-fetch.ts'
import { OffsetForLeaderEpoch } from '../protocol/messages/offset-for-leader-epoch.ts'
import { Produce } from '../protocol/messages/produce.ts'
import { SaslAuthenticate } from '../protocol/messages/sasl-authenticate.ts'
import { SaslHandshake } from '../protocol/messages/sasl-handshake.ts'
import { SyncGroup } from '../protocol/messages/sync-group.ts'
import { encodeBatch } from '../protocol/records.ts'
import { type Api, type RequestToSend, ZERO_UUID } from '../protocol/schema.ts'

/** What one tenant has: names and ids that mean nothing to any other. */
export interface Owned {
  readonly topic: string
  readonly topicId: string
  readonly group: string
  readonly memberId: string
  readonly generationId: number
  readonly groupInstanceId: string
  readonly producerId: number
  readonly fetchSessionId: number
  readonly key: string
}

/** How a stranger asks one API, in each version, for what is the owner's. */
export interface StrangerQuestion {
  readonly api: Api
  ask(client: KafkaClient, version: number, owned: Owned): Promise<unknown>
}

/** One row for each API that the broker answers; an API without one fails the isolation test. */
export const strangerQuestions: readonly StrangerQuestion[] = [
  question(Produce, (_version, { topic, topicId, producerId }) => ({
    acks: -1,
    timeoutMs: 1000,
    topicData: [
      {
        name: topic,
        topicId,
        partitionData: [{ index: 0, records: [batchOf(-1)] }],
      },
      // As the owner's own producer would write its next batch.
      {
        name: `${topic}-2`,
        topicId,
        partitionData: [{ index: 1, records: [batchOf(producerId)] }],
      },
    ],
  })),
  {
    api: Fetch,
    /** Outside of any session, in the owner's as its consumer would go on, and to close that. */
    async ask(client, version, { topic, topicId, fetchSessionId }) {
      const partitions = [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1_000_000 }]
      const ask = (sessionId: number, sessionEpoch: number) =>
        client.send(Fetch, version, {
          maxWaitMs: 0,
          minBytes: 0,
          sessionId,
          sessionEpoch,
          topics: [{ topic, topicId, partitions }],
          forgottenTopicsData: [],
          rackId: '',
        })
      return [await ask(0, -1), await ask(fetchSessionId, 1), await ask(fetchSessionId, -1)]
    },
  },
  question(ListOffsets, (_version, { topic }) => ({
    replicaId: -1,
    topics: [
      {
        name: topic,
        partitions: [-1, -2, 0].map((timestamp, partitionIndex) => ({ partitionIndex, timestamp })),
      },
    ],
    timeoutMs: 1000,
  })),
  question(Metadata, (version, { topic, topicId }) => ({
    topics: [{ name: topic }, ...(version >= 12 ? [{ topicId, name: null }] : [])],
  })),
  question(OffsetCommit, (_version, owned) => ({
    groupId: owned.group,
    generationIdOrMemberEpoch: owned.generationId,
    memberId: owned.memberId,
    topics: [
      {
        name: owned.topic,
        partitions: [{ partitionIndex: 0, committedOffset: 99, committedMetadata: '' }],
      },
    ],
  })),
  question(OffsetFetch, (_version, { group, topic }) => ({
    groupId: group,
    topics: [{ name: topic, partitionIndexes: [0] }],
    groups: [{ groupId: group, topics: [{ name: topic, partitionIndexes: [0] }] }],
  })),
  question(FindCoordinator, (_version, { group }) => ({ key: group, coordinatorKeys: [group] })),
  question(JoinGroup, (_version, owned) => ({
    groupId: owned.group,
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 10_000,
    memberId: owned.memberId,
    groupInstanceId: owned.groupInstanceId,
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: new Uint8Array() }],
  })),
  question(SyncGroup, (_version, owned) => ({
    groupId: owned.group,
    generationId: owned.generationId,
    memberId: owned.memberId,
    groupInstanceId: owned.groupInstanceId,
    protocolType: 'consumer',
    protocolName: 'range',
    assignments: [],
  })),
  question(Heartbeat, (_version, owned) => ({
    groupId: owned.group,
    generationId: owned.generationId,
    memberId: owned.memberId,
    groupInstanceId: owned.groupInstanceId,
  })),
  question(LeaveGroup, (_version, { group, memberId, groupInstanceId }) => ({
    groupId: group,
    memberId,
    members: [{ memberId, groupInstanceId }],
  })),
  question(OffsetDelete, (_version, { group, topic }) => ({
    groupId: group,
    topics: [{ name: topic, partitions: [{ partitionIndex: 0 }] }],
  })),
  question(ListGroups, () => ({ statesFilter: [], typesFilter: [] })),
  question(DescribeGroups, (_version, { group }) => ({
    groups: [group],
    includeAuthorizedOperations: true,
  })),
  question(DeleteGroups, (_version, { group }) => ({ groupsNames: [group] })),
  question(CreateTopics, (_version, { topic }) => ({
    topics: [{ name: topic, numPartitions: 1, replicationFactor: 3, assignments: [], configs: [] }],
  })),
  question(DeleteTopics, (version, { topic, topicId }) => ({
    topics: [
      { name: topic, topicId: ZERO_UUID },
      { name: null, topicId },
    ],
    topicNames: version < 6 ? [topic] : [],
    timeoutMs: 1000,
  })),
  question(CreatePartitions, (_version, { topic }) => ({
    topics: [{ name: topic, count: 9, assignments: null }],
    timeoutMs: 1000,
    validateOnly: false,
  })),
  question(DeleteRecords, (_version, { topic }) => ({
    topics: [{ name: topic, partitions: [{ partitionIndex: 0, offset: -1 }] }],
    timeoutMs: 1000,
  })),
  question(DescribeConfigs, (_version, { topic }) => ({
    resources: [{ resourceType: 2, resourceName: topic, configurationKeys: null }],
    includeSynonyms: true,
  })),
  question(AlterConfigs, (_version, { topic }) => ({
    resources: [
      { resourceType: 2, resourceName: topic, configs: [{ name: 'retention.ms', value: '1' }] },
    ],
    validateOnly: false,
  })),
  question(IncrementalAlterConfigs, (_version, { topic }) => ({
    resources: [
      {
        resourceType: 2,
        resourceName: topic,
        configs: [{ name: 'retention.ms', configOperation: 0, value: '1' }],
      },
    ],
    validateOnly: false,
  })),
  question(DescribeLogDirs, (version, { topic }) => ({
    topics: version % 2 === 0 ? null : [{ topic, partitions: [0, 1] }],
  })),
  question(DescribeProducers, (_version, { topic }) => ({
    topics: [{ name: topic, partitionIndexes: [0] }],
  })),
  question(ListTransactions, (_version, { producerId }) => ({
    stateFilters: [],
    producerIdFilters: [producerId],
  })),
  question(DescribeAcls, (_version, owned) => rulesOf(owned)),
  question(DeleteAcls, (_version, owned) => ({ filters: [rulesOf(owned)] })),
  question(CreateAcls, (_version, { topic, key }) => ({
    creations: [
      {
        resourceType: 2,
        resourceName: topic,
        principal: `User:${key}`,
        host: '*',
        operation: 2,
        permissionType: 3,
      },
    ],
  })),
  question(ListConfigResources, () => ({ resourceTypes: [] })),
  question(ElectLeaders, (_version, { topic }) => ({
    topicPartitions: [{ topic, partitions: [0] }],
  })),
  question(AlterPartitionReassignments, (_version, { topic }) => ({
    topics: [
      {
        name: topic,
        partitions: [
          { partitionIndex: 0, replicas: [1] },
          { partitionIndex: 1, replicas: null },
        ],
      },
    ],
  })),
  question(ListPartitionReassignments, (_version, { topic }) => ({
    topics: [{ name: topic, partitionIndexes: [0] }],
  })),
  question(DescribeClientQuotas, (_version, { key }) => ({
    components: [{ entityType: 'user', matchType: 0, match: key }],
    strict: false,
  })),
  question(DescribeUserScramCredentials, (_version, { key }) => ({ users: [{ name: key }] })),
  question(AlterUserScramCredentials, (_version, { key }) => ({
    deletions: [{ name: key, mechanism: 1 }],
    upsertions: [],
  })),
  question(AlterClientQuotas, (_version, { key }) => ({
    entries: [
      {
        entity: [{ entityType: 'user', entityName: key }],
        ops: [{ key: 'producer_byte_rate', value: 1, remove: false }],
      },
    ],
    validateOnly: false,
  })),
  question(InitProducerId, (_version, { producerId }) => ({
    transactionalId: null,
    transactionTimeoutMs: 60_000,
    producerId,
    producerEpoch: 0,
  })),
  question(OffsetForLeaderEpoch, (_version, { topic }) => ({
    topics: [{ topic, partitions: [{ partition: 0, leaderEpoch: 0 }] }],
  })),
  question(DescribeCluster, () => ({ includeClusterAuthorizedOperations: true })),
  question(DescribeTopicPartitions, (_version, { topic }) => ({ topics: [{ name: topic }] })),
  question(ApiVersions, () => ({ clientSoftwareName: 'stranger', clientSoftwareVersion: '1' })),
  question(SaslHandshake, () => ({ mechanism: 'PLAIN' })),
  {
    api: SaslAuthenticate,
    /** On a connection that is the stranger's: the owner's key with a secret that is a guess. */
    async ask(client, version, { key }) {
      const handshake = await client.send(SaslHandshake, 1, { mechanism: 'PLAIN' })
      const authBytes = Buffer.from(`\0${key}\0stranger-secret`)
      return [handshake, await client.send(SaslAuthenticate, version, { authBytes })]
    },
  },
]

function question<A extends Api>(
  api: A,
  request: (version: number, owned: Owned) => RequestToSend<A>,
): StrangerQuestion {
  return {
    api,
    ask: (client, version, owned) => client.send(api, version, request(version, owned)),
  }
}

/** Any access rule about the owner's topic for the owner's key. */
function rulesOf({ topic, key }: Owned) {
  return {
    resourceTypeFilter: 2,
    resourceNameFilter: topic,
    principalFilter: `User:${key}`,
    hostFilter: null,
    operation: 1,
    permissionType: 1,
  }
}

function batchOf(producerId: number): Uint8Array {
  const identity = producerId === -1 ? {} : { producerId, producerEpoch: 0, baseSequence: 1 }
  return encodeBatch([{ value: Buffer.from('from a stranger') }], {
    timestampMs: 1_700_000_000_000,
    ...identity,
  })
}
