// Writes a task's records with the patience that the task needs: what passes by itself (a broker
// that restarts, a database that is busy) is waited for, what does not fails the task.
//
// Records that come while others are being written go together, as the next batches. Before batches
// are sent they are stored, with the position behind them: whoever starts the task after a kill
// sends them again byte for byte, and the broker knows those that it has.

import type { Clock } from '../../broker/clock.ts'
import type { ConnectorLogLine } from '../../broker/rules/connect.ts'
import { asKafkaFailure, type KafkaFailure } from '../../lib/kafka/failure.ts'
import {
  isPassing,
  type RecordWriter,
  type WriterRecord,
  type Written,
} from '../../lib/kafka/record-writer.ts'
import type { PreparedBatch } from '../../lib/kafka/send-batches.ts'
import { type Retry, retry } from './retry.ts'

export interface PatientWriterOptions {
  readonly writer: RecordWriter
  readonly clock: Clock
  /** Stores what is about to be sent, and the position behind it. */
  storePending(position: unknown, batches: readonly PreparedBatch[]): Promise<void>
  /** What was about to be sent is stored by the broker. */
  onWritten(written: Written): void
  log(level: ConnectorLogLine['level'], message: string): void
  /** A failure that does not pass; nothing more is written after it. */
  onFailure(failure: KafkaFailure): Promise<void>
}

export interface PatientWriter {
  /**
   * Signs in, finds the topic, and sends what the last run was about to send. False where that
   * cannot be, or where it was ended before.
   */
  open(pending: readonly PreparedBatch[] | null): Promise<boolean>
  /** Writes the record, after those before it; false likewise. */
  produce(record: WriterRecord, position: unknown): Promise<boolean>
  /** Nothing is begun or tried again from now on; what is being written may come to its end. */
  end(): void
  readonly hasEnded: () => boolean
  /** Gives up on that, too. */
  close(): void
}

export function createPatientWriter(options: PatientWriterOptions): PatientWriter {
  const { writer, clock, log } = options
  const ending = new AbortController()
  let queue: readonly Queued[] = []
  let isWriting = false

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

  async function send(batches: readonly PreparedBatch[]): Promise<boolean> {
    const written = await askCluster(() => writer.send(batches))
    if (written === null) return false
    // Also where the task was ended meanwhile: the records are there.
    options.onWritten(written)
    return !ending.signal.aborted
  }

  async function write(together: readonly Queued[]): Promise<boolean> {
    const batches = await askCluster(() => writer.prepare(together.map(({ record }) => record)))
    if (batches === null) return false
    const stored = await retry({
      ...waiting('The position cannot be stored'),
      async attempt() {
        await options.storePending(together.at(-1)?.position, batches)
        return 'stored'
      },
      // A full disk, or a database that somebody else holds: nothing else goes wrong with it.
      passes: () => true,
      signal: ending.signal,
    })
    return stored === null ? false : send(batches)
  }

  async function writeQueued(): Promise<void> {
    isWriting = true
    while (queue.length > 0) {
      const together = firstOf(queue)
      queue = queue.slice(together.length)
      try {
        const isWritten = await write(together)
        for (const { resolve } of together) resolve(isWritten)
      } catch (error) {
        for (const { reject } of together) reject(error)
      }
    }
    isWriting = false
  }

  return {
    async open(pending) {
      const opened = await askCluster(async () => {
        await writer.open()
        return 'opened'
      })
      if (opened === null || ending.signal.aborted) return false
      return pending === null || (await send(pending))
    },
    produce: (record, position) =>
      new Promise((resolve, reject) => {
        queue = [...queue, { record, position, resolve, reject }]
        // After whatever else is produced in this turn of the event loop.
        if (!isWriting && queue.length === 1) setImmediate(() => void writeQueued())
      }),
    end: () => ending.abort(),
    hasEnded: () => ending.signal.aborted,
    close() {
      ending.abort()
      writer.close()
    },
  }
}

interface Queued {
  readonly record: WriterRecord
  readonly position: unknown
  readonly resolve: (isWritten: boolean) => void
  readonly reject: (error: unknown) => void
}

/** Together they stay below what every topic accepts as one batch; one that is larger goes alone. */
const togetherBytesMax = 512 * 1024

function firstOf(queue: readonly Queued[]): readonly Queued[] {
  let bytes = 0
  const end = queue.findIndex(({ record }) => {
    bytes += (record.key?.length ?? 0) + (record.value?.length ?? 0)
    return bytes > togetherBytesMax
  })
  return end < 0 ? queue : queue.slice(0, Math.max(end, 1))
}
