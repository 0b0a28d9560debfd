/**
 * Which version of each API was the highest in each release of Apache Kafka, so that
 * `MAX_KAFKA_VERSION` can make the broker look like an older one. Read from what brokers of each
 * release answer to ApiVersions; only changes are noted.
 */
export const kafkaReleases = [
  '2.8',
  '3.0',
  '3.1',
  '3.2',
  '3.3',
  '3.4',
  '3.5',
  '3.6',
  '3.7',
  '3.8',
  '3.9',
  '4.0',
  '4.1',
] as const
export type KafkaRelease = (typeof kafkaReleases)[number]

/** The release that the whole table of APIs adds up to. */
export const newestRelease: KafkaRelease = '4.1'

/** The release that a setting such as `2.8` or `3.3.1` names, or null. */
export function parseKafkaRelease(text: string): KafkaRelease | null {
  const match = /^(\d+\.\d+)(?:\.\d+)?$/.exec(text.trim())
  return kafkaReleases.find((release) => release === match?.[1]) ?? null
}

/** The highest version of an API in a release, or null where that release did not have it. */
export function highestVersionIn(release: KafkaRelease, apiKey: number): number | null {
  const releases: readonly string[] = kafkaReleases
  const position = releases.indexOf(release)
  let highest: number | null = null
  for (const raise of raisedIn[apiKey]?.split(' ') ?? []) {
    const [since = '', version] = raise.split(':')
    if (releases.indexOf(since) <= position) highest = Number(version)
  }
  return highest
}

/**
 * By API key, `release:highest version`, oldest first. What was raised before 2.8 is noted with 2.8.
 */
const raisedIn: Readonly<Record<number, string>> = {
  // Produce, Fetch, ListOffsets, Metadata
  0: '2.8:9 3.7:10 3.8:11 4.0:12 4.1:13',
  1: '2.8:12 3.1:13 3.5:15 3.7:16 3.9:17 4.1:18',
  2: '2.8:6 3.0:7 3.5:8 3.9:9 4.0:10',
  3: '2.8:11 3.1:12 4.0:13',
  // OffsetCommit, OffsetFetch, FindCoordinator, JoinGroup, Heartbeat, LeaveGroup, SyncGroup
  8: '2.8:8 3.7:9',
  9: '2.8:7 3.0:8 3.7:9',
  10: '2.8:3 3.0:4 3.8:5 3.9:6',
  11: '2.8:7 3.2:9',
  12: '2.8:4',
  13: '2.8:4 3.2:5',
  14: '2.8:5',
  // DescribeGroups, ListGroups, SaslHandshake, ApiVersions
  15: '2.8:5 4.0:6',
  16: '2.8:4 3.8:5',
  17: '2.8:1',
  18: '2.8:3 3.9:4',
  // CreateTopics, DeleteTopics, DeleteRecords, InitProducerId, OffsetForLeaderEpoch
  19: '2.8:7',
  20: '2.8:6',
  21: '2.8:2',
  22: '2.8:4 3.8:5',
  23: '2.8:4',
  // AddPartitionsToTxn, AddOffsetsToTxn, EndTxn, WriteTxnMarkers, TxnOffsetCommit
  24: '2.8:3 3.6:4 3.8:5',
  25: '2.8:3 3.8:4',
  26: '2.8:3 3.8:4 4.0:5',
  27: '2.8:1',
  28: '2.8:3 3.8:4 4.0:5',
  // DescribeAcls, CreateAcls, DeleteAcls
  29: '2.8:2 3.3:3',
  30: '2.8:2 3.3:3',
  31: '2.8:2 3.3:3',
  // DescribeConfigs, AlterConfigs, AlterReplicaLogDirs, DescribeLogDirs, SaslAuthenticate, CreatePartitions
  32: '2.8:4',
  33: '2.8:2',
  34: '2.8:2',
  35: '2.8:2 3.2:3 3.3:4',
  36: '2.8:2',
  37: '2.8:3',
  // DeleteGroups, ElectLeaders, IncrementalAlterConfigs
  42: '2.8:2',
  43: '2.8:2',
  44: '2.8:1',
  // AlterPartitionReassignments, ListPartitionReassignments, OffsetDelete
  45: '2.8:0 4.1:1',
  46: '2.8:0',
  47: '2.8:0',
  // Describe and AlterClientQuotas, Describe and AlterUserScramCredentials
  48: '2.8:1',
  49: '2.8:1',
  50: '2.8:0',
  51: '2.8:0',
  // DescribeQuorum, UpdateFeatures, DescribeCluster, DescribeProducers
  55: '4.0:2',
  57: '2.8:0 3.3:1 4.0:2',
  60: '2.8:0 3.7:1 4.0:2',
  61: '2.8:0',
  // DescribeTransactions, ListTransactions, ConsumerGroupHeartbeat, ConsumerGroupDescribe
  65: '3.0:0',
  66: '3.0:0 3.8:1 4.1:2',
  68: '3.7:0 4.0:1',
  69: '3.8:0 4.0:1',
  // ListConfigResources, DescribeTopicPartitions
  74: '4.0:0 4.1:1',
  75: '4.0:0',
}
