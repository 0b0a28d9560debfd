import type { ConsumerGroup, TopicPartitionName } from '../../lib/format/consumer-groups.ts'

/** `rides 0–2, 5; orders 1`: runs of three and more are drawn together. */
export function assignmentText(assigned: readonly TopicPartitionName[]): string {
  const topics = [...new Set(assigned.map(({ topic }) => topic))].sort()
  return topics
    .map((topic) => {
      const numbers = assigned
        .filter((one) => one.topic === topic)
        .map(({ partition }) => partition)
        .sort((a, b) => a - b)
      return `${topic} ${runs(numbers).join(', ')}`
    })
    .join('; ')
}

function runs(numbers: readonly number[]): readonly string[] {
  const found: { from: number; to: number }[] = []
  for (const number of numbers) {
    const last = found.at(-1)
    if (last !== undefined && number === last.to + 1) last.to = number
    else found.push({ from: number, to: number })
  }
  return found.flatMap(({ from, to }) => {
    if (to - from >= 2) return [`${from}–${to}`]
    return from === to ? [String(from)] : [String(from), String(to)]
  })
}

/** Why a member has nothing to read, where the group tells. */
export function idleReason({ members, partitions }: ConsumerGroup): string {
  const read = partitions.filter(({ memberId }) => memberId !== null).length
  return members.length > read
    ? 'No partition: more members than partitions'
    : 'No partition: what it is subscribed to has none for it'
}
