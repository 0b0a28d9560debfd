/**
 * What all clusters share, each as much of it as it leaves free for the others (`shares.ts`): one alone
 * gets a half of each.
 */
export const sharedLimits = {
  /** Keys with connections open; beyond it those go that nobody uses. */
  keysMax: 256,
  /** Bodies of records that are being sent: for one cluster as many as one key may have requests. */
  streamsMax: 512,
  /**
   * Of records that arrive in pieces, until they are stored: for one cluster four of the largest. What
   * is smaller than a piece is bounded by `aheadBytesMax` of each stream.
   */
  recordBytesMax: 134_217_728,
} as const

export type SharedLimits = Readonly<Record<keyof typeof sharedLimits, number>>

/** What the endpoint holds for one API key. */
export const keyLimits = {
  /**
   * How long a key without a request is remembered, so that wrong secrets of one program do not lock
   * out another that was in before. Its connections end after 30 s.
   */
  idleMsMax: 15 * 60_000,
  /** Requests under way, open streams among them. */
  requestsMax: 256,
  /** Connections of a key that are in use at a moment; requests beyond wait for one. */
  usesMax: 16,
  /** More than `requestsMax`, since one request may ask three nodes. */
  waitingMax: 4096,
} as const

export const bodyLimits = {
  /** Everything but records: a topic with all of its configs takes 4 kB. */
  jsonBytesMax: 1_048_576,
  /** One record as JSON: 8 MiB, the largest message of a cluster, take 11.2 MiB in base64. */
  recordBytesMax: 16_777_216,
  /** A `records:batch` as a whole, which is read before anything of it is stored. */
  batchBytesMax: 4_194_304,
  /** Records of one `records:batch`, as at Confluent's endpoint by default. */
  batchEntriesMax: 10,
  /** As Jackson's, which Confluent's endpoint reads with. */
  depthMax: 1000,
} as const

export const streamLimits = {
  /** Records of a stream that are read ahead while others are being stored: with all streams 128 MiB. */
  aheadBytesMax: 262_144,
  aheadRecordsMax: 1000,
  /** Answers that nobody has read yet, above which no more records are read: with all streams 128 MiB. */
  unreadBytesMax: 262_144,
  /**
   * How long a stream goes on in which no record comes to its end and no answer is read, as long as any
   * other body may take (`bodyMsMax`): what it holds others would need.
   */
  stallMsMax: 300_000,
} as const

/** One answer to a message viewer, all partitions together. */
export const viewerLimits = {
  recordsMax: 2000,
  bytesMax: 8_388_608,
} as const
