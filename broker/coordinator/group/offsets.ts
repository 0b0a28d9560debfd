import type { CommittedOffset } from '../../storage/storage.ts'

/** The committed offsets of all groups of a tenant, in memory. What is here has been stored. */
export interface OffsetTable {
  get(groupId: string, topicId: string, partition: number): CommittedOffset | undefined
  /** All of a group's, those of one topic together. */
  ofGroup(groupId: string): readonly CommittedOffset[]
  hasAny(groupId: string): boolean
  put(offset: CommittedOffset): void
  remove(groupId: string, topicId: string, partition: number): void
  removeGroup(groupId: string): void
  removeTopic(topicId: string): void
  groupIds(): Iterable<string>
  /** What they take in memory, about. */
  readonly sizeBytes: number
  readonly size: number
}

/** What an offset takes beside the texts that clients choose. */
const OFFSET_BYTES = 200

/** What a committed offset takes in memory, about; nothing where there is none. */
export function weightOfOffset(
  offset: Pick<CommittedOffset, 'groupId' | 'metadata'> | undefined,
): number {
  return offset === undefined ? 0 : OFFSET_BYTES + offset.groupId.length + offset.metadata.length
}

type Partitions = Map<number, CommittedOffset>
type Topics = Map<string, Partitions>

export function createOffsetTable(initial: readonly CommittedOffset[]): OffsetTable {
  const groups = new Map<string, Topics>()
  let sizeBytes = 0

  function put(offset: CommittedOffset): void {
    const topics: Topics = groups.get(offset.groupId) ?? new Map()
    const partitions: Partitions = topics.get(offset.topicId) ?? new Map()
    groups.set(offset.groupId, topics.set(offset.topicId, partitions))
    sizeBytes += weightOfOffset(offset) - weightOfOffset(partitions.get(offset.partition))
    partitions.set(offset.partition, offset)
  }

  function removeTopicOf(groupId: string, topicId: string): void {
    const topics = groups.get(groupId)
    for (const offset of topics?.get(topicId)?.values() ?? []) sizeBytes -= weightOfOffset(offset)
    topics?.delete(topicId)
    if (topics?.size === 0) groups.delete(groupId)
  }

  for (const offset of initial) put(offset)
  return {
    get: (groupId, topicId, partition) => groups.get(groupId)?.get(topicId)?.get(partition),
    ofGroup: (groupId) =>
      [...(groups.get(groupId)?.values() ?? [])].flatMap((partitions) => [...partitions.values()]),
    hasAny: (groupId) => groups.has(groupId),
    put,
    remove(groupId, topicId, partition) {
      const partitions = groups.get(groupId)?.get(topicId)
      sizeBytes -= weightOfOffset(partitions?.get(partition))
      partitions?.delete(partition)
      if (partitions?.size === 0) removeTopicOf(groupId, topicId)
    },
    removeGroup(groupId) {
      for (const topicId of [...(groups.get(groupId)?.keys() ?? [])]) {
        removeTopicOf(groupId, topicId)
      }
    },
    removeTopic(topicId) {
      for (const groupId of [...groups.keys()]) removeTopicOf(groupId, topicId)
    },
    groupIds: () => groups.keys(),
    get sizeBytes() {
      return sizeBytes
    },
    get size() {
      let size = 0
      for (const topics of groups.values()) {
        for (const partitions of topics.values()) size += partitions.size
      }
      return size
    },
  }
}
