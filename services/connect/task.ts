// One task under supervision: from its sign-in to its end.
//
// It begins by sending what the last run was about to send when it ended (`patient-writer.ts`); then
// the plugin goes on behind that. A task that is stopped waits for what it is writing.

import type { Clock } from '../../broker/clock.ts'
import type { ConnectorLogLine, TaskState } from '../../broker/rules/connect.ts'
import type { KafkaFailure } from '../../lib/kafka/failure.ts'
import type { RecordWriter, WriterRecord, Written } from '../../lib/kafka/record-writer.ts'
import type { PreparedBatch } from '../../lib/kafka/send-batches.ts'
import { createPatientWriter } from './patient-writer.ts'
import type { ConfigMap, ConnectorPlugin, RecordToWrite, Task, TaskContext } from './plugin.ts'

export interface TaskOptions {
  readonly plugin: ConnectorPlugin
  readonly taskId: number
  readonly generation: number
  readonly config: ConfigMap
  readonly position: unknown
  /** What the last run was about to send, and the broker may have; null where nothing was left. */
  readonly pending: readonly PreparedBatch[] | null
  readonly clock: Clock
  readonly writer: RecordWriter
  storePending(position: unknown, batches: readonly PreparedBatch[]): Promise<void>
  onWritten(written: Written): void
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
  const { plugin, clock, log } = options
  let state: TaskState = 'STOPPED'
  let task: Task | null = null
  let underWay: Promise<unknown> = Promise.resolve()
  const writer = createPatientWriter({
    ...options,
    onFailure: async (failure) => fail(await options.explain(failure)),
  })

  function become(next: TaskState) {
    state = next
    options.onChange()
  }

  function fail(reason: string) {
    if (writer.hasEnded()) return
    writer.close()
    task?.stop()
    log('ERROR', reason)
    options.onFailed(reason)
    become('FAILED')
  }

  const context: TaskContext = {
    taskId: options.taskId,
    generation: options.generation,
    config: options.config,
    position: options.position,
    clock,
    produce(record, position) {
      const work = writer.produce(toWrite(record, clock.nowMs()), position)
      underWay = work
      return work
    },
    fail,
    log,
  }

  async function start(): Promise<void> {
    if (!(await writer.open(options.pending))) return
    log('INFO', `The task runs (generation ${options.generation}).`)
    become('RUNNING')
    task = plugin.start(context)
    // A plugin that failed while it started has nobody to stop it.
    if (writer.hasEnded()) task.stop()
  }

  underWay = start().catch((error: unknown) => {
    console.error(`A task of ${plugin.pluginClass} could not start:`, error)
    fail(`The task could not start: ${error instanceof Error ? error.message : error}`)
  })

  return {
    state: () => state,
    async stop() {
      writer.end()
      task?.stop()
      await settledWithin(stopMsMax, underWay, clock)
      writer.close()
    },
  }
}

/** Resolves when the work has come to its end, however that is, or after this time. */
function settledWithin(ms: number, work: Promise<unknown>, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const timer = clock.after(ms, resolve)
    const settle = () => {
      timer.cancel()
      resolve()
    }
    work.then(settle, settle)
  })
}

function toWrite(record: RecordToWrite, timestampMs: number): WriterRecord {
  return {
    key: record.key === null ? null : Buffer.from(record.key),
    value: Buffer.from(record.value),
    headers: record.headers.map(({ name, value }) => ({ key: name, value: Buffer.from(value) })),
    timestampMs,
  }
}
