/**
 * The topics that ledgers are kept of. From one nothing is ever deleted; the others lose their oldest
 * records by size (and by hand), by age, or all but the last of each key.
 */
export interface LedgerTopic {
  readonly name: string
  readonly partitions: number
  readonly config: Readonly<Record<string, string>>
  /** Idempotent producers, which take turns with the first `producerPartitions` partitions. */
  readonly producers: readonly string[]
  readonly producerPartitions: number
  readonly isCompacted: boolean
}

export const everything: LedgerTopic = {
  name: 'ledger',
  partitions: 3,
  config: { 'retention.ms': '-1' },
  producers: namesOf('ledger', 4),
  producerPartitions: 2,
  isCompacted: false,
}

/** Partition 2 is the plain producer's, so that its repeats disturb nobody's sequence. */
export const plainPartition = 2

export const keptBySize: LedgerTopic = {
  name: 'kept-by-size',
  partitions: 1,
  config: { 'retention.bytes': '300000' },
  producers: namesOf('size', 2),
  producerPartitions: 1,
  isCompacted: false,
}

export const keptByAge: LedgerTopic = {
  name: 'kept-by-age',
  partitions: 2,
  config: { 'retention.ms': '1500' },
  producers: namesOf('age', 2),
  producerPartitions: 2,
  isCompacted: false,
}

export const compacted: LedgerTopic = {
  name: 'compacted',
  partitions: 2,
  config: {
    'cleanup.policy': 'compact',
    'segment.ms': '14400000',
    'delete.retention.ms': '1000',
  },
  producers: namesOf('updates', 2),
  producerPartitions: 2,
  isCompacted: true,
}

export const ledgerTopics = [everything, keptBySize, keptByAge, compacted] as const

function namesOf(name: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `${name}-${n}`)
}
