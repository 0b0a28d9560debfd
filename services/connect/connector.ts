// One connector while the services run: its tasks, its log, and what it says of itself.
//
// Changes run one after another (`inTurn`), so that a restart does not overtake a pause. What a
// change means is stored before the tasks are touched: after a kill the next start carries it on.

import type { Clock } from '../../broker/clock.ts'
import type {
  ConnectorLogLine,
  ConnectorState,
  ConnectorStatus,
  TaskState,
} from '../../broker/rules/connect.ts'
import type { KafkaFailure } from '../../lib/kafka/failure.ts'
import type { RecordWriter, Written } from '../../lib/kafka/record-writer.ts'
import { definitionsOf, withDefaults } from './check-config.ts'
import { connectorStateOf } from './connector-state.ts'
import {
  type ConnectorStore,
  freshTask,
  type StoredConnector,
  type StoredTask,
} from './connector-store.ts'
import { createLogRing } from './log-ring.ts'
import type { ConfigMap, ConnectorPlugin } from './plugin.ts'
import { type SupervisedTask, superviseTask } from './task.ts'

export interface ConnectorOptions {
  readonly plugin: ConnectorPlugin
  readonly store: ConnectorStore
  readonly clock: Clock
  /** A writer of one task, signing in with the config's own key. */
  writerOf(config: ConfigMap, clientId: string): RecordWriter
  explain(failure: KafkaFailure, config: ConfigMap): Promise<string>
  /** After every change of its state, every line of its log, and every record. */
  readonly onChange?: () => void
}

export interface Connector {
  readonly id: string
  readonly clusterId: string
  readonly name: string
  readonly plugin: ConnectorPlugin
  config(): ConfigMap
  taskCount(): number
  status(): ConnectorStatus
  logLines(): readonly ConnectorLogLine[]
  /** Since this run of the services began. */
  written(): { readonly bytes: number; readonly records: number }
  /** Starts what should run; a task that has failed waits for a restart. */
  start(): Promise<void>
  pause(): Promise<void>
  resume(): Promise<void>
  /** Every task begins again, failed ones too; a paused connector stays paused. */
  restart(): Promise<void>
  /** False where there is no such task. */
  restartTask(number: number): Promise<boolean>
  putConfig(config: ConfigMap, secretKeys: ReadonlySet<string>): Promise<void>
  /** Ends its tasks; they go on when it is started again. */
  stop(): Promise<void>
}

/** Such as Confluent's own connectors call themselves. */
const clientIdOf = (id: string, task: number) => `connector-producer-${id}-${task}`

const workerId = 'tributary'

