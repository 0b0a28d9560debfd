/**
 * What a topic's traffic adds up to since the broker started. Bytes are bytes of record batches as
 * stored; batches refused, and duplicates that were answered but not written, count nowhere.
 */
export interface TopicCounters {
  bytesIn: number
  bytesOut: number
  recordsIn: number
}

export function createTopicCounters(): TopicCounters {
  return { bytesIn: 0, bytesOut: 0, recordsIn: 0 }
}
