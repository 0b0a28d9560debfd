import { formatCount } from '../../lib/format/numbers.ts'
import type { listTopics } from '../../lib/queries/topics.ts'
import { KeyValue } from '../ui/card.tsx'

/** Topics and partitions as Kafka counts them, or why they are not known. */
export function ClusterTopicCounts({
  topics,
}: {
  readonly topics: Awaited<ReturnType<typeof listTopics>>
}) {
  if ('error' in topics) {
    return (
      <KeyValue term="Topics">
        <span className="text-ink-2">{topics.error.message}</span>
      </KeyValue>
    )
  }
  const partitions = topics.ok.reduce((sum, { partitionCount }) => sum + partitionCount, 0)
  return (
    <>
      <KeyValue term="Topics">{formatCount(topics.ok.length)}</KeyValue>
      <KeyValue term="Partitions">{formatCount(partitions)}</KeyValue>
    </>
  )
}