export function createConnector(stored: StoredConnector, options: ConnectorOptions): Connector {
  const { plugin, store, clock } = options
  const { id, clusterId, name } = stored
  const log = createLogRing()
  const total = { bytes: 0, records: 0 }
  let { config, desired } = stored
  let tasks = stored.tasks.map(slotOf)
  let lastRecord: ConnectorStatus['lastRecord'] = null
  let seen: { readonly state: ConnectorState; readonly sinceMs: number } = {
    state: currentState(),
    sinceMs: clock.nowMs(),
  }
  let last: Promise<unknown> = Promise.resolve()

  function inTurn<T>(change: () => Promise<T>): Promise<T> {
    const turn = last.then(change)
    last = turn.catch(() => {})
    return turn
  }

  function currentState(): ConnectorState {
    return connectorStateOf(
      desired,
      tasks.map((task) => stateOf(task, desired)),
    )
  }

  function changed() {
    const state = currentState()
    if (state !== seen.state) seen = { state, sinceMs: clock.nowMs() }
    options.onChange?.()
  }

  function say(level: ConnectorLogLine['level'], message: string, taskId: number | null = null) {
    log.add({ atMs: clock.nowMs(), level, taskId, message })
    options.onChange?.()
  }

  async function begin(slots: readonly TaskSlot[]): Promise<void> {
    const generations = slots.map(({ number, generation }) => ({
      number,
      generation: generation + 1,
    }))
    await store.beginTasks(id, generations)
    for (const slot of slots) {
      slot.generation += 1
      slot.failure = null
      slot.running = run(slot)
    }
    changed()
  }

  function run(slot: TaskSlot): SupervisedTask {
    const { number } = slot
    const whole = withDefaults(definitionsOf(plugin), config)
    return superviseTask({
      plugin,
      taskId: number,
      generation: slot.generation,
      config: whole,
      position: slot.position,
      clock,
      writer: options.writerOf(whole, clientIdOf(id, number)),
      async storePosition(position, written) {
        const recordsProduced = slot.recordsProduced + 1
        await store.storePosition({ connectorId: id, number, position, recordsProduced })
        Object.assign(slot, { position, recordsProduced })
        count(written)
      },
      explain: (failure) => options.explain(failure, whole),
      log: (level, message) => say(level, message, number),
      onChange: changed,
      onFailed(reason) {
        slot.failure = reason
        store
          .failTask(id, number, reason)
          .catch((error: unknown) => console.error(`The failure of ${id} was not stored:`, error))
      },
    })
  }

  function count({ partition, offset, sizeBytes }: Written) {
    total.bytes += sizeBytes
    total.records += 1
    lastRecord = { atMs: clock.nowMs(), partition, offset }
    options.onChange?.()
  }

  async function end(slots: readonly TaskSlot[]): Promise<void> {
    await Promise.all(slots.map(({ running }) => running?.stop()))
    for (const slot of slots) slot.running = null
  }

  const waiting = () => tasks.filter(({ failure, running }) => failure === null && running === null)

  async function startWaiting(): Promise<void> {
    if (desired === 'running') await begin(waiting())
  }

  async function beginAgain(slots: readonly TaskSlot[]): Promise<void> {
    await end(slots)
    if (desired === 'running') return begin(slots)
    for (const slot of slots) slot.failure = null
    await store.beginTasks(id, slots)
    changed()
  }

  return {
    ...{ id, clusterId, name, plugin },
    config: () => config,
    taskCount: () => tasks.length,
    logLines: log.lines,
    written: () => ({ ...total }),
    status() {
      const states = tasks.map((task) => stateOf(task, desired))
      return {
        name,
        connector: {
          state: currentState(),
          worker_id: workerId,
          trace: desired === 'paused' ? '' : (tasks.find(({ failure }) => failure)?.failure ?? ''),
        },
        tasks: tasks.map(({ number, failure }, i) => ({
          id: number,
          state: states[i] ?? 'STOPPED',
          worker_id: workerId,
          msg: failure ?? '',
        })),
        type: plugin.type,
        id,
        apiKey: config['kafka.api.key'] ?? null,
        createdMs: stored.createdMs,
        stateSinceMs: seen.sinceMs,
        messagesProcessed: tasks.reduce((sum, { recordsProduced }) => sum + recordsProduced, 0),
        lastRecord,
      }
    },
    start: () => inTurn(startWaiting),
    pause: () =>
      inTurn(async () => {
        if (desired === 'paused') return
        await store.setDesired(id, 'paused')
        desired = 'paused'
        await end(tasks)
        say('INFO', 'The connector is paused.')
        changed()
      }),
    resume: () =>
      inTurn(async () => {
        if (desired === 'running') return
        await store.setDesired(id, 'running')
        desired = 'running'
        say('INFO', 'The connector is resumed.')
        await startWaiting()
        changed()
      }),
    restart: () =>
      inTurn(async () => {
        say('INFO', 'The connector is restarted.')
        await beginAgain(tasks)
      }),
    restartTask: (number) =>
      inTurn(async () => {
        const slot = tasks[number]
        if (slot === undefined) return false
        say('INFO', 'The task is restarted.', number)
        await beginAgain([slot])
        return true
      }),
    putConfig: (next, secretKeys) =>
      inTurn(async () => {
        const taskCount = Number(next['tasks.max'])
        await store.putConfig({ id, config: next }, taskCount, secretKeys)
        await end(tasks)
        config = next
        tasks = Array.from(
          { length: taskCount },
          (_, number) => tasks[number] ?? slotOf({ ...freshTask, number }),
        )
        say('INFO', 'The configuration was changed.')
        await beginAgain(tasks)
      }),
    stop: () => inTurn(() => end(tasks)),
  }
}

/** A stored task and what runs of it. */
interface TaskSlot {
  readonly number: number
  generation: number
  position: unknown
  recordsProduced: number
  failure: string | null
  running: SupervisedTask | null
}

function slotOf(task: StoredTask): TaskSlot {
  return { ...task, running: null }
}

function stateOf({ failure, running }: TaskSlot, desired: 'running' | 'paused'): TaskState {
  if (failure !== null) return 'FAILED'
  if (desired === 'paused') return 'PAUSED'
  return running?.state() ?? 'STOPPED'
}
