import type { z } from 'zod'
import type { searchBody } from '../../broker/rules/services-control.ts'
import { failureOfCode } from '../../lib/kafka/failure.ts'
import type { Nodes } from '../../lib/kafka/nodes.ts'
import { readOffsetsAtTime } from '../../lib/kafka/offsets-at-time.ts'
import { readOffsets } from '../../lib/kafka/partition-reads.ts'

/** What a search goes through, by partition. */
export interface SearchRange {
  readonly positions: Map<number, number>
  /** Exclusive: the ends of this moment. */
  readonly ends: ReadonlyMap<number, number>
}

const unknownTopicOrPartition = 3

/** Rejects with a `KafkaFailure` where the topic or a partition is not there. */
export async function readSearchRange(
  nodes: Nodes,
  { topic, partitions, from }: Pick<z.output<typeof searchBody>, 'topic' | 'partitions' | 'from'>,
): Promise<SearchRange> {
  const offsets = await readOffsets(nodes, topic)
  const asked = from.kind === 'offsets' ? parsePositions(from.positions) : null
  const wanted = partitions ?? (asked === null ? null : [...asked.keys()])
  if (wanted !== null) checkPartitions(topic, wanted, offsets.length)
  const atTime =
    from.kind === 'timestamp' ? await readOffsetsAtTime(nodes, topic, from.timestampMs) : null
  const ranges = offsets
    .filter(({ partition }) => wanted?.includes(partition) ?? true)
    .filter(({ partition }) => asked?.has(partition) ?? true)
    .map(({ partition, start, end }) => {
      const begin = atTime === null ? (asked?.get(partition) ?? start) : atTime.get(partition)
      return { partition, position: Math.min(Math.max(begin ?? end, start), end), end }
    })
  return {
    positions: new Map(ranges.map(({ partition, position }) => [partition, position])),
    ends: new Map(ranges.map(({ partition, end }) => [partition, end])),
  }
}

function checkPartitions(topic: string, wanted: readonly number[], count: number): void {
  const absent = wanted.find((partition) => partition >= count)
  if (absent === undefined) return
  const sentence = `Topic '${topic}' has no partition ${absent}.`
  throw failureOfCode(unknownTopicOrPartition, sentence)
}

/** `0:17,1:4`; its form was checked with the rest of the body. */
function parsePositions(text: string): Map<number, number> {
  const pairs = text.split(',').map((pair) => pair.split(':').map(Number))
  return new Map(pairs.map(([partition = 0, offset = 0]) => [partition, offset]))
}
