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
const retryMsMin = 100
const retryMsMax = 2000

export function superviseTask(options: TaskOptions): SupervisedTask {
  const { plugin, clock, writer, log } = options
  const ending = new AbortController()
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

  /** Tries until it works. Null where the task ended meanwhile. */
  async function insist<T>(attempt: () => Promise<T>, away: string): Promise<T | null> {
    for (let tries = 0; ; tries++) {
      if (ending.signal.aborted) return null
      try {
        const value = await attempt()
        if (tries > 0) log('INFO', 'Going on.')
        return value
      } catch (error) {
        const failure = asKafkaFailure(error)
        if (failure !== null && !isPassing(failure)) {
          fail(await options.explain(failure))
          return null
        }
        if (ending.signal.aborted) return null
        if (tries === 0) log('WARN', `${away} Trying again until it does. (${said(error)})`)
        await wait(Math.min(retryMsMin * 2 ** tries, retryMsMax))
      }
    }
  }

  function wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        timer.cancel()
        ending.signal.removeEventListener('abort', end)
        resolve()
      }
      const timer = clock.after(ms, end)
      ending.signal.addEventListener('abort', end)
    })
  }

  async function produce(record: WriterRecord, position: unknown): Promise<boolean> {
    const written = await insist(() => writer.write(record), 'The cluster does not answer.')
    if (written === null) return false
    // Also where the task was stopped meanwhile: the record is there.
    await storeBehind(position, written)
    return !ending.signal.aborted
  }

  async function storeBehind(position: unknown, written: Written): Promise<void> {
    try {
      await options.storePosition(position, written)
    } catch (error) {
      log('WARN', `The position cannot be stored. Trying again until it can. (${said(error)})`)
      await insist(() => options.storePosition(position, written), 'It still cannot.')
    }
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
    }, 'The cluster does not answer.')
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
