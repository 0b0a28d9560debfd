import type { Tenant } from '../cluster/tenant.ts'
import type { Topic } from '../cluster/topic.ts'
import { errorCode } from '../errors.ts'
import { DescribeLogDirs } from '../protocol/messages/describe-log-dirs.ts'
import type { RequestOf } from '../protocol/schema.ts'
import { partitionsByTopic } from './asked-partitions.ts'
import { handler } from './handler.ts'

/**
 * DescribeLogDirs (key 35), versions 1–4.
 *
 * Tells the bytes of record batches that each partition has in storage. What does not exist is left
 * out, as in Kafka. Every node holds every partition of the one store that all share, so each tells
 * the same; a cluster has no disk of its own, so the size of the volume is told as unknown (KIP-827).
 */
export const describeLogDirs = handler(DescribeLogDirs, ({ tenant }, request) => ({
  errorCode: errorCode('NONE'),
  results: [
    {
      errorCode: errorCode('NONE'),
      logDir: SHARED_STORE,
      topics: askedTopics(tenant, request).map(([topic, partitions]) => ({
        name: topic.name,
        partitions: partitions.map((partitionIndex) => ({
          partitionIndex,
          partitionSize: topic.partitions[partitionIndex]?.sizeBytes ?? 0,
          // There are no replicas that could fall behind, nor any on the way to another directory.
          offsetLag: 0,
          isFutureKey: false,
        })),
      })),
    },
  ],
}))

/** Where the data folder lies is no client's business. */
const SHARED_STORE = 'shared-store'

function askedTopics(
  { topics }: Tenant,
  request: RequestOf<typeof DescribeLogDirs>,
): readonly (readonly [Topic, readonly number[]])[] {
  if (request.topics === null) {
    return topics.list().map((topic) => [topic, [...topic.partitions.keys()]] as const)
  }
  const asked = partitionsByTopic(
    request.topics,
    ({ topic }) => topic,
    ({ partitions }) => partitions,
  )
  return [...asked].flatMap(([name, partitions]) => {
    const topic = topics.byName(name)
    if (topic === undefined) return []
    const present = [...partitions].filter((partition) => topic.partitions[partition] !== undefined)
    return present.length === 0 ? [] : [[topic, present] as const]
  })
}
