/**
 * Every Kafka API that this broker answers. ApiVersions is computed from here, so that what is
 * declared, what is handled and what is advertised are one thing.
 */
import type { Api } from '../protocol/schema.ts'
import { highestVersionIn, type KafkaRelease } from '../rules/kafka-versions.ts'
import { createAcls, deleteAcls, describeAcls } from './acls.ts'
import { alterClientQuotas } from './alter-client-quotas.ts'
import { alterConfigs } from './alter-configs.ts'
import { alterPartitionReassignments } from './alter-partition-reassignments.ts'
import { alterUserScramCredentials } from './alter-user-scram-credentials.ts'
import { apiVersions } from './api-versions.ts'
import type { AdvertisedApi, SignInHandler } from './context.ts'
import { createPartitions } from './create-partitions.ts'
import { createTopics } from './create-topics.ts'
import { deleteGroups } from './delete-groups.ts'
import { deleteRecords } from './delete-records.ts'
import { deleteTopics } from './delete-topics.ts'
import { describeClientQuotas } from './describe-client-quotas.ts'
import { describeCluster } from './describe-cluster.ts'
import { describeConfigs } from './describe-configs.ts'
import { describeGroups } from './describe-groups.ts'
import { describeLogDirs } from './describe-log-dirs.ts'
import { describeProducers } from './describe-producers.ts'
import { describeTopicPartitions } from './describe-topic-partitions.ts'
import { describeUserScramCredentials } from './describe-user-scram-credentials.ts'
import { electLeaders } from './elect-leaders.ts'
import { fetch } from './fetch.ts'
import { findCoordinator } from './find-coordinator.ts'
import type { Handler } from './handler.ts'
import { heartbeat } from './heartbeat.ts'
import { incrementalAlterConfigs } from './incremental-alter-configs.ts'
import { initProducerId } from './init-producer-id.ts'
import { joinGroup } from './join-group.ts'
import { leaveGroup } from './leave-group.ts'
import { listConfigResources } from './list-config-resources.ts'
import { listGroups } from './list-groups.ts'
import { listOffsets } from './list-offsets.ts'
import { listPartitionReassignments } from './list-partition-reassignments.ts'
import { listTransactions } from './list-transactions.ts'
import { metadata } from './metadata.ts'
import { offsetCommit } from './offset-commit.ts'
import { offsetDelete } from './offset-delete.ts'
import { offsetFetch } from './offset-fetch.ts'
import { offsetForLeaderEpoch } from './offset-for-leader-epoch.ts'
import { produce } from './produce.ts'
import { saslAuthenticate } from './sasl-authenticate.ts'
import { saslHandshake } from './sasl-handshake.ts'
import { syncGroup } from './sync-group.ts'

/** Answered before sign-in, and after it too. */
export const signInHandlers: readonly SignInHandler[] = [
  apiVersions,
  saslHandshake,
  saslAuthenticate,
]

/** Answered once the connection has signed in. */
export const handlers: readonly Handler[] = [
  produce,
  fetch,
  listOffsets,
  metadata,
  offsetCommit,
  offsetFetch,
  findCoordinator,
  joinGroup,
  heartbeat,
  leaveGroup,
  syncGroup,
  describeGroups,
  listGroups,
  createTopics,
  deleteTopics,
  deleteRecords,
  initProducerId,
  offsetForLeaderEpoch,
  describeAcls,
  createAcls,
  deleteAcls,
  describeConfigs,
  alterConfigs,
  describeLogDirs,
  createPartitions,
  deleteGroups,
  electLeaders,
  incrementalAlterConfigs,
  alterPartitionReassignments,
  listPartitionReassignments,
  offsetDelete,
  describeClientQuotas,
  alterClientQuotas,
  describeUserScramCredentials,
  alterUserScramCredentials,
  describeCluster,
  describeProducers,
  listTransactions,
  listConfigResources,
  describeTopicPartitions,
]

/** One API as this broker serves it: its handler and the versions it takes. */
export interface ServedApi {
  readonly api: Api
  /** Versions that are decoded; those advertised below `min` are answered with an error. */
  readonly min: number
  readonly max: number
  readonly advertised: AdvertisedApi
  readonly handler: Handler | null
  readonly signInHandler: SignInHandler | null
}

export interface ApiTable {
  get(apiKey: number): ServedApi | undefined
  /** By ascending key. */
  readonly served: readonly ServedApi[]
  readonly advertised: readonly AdvertisedApi[]
}

/** The table as a broker of the given Kafka release would have it; null for all that we have. */
export function createApiTable(release: KafkaRelease | null): ApiTable {
  const all = [
    ...handlers.map((handler) => ({ api: handler.api, handler, signInHandler: null })),
    ...signInHandlers.map((handler) => ({
      api: handler.api,
      handler: null,
      signInHandler: handler,
    })),
  ]
  const served = all
    .flatMap(({ api, handler, signInHandler }) => {
      const cap = release === null ? api.versions.max : highestVersionIn(release, api.key)
      if (cap === null || cap < api.versions.min) {
        return []
      }
      const max = Math.min(cap, api.versions.max)
      const advertised = { apiKey: api.key, minVersion: api.advertise.min, maxVersion: max }
      return [{ api, min: api.versions.min, max, advertised, handler, signInHandler }]
    })
    .sort((a, b) => a.api.key - b.api.key)
  const byKey = new Map(served.map((entry) => [entry.api.key, entry]))
  return {
    get: (apiKey) => byKey.get(apiKey),
    served,
    advertised: served.map((entry) => entry.advertised),
  }
}
