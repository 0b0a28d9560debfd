/** What the endpoint holds for one API key, and for all of them. */
export const keyLimits = {
  /** Keys with connections open; beyond it those go that nobody uses. */
  keysMax: 256,
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
  /** Unfinished records of all streams together. */
  recordsBytesMaxTogether: 134_217_728,
  /** Records of one `records:batch`, as at Confluent's endpoint by default. */
  batchEntriesMax: 10,
  /** As Jackson's, which Confluent's endpoint reads with. */
  depthMax: 1000,
} as const

export const streamLimits = {
  /** Records of a stream that are read ahead while others are being stored. */
  aheadBytesMax: 1_048_576,
  aheadRecordsMax: 1000,
  /** Answers that nobody has read yet, above which no more records are read. */
  unreadBytesMax: 4_194_304,
} as const

/** One answer to a message viewer, all partitions together. */
export const viewerLimits = {
  recordsMax: 2000,
  bytesMax: 8_388_608,
} as const
