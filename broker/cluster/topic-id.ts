import { randomBytes } from 'node:crypto'

/** A new topic id, never one that Kafka reserves (0 is "no id", 1 the metadata topic). */
export function newTopicId(): string {
  for (;;) {
    const bytes = randomBytes(16)
    // Kafka's tools take an id that begins with "-" for an option, so its own are never like that.
    const id = bytes.toString('base64url')
    if (bytes.readBigUInt64BE(0) !== 0n && !id.startsWith('-')) return id
  }
}
