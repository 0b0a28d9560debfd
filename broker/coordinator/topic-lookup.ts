/**
 * What the coordinator asks about topics: offsets are kept by topic id, so that a topic that is
 * deleted and created again does not inherit them, while clients speak of names.
 */
export interface TopicLookup {
  idOf(name: string): string | undefined
  nameOf(id: string): string | undefined
  hasPartition(name: string, partition: number): boolean
}
