/** The partitions that a request names, each once and under its topic, in the order of first mention. */
export function partitionsByTopic<T>(
  topics: readonly T[],
  nameOf: (topic: T) => string,
  partitionsOf: (topic: T) => readonly number[],
): ReadonlyMap<string, ReadonlySet<number>> {
  const byTopic = new Map<string, Set<number>>()
  for (const topic of topics) {
    const partitions = byTopic.get(nameOf(topic)) ?? new Set<number>()
    for (const partition of partitionsOf(topic)) partitions.add(partition)
    byTopic.set(nameOf(topic), partitions)
  }
  return byTopic
}
