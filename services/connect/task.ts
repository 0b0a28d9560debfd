// One task under supervision: from its sign-in to its end.
//
// Each record is written first and its position stored behind it, before the next one is made. So a
// process that is killed in between writes at most that one record again, and skips none. A task
// that is stopped waits for both, so that nothing is written twice.
//
// What passes by itself (a broker that restarts, a database that is busy) is waited for; what does
// not ends the task as FAILED with its reason.

import type { Clock } from '../../broker/clock.ts'
import type { ConnectorLogLine, TaskState } from '../../broker/rules/connect.ts'
import { asKafkaFailure, type KafkaFailure } from '../../lib/kafka/failure.ts'
import {
  isPassing,
  type RecordWriter,
  type WriterRecord,
  type Written,
} from '../../lib/kafka/record-writer.ts'
import type { ConfigMap, ConnectorPlugin, RecordToWrite, Task, TaskContext } from './plugin.ts'
import { retry } from './retry.ts'

export interface TaskOptions {
  readonly plugin: ConnectorPlugin
  readonly taskId: number
  readonly generation: number
  readonly config: ConfigMap
  readonly position: unknown
  readonly clock: Clock
  readonly writer: RecordWriter
  storePosition(position: unknown, written: Written): Promise<void>
  /** Why a failure that does not pass ends the task, and what to do. */
  explain(failure: KafkaFailure): Promise<string>
  log(level: ConnectorLogLine['level'], message: string): void
  /** After every change of its state. */
  onChange(): void
  onFailed(reason: string): void
}

export interface SupervisedTask {
  state(): TaskState
  /** Resolves when it has written what it was writing, or after 400 ms. */
  stop(): Promise<void>
}

const stopMsMax = 400

export function superviseTask(options: TaskOptions): SupervisedTask {
  const { plugin, clock, writer, log } = options
  /** It makes no further record. */
  const ending = new AbortController()
  /** What it was writing is no longer waited for. */
  const stopping = new AbortController()
  let state: TaskState = 'STOPPED'
  let task: Task | null = null
  let underWay: Promise<unknown> = Promise.resolve()

  function become(next: TaskState) {
    state = next
    options.onChange()
  }

  function fail(reason: string) {
    if (ending.signal.aborted) return
    ending.abort()
    task?.stop()
    writer.close()
    log('ERROR', reason)
    options.onFailed(reason)
    become('FAILED')
  }

  /** Tries what the cluster is asked until it answers. Null where the task ended, or ends of it. */
  async function insist<T>(attempt: () => Promise<T>): Promise<T | null> {
    try {
      return await retry({
        attempt,
        passes: (error) => {
          const failure = asKafkaFailure(error)
          return failure !== null && isPassing(failure)
        },
        signal: ending.signal,
        clock,
        onWaiting: (error) => {
          log('WARN', `The cluster does not answer. Trying again until it does. (${said(error)})`)
        },
        onGoingOn: () => log('INFO', 'Going on.'),
      })
    } catch (error) {
      const failure = asKafkaFailure(error)
      if (failure === null) throw error
      fail(await options.explain(failure))
      return null
    }
  }

  async function produce(record: WriterRecord, position: unknown): Promise<boolean> {
    const written = await insist(() => writer.write(record))
    if (written === null) return false
    // Also where the task was stopped meanwhile: the record is there.
    await retry({
      attempt: () => options.storePosition(position, written),
      // A full disk, or a database that somebody else holds: nothing else can go wrong with it.
      passes: () => true,
      signal: stopping.signal,
      clock,
      onWaiting: (error) => {
        log('WARN', `The position cannot be stored. Trying again until it can. (${said(error)})`)
      },
      onGoingOn: () => log('INFO', 'Going on.'),
    })
    return !ending.signal.aborted
  }

  const context: TaskContext = {
    taskId: options.taskId,
    generation: options.generation,
    config: options.config,
    position: options.position,
    clock,
    produce(record, position) {
      const work = produce(toWrite(record, clock.nowMs()), position)
      underWay = work
      return work
    },
    fail,
    log,
  }

  async function start(): Promise<void> {
    const opened = await insist(async () => {
      await writer.open()
      return true
    })
    if (opened === null || ending.signal.aborted) return
    log('INFO', `The task runs (generation ${options.generation}).`)
    become('RUNNING')
    task = plugin.start(context)
    // A plugin that failed while it started has nobody to stop it.
    if (ending.signal.aborted) task.stop()
  }

  underWay = start().catch((error: unknown) => {
    console.error(`A task of ${plugin.pluginClass} could not start:`, error)
    fail(`The task could not start: ${said(error)}`)
  })

  return {
    state: () => state,
    async stop() {
      ending.abort()
      task?.stop()
      await new Promise<void>((resolve) => {
        const timer = clock.after(stopMsMax, resolve)
        void underWay
          .catch(() => {})
          .then(() => {
            timer.cancel()
            resolve()
          })
      })
      stopping.abort()
      writer.close()
    },
  }
}

function toWrite(record: RecordToWrite, timestampMs: number): WriterRecord {
  return {
    key: record.key === null ? null : Buffer.from(record.key),
    value: Buffer.from(record.value),
    headers: record.headers.map(({ name, value }) => ({ key: name, value: Buffer.from(value) })),
    timestampMs,
  }
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
