/**
 * What the soak writes and reads, as data: the test makes topics and connectors of it, and the load's
 * process its producers and consumers. Rates are what a small team's cluster sees, so that the
 * machine is not busy while retention turns the log over many times.
 */

const mebibyte = 2 ** 20

export interface SoakTopic {
  readonly name: string
  readonly partitions: number
  readonly config: Readonly<Record<string, string>>
  /** What may be stored of it in all, short of what retention has not come to yet. */
  readonly keptBytes: number
}

export const soakTopics: readonly SoakTopic[] = [
  deleted('events', 6, { 'retention.bytes': 8 * mebibyte }),
  deleted('clicks', 4, { 'retention.ms': 60_000, 'retention.bytes': 12 * mebibyte }),
  deleted('orders', 2, { 'retention.bytes': mebibyte }),
  deleted('users', 2, { 'retention.bytes': mebibyte }),
  {
    name: 'state',
    partitions: 2,
    config: {
      'cleanup.policy': 'compact',
      'segment.bytes': '52428800',
      // Its records are dated further back than this, so that none is left alone for being new.
      'segment.ms': '14400000',
      'delete.retention.ms': '60000',
    },
    // What it grows by is looked at every ten minutes, or once it passes `segment.bytes`; a few MiB
    // are its keys and what comes until then.
    keptBytes: 2 * 60 * mebibyte,
  },
]

/** Five hours: older than `segment.ms` of the compacted topic. */
export const stateAgeMs = 5 * 3_600_000
export const keysOfState = 2000

export interface SoakProducer {
  readonly name: string
  readonly topic: string
  readonly partitions: readonly number[]
  readonly bytesPerSecond: number
  readonly recordBytes: number
  readonly compression: 'none' | 'gzip'
}

export const soakProducers: readonly SoakProducer[] = [
  producer('events-a', { topic: 'events', partitions: [0, 1] }),
  producer('events-b', { topic: 'events', partitions: [2, 3] }),
  producer('events-c', { topic: 'events', partitions: [4, 5] }),
  producer('events-d', {
    topic: 'events',
    partitions: [0, 1, 2, 3, 4, 5],
    recordBytes: 10_000,
    compression: 'gzip',
  }),
  producer('clicks-a', { topic: 'clicks', partitions: [0, 1], recordBytes: 250 }),
  producer('clicks-b', { topic: 'clicks', partitions: [2, 3], recordBytes: 250 }),
  producer('state-a', { topic: 'state', partitions: [0], bytesPerSecond: 100_000 }),
  producer('state-b', { topic: 'state', partitions: [1], bytesPerSecond: 100_000 }),
]

export const soakConnectors = [
  { name: 'orders', topic: 'orders', quickstart: 'ORDERS' },
  { name: 'users', topic: 'users', quickstart: 'USERS' },
] as const

export interface SoakGroup {
  readonly name: string
  readonly members: number
  readonly topics: readonly string[]
  /** Stops for a minute or two now and then, so that retention overtakes it. */
  readonly isSlow: boolean
}

export const soakGroups: readonly SoakGroup[] = [
  {
    name: 'swift',
    members: 4,
    topics: ['events', 'clicks', 'orders', 'users', 'state'],
    isSlow: false,
  },
  { name: 'slow', members: 4, topics: ['events', 'clicks'], isSlow: true },
]

/** Bytes that all producers and connectors write within a second, at most. */
export const writtenPerSecond =
  soakProducers.reduce((sum, { bytesPerSecond }) => sum + bytesPerSecond, 0) + 200_000

function deleted(name: string, partitions: number, retention: Record<string, number>): SoakTopic {
  const config = Object.fromEntries(
    Object.entries(retention).map(([config_, value]) => [config_, String(value)]),
  )
  return { name, partitions, config, keptBytes: (retention['retention.bytes'] ?? 0) * partitions }
}

function producer(
  name: string,
  rest: Pick<SoakProducer, 'topic' | 'partitions'> & Partial<SoakProducer>,
): SoakProducer {
  return { name, bytesPerSecond: 400_000, recordBytes: 1000, compression: 'none', ...rest }
}
