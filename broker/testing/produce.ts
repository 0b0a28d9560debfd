import type { Produce } from '../protocol/messages/produce.ts'
import { encodeBatch, type NewRecord } from '../protocol/records.ts'
import type { RequestToSend } from '../protocol/schema.ts'

/** The version of Produce that tests send: the last that names topics, and the first flexible one. */
export const PRODUCE_VERSION = 9

/** A Produce request with one uncompressed batch for one partition. */
export function produceRequest(
  topic: string,
  partition: number,
  values: readonly string[],
  acks = -1,
): RequestToSend<typeof Produce> {
  const records: NewRecord[] = values.map((value) => ({ value: Buffer.from(value) }))
  const batch = encodeBatch(records, { timestampMs: 1_700_000_000_000 })
  return {
    acks,
    timeoutMs: 10_000,
    topicData: [{ name: topic, partitionData: [{ index: partition, records: [batch] }] }],
  }
}
