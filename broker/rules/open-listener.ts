import { brokerLimits } from './limits.ts'

/**
 * The open listener: a port of a cluster's own where programs on this machine need no key, for
 * courses whose commands have nothing but `--bootstrap-server localhost:PORT`.
 *
 * Off unless somebody turns it on, and on loopback alone whatever `HOST` is. Seen through it the
 * cluster is a Kafka of one node, as such courses assume.
 */
export interface OpenListenerSettings {
  /** One that is off keeps its port, so that it comes back where it was. */
  readonly isOn: boolean
  /** 0 until a free one has been found. */
  readonly port: number
  /** Whether naming a topic creates it (Kafka's auto.create.topics.enable). */
  readonly createTopics: boolean
  /** Of topics that do not say how many they want (Kafka's num.partitions). */
  readonly partitions: number
}

/** What is on the page before anybody chose. Kafka's num.partitions is 1; it creates topics, we ask. */
export const openListenerDefaults = {
  isOn: false,
  port: 0,
  createTopics: false,
  partitions: 1,
} as const satisfies OpenListenerSettings

/** Kafka's name for who has not signed in. */
export const ANONYMOUS = 'ANONYMOUS'

/** The one node that is seen through it; its number is the one of a first broker in Kafka's quickstart. */
export const openListenerNodeId = 1

/** What is taken for one node: courses say 1, what was written for this cluster's other ports says 3. */
export const openListenerReplicationFactors: readonly number[] = [1, 3]

/**
 * Where a free port is looked for: below those that systems give to outgoing connections (from 32768
 * on Linux, 49152 elsewhere), or somebody else would sit on it at the next start.
 */
export const openListenerPorts = { from: 20_000, to: 29_999 } as const

/** Programs without special rights open these. */
const PORT_MIN = 1024
const PORT_MAX = 65_535

/** What is wrong with a port that somebody typed, or null; 0 stands for a free one. */
export function openListenerPortProblem(port: number): string | null {
  const isPort = Number.isInteger(port) && port >= PORT_MIN && port <= PORT_MAX
  return isPort || port === 0
    ? null
    : `The port must be a whole number from ${PORT_MIN} to ${PORT_MAX}, or 0 for a free one.`
}

/** What is wrong with a number of partitions for new topics, or null. */
export function openListenerPartitionsProblem(partitions: number): string | null {
  const { value } = brokerLimits.defaultPartitions
  return Number.isInteger(partitions) && partitions >= 1 && partitions <= value
    ? null
    : `The number of partitions must be a whole number from 1 to ${value}.`
}
