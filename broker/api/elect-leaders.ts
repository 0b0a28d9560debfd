import type { Tenant } from '../cluster/tenant.ts'
import { errorCode, type Refusal, refuse } from '../errors.ts'
import { ElectLeaders } from '../protocol/messages/elect-leaders.ts'
import { partitionsByTopic } from './asked-partitions.ts'
import { handler } from './handler.ts'
import { refusalFields } from './refusal-fields.ts'

/**
 * ElectLeaders (key 43), versions 0–2.
 *
 * Every partition is led by its preferred replica as long as the broker runs, so an election of
 * either kind (KIP-460) is never needed. Asked for all partitions, Kafka names those alone for which
 * there was something to do: none.
 */
export const electLeaders = handler(ElectLeaders, ({ tenant }, request) => {
  if (!electionTypes.includes(request.electionType)) {
    return { errorCode: errorCode('INVALID_REQUEST'), replicaElectionResults: [] }
  }
  const asked = partitionsByTopic(
    request.topicPartitions ?? [],
    ({ topic }) => topic,
    ({ partitions }) => partitions,
  )
  return {
    errorCode: errorCode('NONE'),
    replicaElectionResults: [...asked].map(([topic, partitions]) => ({
      topic,
      partitionResult: [...partitions].map((partitionId) => ({
        partitionId,
        ...refusalFields(outcome(tenant, topic, partitionId)),
      })),
    })),
  }
})

const PREFERRED = 0
const UNCLEAN = 1
const electionTypes: readonly number[] = [PREFERRED, UNCLEAN]

function outcome({ topics }: Tenant, name: string, partition: number): Refusal {
  if (topics.byName(name) === undefined) {
    return refuse('UNKNOWN_TOPIC_OR_PARTITION', `No such topic as ${name}`)
  }
  return topics.hasPartition(name, partition)
    ? refuse('ELECTION_NOT_NEEDED')
    : refuse('UNKNOWN_TOPIC_OR_PARTITION', `No such partition as ${name}-${partition}`)
}
