import { murmur2Partition } from '../../broker/rules/murmur2.ts'
import { PartitionOf } from '../topics/partition-bars.tsx'

/** Keys of pages and more are not hashed with every letter that is typed. */
const quicklyHashedMax = 100_000

/** Where a key leads: `murmur2 of “18” gives` and the partition, as every Java client computes it. */
export function PartitionOfKey({
  text,
  partitionCount,
}: {
  /** Sent as UTF-8. */
  readonly text: string
  readonly partitionCount: number
}) {
  if (text.length > quicklyHashedMax) return 'Chosen from the key, as Java clients do.'
  const shown = text.length > 24 ? `${text.slice(0, 24)}…` : text
  return (
    <>
      murmur2 of “{shown}” gives{' '}
      <span className="ml-1 font-mono text-ink-2">
        <PartitionOf
          partition={murmur2Partition(new TextEncoder().encode(text), partitionCount)}
          count={partitionCount}
        />
      </span>
    </>
  )
}
