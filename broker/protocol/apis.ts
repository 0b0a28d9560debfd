import { AlterClientQuotas } from './messages/alter-client-quotas.ts'
import { AlterConfigs } from './messages/alter-configs.ts'
import { AlterPartitionReassignments } from './messages/alter-partition-reassignments.ts'
import { AlterUserScramCredentials } from './messages/alter-user-scram-credentials.ts'
import { ApiVersions } from './messages/api-versions.ts'
import { CreateAcls } from './messages/create-acls.ts'
import { CreatePartitions } from './messages/create-partitions.ts'
import { CreateTopics } from './messages/create-topics.ts'
import { DeleteAcls } from './messages/delete-acls.ts'
import { DeleteGroups } from './messages/delete-groups.ts'
import { DeleteRecords } from './messages/delete-records.ts'
import { DeleteTopics } from './messages/delete-topics.ts'
import { DescribeAcls } from './messages/describe-acls.ts'
import { DescribeClientQuotas } from './messages/describe-client-quotas.ts'
import { DescribeCluster } from './messages/describe-cluster.ts'
import { DescribeConfigs } from './messages/describe-configs.ts'
import { DescribeGroups } from './messages/describe-groups.ts'
import { DescribeLogDirs } from './messages/describe-log-dirs.ts'
import { DescribeProducers } from './messages/describe-producers.ts'
import { DescribeTopicPartitions } from './messages/describe-topic-partitions.ts'
import { DescribeUserScramCredentials } from './messages/describe-user-scram-credentials.ts'
import { ElectLeaders } from './messages/elect-leaders.ts'
import { Fetch } from './messages/fetch.ts'
import { FindCoordinator } from './messages/find-coordinator.ts'
import { Heartbeat } from './messages/heartbeat.ts'
import { IncrementalAlterConfigs } from './messages/incremental-alter-configs.ts'
import { InitProducerId } from './messages/init-producer-id.ts'
import { JoinGroup } from './messages/join-group.ts'
import { LeaveGroup } from './messages/leave-group.ts'
import { ListConfigResources } from './messages/list-config-resources.ts'
import { ListGroups } from './messages/list-groups.ts'
import { ListOffsets } from './messages/list-offsets.ts'
import { ListPartitionReassignments } from './messages/list-partition-reassignments.ts'
import { ListTransactions } from './messages/list-transactions.ts'
import { Metadata } from './messages/metadata.ts'
import { OffsetCommit } from './messages/offset-commit.ts'
import { OffsetDelete } from './messages/offset-delete.ts'
import { OffsetFetch } from './messages/offset-fetch.ts'
import { OffsetForLeaderEpoch } from './messages/offset-for-leader-epoch.ts'
import { Produce } from './messages/produce.ts'
import { SaslAuthenticate } from './messages/sasl-authenticate.ts'
import { SaslHandshake } from './messages/sasl-handshake.ts'
import { SyncGroup } from './messages/sync-group.ts'
import type { Api } from './schema.ts'

/** Every API that is declared, by ascending key. */
export const apis: readonly Api[] = [
  Produce,
  Fetch,
  ListOffsets,
  Metadata,
  OffsetCommit,
  OffsetFetch,
  FindCoordinator,
  JoinGroup,
  Heartbeat,
  LeaveGroup,
  SyncGroup,
  DescribeGroups,
  ListGroups,
  SaslHandshake,
  ApiVersions,
  CreateTopics,
  DeleteTopics,
  DeleteRecords,
  InitProducerId,
  OffsetForLeaderEpoch,
  DescribeAcls,
  CreateAcls,
  DeleteAcls,
  DescribeConfigs,
  AlterConfigs,
  DescribeLogDirs,
  SaslAuthenticate,
  CreatePartitions,
  DeleteGroups,
  ElectLeaders,
  IncrementalAlterConfigs,
  AlterPartitionReassignments,
  ListPartitionReassignments,
  OffsetDelete,
  DescribeClientQuotas,
  AlterClientQuotas,
  DescribeUserScramCredentials,
  AlterUserScramCredentials,
  DescribeCluster,
  DescribeProducers,
  ListTransactions,
  ListConfigResources,
  DescribeTopicPartitions,
]

/** The API with this key, or undefined where we know none. */
export function apiByKey(key: number): Api | undefined {
  return byKey.get(key)
}

const byKey: ReadonlyMap<number, Api> = new Map(apis.map((api) => [api.key, api]))
