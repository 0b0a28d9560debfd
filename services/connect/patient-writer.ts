// Writes a task's records with the patience that the task needs: what passes by itself (a broker
// that restarts, a database that is busy) is waited for, what does not fails the task.

import type { Clock } from '../../broker/clock.ts'
import type { ConnectorLogLine } from '../../broker/rules/connect.ts'
import { asKafkaFailure, type KafkaFailure } from '../../lib/kafka/failure.ts'
import {
  isPassing,
  type RecordWriter,
  type WriterRecord,
  type Written,
} from '../../lib/kafka/record-writer.ts'
import { type Retry, retry } from './retry.ts'

export interface PatientWriterOptions {
  readonly writer: RecordWriter
  readonly clock: Clock
  storePosition(position: unknown, written: Written): Promise<void>
  log(level: ConnectorLogLine['level'], message: string): void
  /** A failure that does not pass; nothing more is written after it. */
  onFailure(failure: KafkaFailure): Promise<void>
}

export interface PatientWriter {
  /** Signs in and finds the topic. False where that cannot be, or where it was ended before. */
  open(): Promise<boolean>
  /** Writes the record, then stores the position behind it; false likewise. */
  produce(record: WriterRecord, position: unknown): Promise<boolean>
  /** Nothing is tried again from now on; what is being written still gets its position. */
  end(): void
  readonly hasEnded: () => boolean
  /** Gives up on that, too. */
  close(): void
}

export function createPatientWriter(options: PatientWriterOptions): PatientWriter {
  const { writer, clock, log } = options
  const ending = new AbortController()
  const closing = new AbortController()

  const waiting = (what: string): Pick<Retry<unknown>, 'clock' | 'onWaiting' | 'onGoingOn'> => ({
    clock,
    onWaiting(error) {
      const said = error instanceof Error ? error.message : String(error)
      log('WARN', `${what}. Trying again until it works. (${said})`)
    },
    onGoingOn: () => log('INFO', 'It works again.'),
  })

  async function askCluster<T>(attempt: () => Promise<T>): Promise<T | null> {
    try {
      return await retry({
        ...waiting('The cluster does not answer'),
        attempt,
        passes: (error) => {
          const failure = asKafkaFailure(error)
          return failure !== null && isPassing(failure)
        },
        signal: ending.signal,
      })
    } catch (error) {
      const failure = asKafkaFailure(error)
      if (failure === null) throw error
      await options.onFailure(failure)
      return null
    }
  }

  return {
    async open() {
      const opened = await askCluster(async () => {
        await writer.open()
        return true
      })
      return opened !== null && !ending.signal.aborted
    },
    async produce(record, position) {
      const written = await askCluster(() => writer.write(record))
      if (written === null) return false
      // Also where the task was ended meanwhile: the record is there.
      await retry({
        ...waiting('The position cannot be stored'),
        attempt: () => options.storePosition(position, written),
        // A full disk, or a database that somebody else holds: nothing else goes wrong with it.
        passes: () => true,
        signal: closing.signal,
      })
      return !ending.signal.aborted
    },
    end: () => ending.abort(),
    hasEnded: () => ending.signal.aborted,
    close() {
      ending.abort()
      closing.abort()
      writer.close()
    },
  }
}
