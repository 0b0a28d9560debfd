/**
 * What traffic adds up to since the broker started, of a topic or of a client. Bytes are bytes of
 * record batches as stored; batches refused, and duplicates that were answered but not written,
 * count nowhere.
 */
export interface TrafficCounters {
  bytesIn: number
  bytesOut: number
  recordsIn: number
  /** From the offset asked for on: a fetch from the middle of a batch is given all of its bytes. */
  recordsOut: number
}

export function createTrafficCounters(): TrafficCounters {
  return { bytesIn: 0, bytesOut: 0, recordsIn: 0, recordsOut: 0 }
}
