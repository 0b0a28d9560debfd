import type { Tenant } from '../cluster/tenant.ts'
import { errorCode, isRefusal, type Refusal, refuse } from '../errors.ts'
import type { PartitionLog } from '../log/partition-log.ts'
import type { ProducerState } from '../log/producer-state.ts'
import { DescribeProducers } from '../protocol/messages/describe-producers.ts'
import { topicNameProblem } from '../rules/names.ts'
import { partitionsByTopic } from './asked-partitions.ts'
import { handler } from './handler.ts'
import { refusalFields } from './refusal-fields.ts'
import { partitionByName } from './topic-partition.ts'

/**
 * DescribeProducers (key 61), version 0.
 *
 * Tells the idempotent producers that a partition remembers (KIP-664). Nothing is written in
 * transactions, so none has one open.
 * Differs from Kafka: the last timestamp is when the batch came, not what its producer wrote on it.
 */
export const describeProducers = handler(DescribeProducers, ({ tenant }, request) => {
  const asked = partitionsByTopic(
    request.topics,
    ({ name }) => name,
    ({ partitionIndexes }) => partitionIndexes,
  )
  return {
    topics: [...asked].map(([name, partitions]) => ({
      name,
      partitions: [...partitions].map((partition) => describe(tenant, name, partition)),
    })),
  }
})

function describe(tenant: Tenant, name: string, partitionIndex: number) {
  const log = partitionLog(tenant, name, partitionIndex)
  return isRefusal(log)
    ? { partitionIndex, ...refusalFields(log), activeProducers: [] }
    : {
        partitionIndex,
        errorCode: errorCode('NONE'),
        activeProducers: log.activeProducers().map(activeProducer),
      }
}

function partitionLog(tenant: Tenant, name: string, partition: number): PartitionLog | Refusal {
  return topicNameProblem(name) === null
    ? partitionByName(tenant, name, partition)
    : refuse('INVALID_TOPIC_EXCEPTION')
}

/** What Kafka says where no transaction was ever coordinated. */
const NO_COORDINATOR = -1

function activeProducer({ producerId, epoch, batches }: ProducerState) {
  const latest = batches.at(-1)
  return {
    producerId,
    producerEpoch: epoch,
    lastSequence: latest?.lastSequence ?? -1,
    lastTimestamp: latest?.appendedMs ?? -1,
    coordinatorEpoch: NO_COORDINATOR,
  }
}
