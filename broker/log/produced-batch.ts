import { type Refusal, refuse } from '../errors.ts'
import {
  assignOffset,
  BATCH_HEADER_BYTES,
  type BatchHeader,
  checkBatch,
  stampLogAppendTime,
} from '../protocol/record-batch.ts'
import type { LogConfig } from './log-config.ts'

/**
 * What a partition demands of the batch that a producer sends it, beyond a sound layout. Only the
 * header is looked at.
 *
 * Differs from Kafka: the bounds on timestamps are held against the first and the largest timestamp
 * of the batch, not against every record, because records are not decoded here.
 */
export function checkProducedBatch(
  records: Uint8Array,
  config: LogConfig,
  nowMs: number,
): BatchHeader | Refusal {
  if (records.length === 0) {
    return refuse('INVALID_RECORD', 'A partition must be sent exactly one record batch.')
  }
  if (records.length > config.maxMessageBytes) {
    return refuse(
      'MESSAGE_TOO_LARGE',
      `The record batch has ${records.length} bytes; the topic takes ${config.maxMessageBytes} (max.message.bytes).`,
    )
  }
  const batch = checkBatch(records)
  if ('error' in batch) {
    return batch
  }
  if (batch.isTransactional) {
    return refuse('TRANSACTIONAL_ID_AUTHORIZATION_FAILED', 'Transactions are not available.')
  }
  if (batch.producerId < -1) {
    return refuse('INVALID_RECORD', `A producer id cannot be ${batch.producerId}.`)
  }
  const recordBytes = batch.sizeBytes - BATCH_HEADER_BYTES
  if (batch.compression === 'none' && batch.recordCount * RECORD_BYTES_MIN > recordBytes) {
    return refuse(
      'INVALID_RECORD',
      `The record batch has no room for the ${batch.recordCount} records that it counts.`,
    )
  }
  return timestampProblem(batch, config, nowMs) ?? batch
}

/** Gives a batch its offsets, and its time where the topic says so, in place. */
export function placeBatch(records: Uint8Array, place: BatchPlace): void {
  assignOffset(records, 0, place.baseOffset, place.leaderEpoch)
  if (place.logAppendTimeMs >= 0) {
    stampLogAppendTime(records, place.logAppendTimeMs)
  }
}

export interface BatchPlace {
  readonly baseOffset: number
  readonly leaderEpoch: number
  /** -1 leaves the producer's timestamps. */
  readonly logAppendTimeMs: number
}

const NO_TIMESTAMP = -1

/** Each of a record's seven parts takes at least a byte, its length included. */
const RECORD_BYTES_MIN = 7

function timestampProblem(batch: BatchHeader, config: LogConfig, nowMs: number): Refusal | null {
  if (config.timestampType === 'LogAppendTime') {
    return null
  }
  if (batch.timestampType === 'LogAppendTime') {
    return refuse('INVALID_TIMESTAMP', 'Only the broker may mark timestamps as LogAppendTime.')
  }
  for (const timestampMs of [batch.baseTimestampMs, batch.maxTimestampMs]) {
    const isTooOld = nowMs - timestampMs > config.timestampBeforeMaxMs
    const isTooNew = timestampMs - nowMs > config.timestampAfterMaxMs
    if (timestampMs !== NO_TIMESTAMP && (isTooOld || isTooNew)) {
      const [min, max] = [nowMs - config.timestampBeforeMaxMs, nowMs + config.timestampAfterMaxMs]
      return refuse(
        'INVALID_TIMESTAMP',
        `The timestamp ${timestampMs} is outside what the topic accepts now, ${min} to ${max}.`,
      )
    }
  }
  return null
}
