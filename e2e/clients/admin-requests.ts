/** What the suite asks of a client's `admin` command, one JSON object a line; each has these words alone. */
export interface AdminRequests {
  createTopic: {
    readonly topic: string
    readonly partitions: number
    readonly configs: Configs
  }
  createPartitions: { readonly topic: string; readonly partitions: number }
  deleteTopic: { readonly topic: string }
  listTopics: object
  describeTopic: { readonly topic: string }
  describeCluster: object
  describeConfigs: { readonly topic: string; readonly names: readonly string[] }
  alterConfigs: { readonly topic: string; readonly configs: Configs }
  /** Of every partition, at `earliest`, `latest` or a time in ms. */
  listOffsets: { readonly topic: string; readonly partitions: number; readonly at: string }
  deleteRecords: { readonly topic: string; readonly partition: number; readonly offset: number }
  listGroups: object
  describeGroup: { readonly group: string }
  listGroupOffsets: {
    readonly group: string
    readonly topic: string
    readonly partitions: number
  }
  alterGroupOffsets: {
    readonly group: string
    readonly topic: string
    readonly partitions: number
    readonly offsets: readonly number[]
  }
  deleteGroupOffsets: { readonly group: string; readonly topic: string; readonly partition: number }
  deleteGroup: { readonly group: string }
}

export type AdminStep = keyof AdminRequests
type Configs = Readonly<Record<string, string>>

export const adminSteps: readonly AdminStep[] = [
  'createTopic',
  'createPartitions',
  'deleteTopic',
  'listTopics',
  'describeTopic',
  'describeCluster',
  'describeConfigs',
  'alterConfigs',
  'listOffsets',
  'deleteRecords',
  'listGroups',
  'describeGroup',
  'listGroupOffsets',
  'alterGroupOffsets',
  'deleteGroupOffsets',
  'deleteGroup',
]

/** What the client says to a request: what it was told, Kafka's error code, or that it has no such call. */
export type AdminAnswer =
  | { readonly event: 'answer'; readonly result: unknown }
  | { readonly event: 'answer'; readonly error: number }
  | { readonly event: 'answer'; readonly unsupported: true }
