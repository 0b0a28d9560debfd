// The tasks of one connector: what is stored of each, and what of it runs.

import type { Clock } from '../../broker/clock.ts'
import type { ConnectorLogLine, TaskState } from '../../broker/rules/connect.ts'
import type { KafkaFailure } from '../../lib/kafka/failure.ts'
import type { RecordWriter, Written } from '../../lib/kafka/record-writer.ts'
import type { PreparedBatch } from '../../lib/kafka/send-batches.ts'
import type { DesiredState } from './connector-state.ts'
import { type ConnectorStore, freshTask, type StoredTask } from './connector-store.ts'
import type { ConfigMap, ConnectorPlugin } from './plugin.ts'
import { type SupervisedTask, superviseTask } from './task.ts'

export interface ConnectorTasksOptions {
  readonly connectorId: string
  readonly plugin: ConnectorPlugin
  readonly store: ConnectorStore
  readonly clock: Clock
  /** With the defaults of what it leaves out. */
  config(): ConfigMap
  /** A writer of one task, signing in with the config's own key. */
  writerOf(config: ConfigMap, clientId: string): RecordWriter
  explain(failure: KafkaFailure, config: ConfigMap): Promise<string>
  log(level: ConnectorLogLine['level'], message: string, taskId: number): void
  /** After every change of a task's state. */
  onChange(): void
  /** After records are written. */
  onWritten(written: Written): void
}

export interface ConnectorTasks {
  /** In order of their numbers. */
  views(desired: DesiredState): readonly TaskView[]
  recordsProduced(): number
  /** Those that neither run nor have failed; a failed task waits for a restart. */
  startWaiting(): Promise<void>
  /** Ends these tasks; starts them in a new generation where they should run. */
  restart(numbers: readonly number[], desired: DesiredState): Promise<void>
  /** Resolves when what they were writing is written. */
  end(): Promise<void>
  /** Has so many tasks from now on; those beyond must have ended. */
  resize(count: number): void
}

export interface TaskView {
  readonly number: number
  readonly state: TaskState
  readonly failure: string | null
}

/** Such as Confluent's own connectors call themselves. */
const clientIdOf = (connectorId: string, task: number) =>
  `connector-producer-${connectorId}-${task}`

export function createConnectorTasks(
  stored: readonly StoredTask[],
  options: ConnectorTasksOptions,
): ConnectorTasks {
  const { connectorId, store } = options
  let slots = stored.map(slotOf)

  async function begin(chosen: readonly TaskSlot[]): Promise<void> {
    const generations = chosen.map(({ number, generation }) => ({
      number,
      generation: generation + 1,
    }))
    await store.beginTasks(connectorId, generations)
    for (const slot of chosen) {
      slot.generation += 1
      slot.failure = null
      slot.running = run(slot, options)
    }
    options.onChange()
  }

  async function end(chosen: readonly TaskSlot[]): Promise<void> {
    await Promise.all(chosen.map(({ running }) => running?.stop()))
    for (const slot of chosen) slot.running = null
    await Promise.all(chosen.map((slot) => settle(slot, options)))
  }

  return {
    views: (desired) =>
      slots.map((slot) => ({
        number: slot.number,
        state: stateOf(slot, desired),
        failure: slot.failure,
      })),
    recordsProduced: () => slots.reduce((sum, { recordsProduced }) => sum + recordsProduced, 0),
    startWaiting: () =>
      begin(slots.filter(({ failure, running }) => failure === null && running === null)),
    async restart(numbers, desired) {
      const chosen = slots.filter(({ number }) => numbers.includes(number))
      await end(chosen)
      if (desired === 'running') return begin(chosen)
      for (const slot of chosen) slot.failure = null
      await store.beginTasks(connectorId, chosen)
      options.onChange()
    },
    end: () => end(slots),
    resize(count) {
      slots = Array.from(
        { length: count },
        (_, number) => slots[number] ?? slotOf({ ...freshTask, number }),
      )
    },
  }
}

/** A stored task and what runs of it. */
interface TaskSlot {
  readonly number: number
  generation: number
  position: unknown
  recordsProduced: number
  /** What was about to be sent, until the broker has it. */
  pending: readonly PreparedBatch[] | null
  /** Whether the row names batches, which the broker may have by now. */
  isPendingStored: boolean
  failure: string | null
  running: SupervisedTask | null
}

function slotOf(task: StoredTask): TaskSlot {
  return { ...task, isPendingStored: task.pending !== null, running: null }
}

function stateOf({ failure, running }: TaskSlot, desired: DesiredState): TaskState {
  if (failure !== null) return 'FAILED'
  if (desired === 'paused') return 'PAUSED'
  return running?.state() ?? 'STOPPED'
}

function run(slot: TaskSlot, options: ConnectorTasksOptions): SupervisedTask {
  const { connectorId, store, plugin, clock } = options
  const { number, generation } = slot
  const config = options.config()
  // A task that was given up because the broker hung may come to its end after its successor has
  // begun, who knows better.
  const isSuperseded = () => slot.generation !== generation
  return superviseTask({
    plugin,
    taskId: number,
    generation,
    config,
    position: slot.position,
    clock,
    writer: options.writerOf(config, clientIdOf(connectorId, number)),
    pending: slot.pending,
    async storePending(position, pending) {
      if (isSuperseded()) return
      const { recordsProduced } = slot
      await store.storePosition({ connectorId, number, position, recordsProduced, pending })
      if (!isSuperseded()) Object.assign(slot, { position, pending, isPendingStored: true })
    },
    onWritten(written) {
      if (isSuperseded()) return
      slot.recordsProduced += written.records
      slot.pending = null
      options.onWritten(written)
    },
    explain: (failure) => options.explain(failure, config),
    log: (level, message) => options.log(level, message, number),
    onChange: options.onChange,
    onFailed(reason) {
      slot.failure = reason
      store.failTask(connectorId, number, reason).catch((error: unknown) => {
        console.error(`The failure of ${connectorId} was not stored:`, error)
      })
    },
  })
}

/** Stores that the broker has everything, so that nothing is sent again that need not be. */
async function settle(slot: TaskSlot, { connectorId, store }: ConnectorTasksOptions) {
  if (!slot.isPendingStored || slot.pending !== null) return
  const { number, position, recordsProduced } = slot
  try {
    await store.storePosition({ connectorId, number, position, recordsProduced, pending: null })
    slot.isPendingStored = false
  } catch (error) {
    // The next start sends it again, and the broker knows that it has it.
    console.error(`That ${connectorId} has written everything was not stored:`, error)
  }
}
