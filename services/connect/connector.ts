// One connector while the services run: its tasks, its log, and what it says of itself.
//
// Changes run one after another (`inTurn`), so that a restart does not overtake a pause. What a
// change means is stored before the tasks are touched: after a kill the next start carries it on.

import type { Clock } from '../../broker/clock.ts'
import type {
  ConnectorLogLine,
  ConnectorState,
  ConnectorStatus,
} from '../../broker/rules/connect.ts'
import type { KafkaFailure } from '../../lib/kafka/failure.ts'
import type { RecordWriter, Written } from '../../lib/kafka/record-writer.ts'
import { definitionsOf, withDefaults } from './check-config.ts'
import { connectorStateOf, type DesiredState } from './connector-state.ts'
import type { ConnectorStore, StoredConnector } from './connector-store.ts'
import { type ConnectorTasks, createConnectorTasks } from './connector-tasks.ts'
import { createLogRing, type LogRing } from './log-ring.ts'
import type { ConfigMap, ConnectorPlugin } from './plugin.ts'

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
  /** Ends it for good; what is asked of it afterwards does nothing. */
  end(): Promise<void>
}

const workerId = 'tributary'

export function createConnector(stored: StoredConnector, options: ConnectorOptions): Connector {
  const { id, clusterId, name } = stored
  const { plugin } = options
  const live = createLive(stored, options)
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<T>(change: () => Promise<T>): Promise<T> {
    const turn = last.then(change)
    last = turn.catch(() => {})
    return turn
  }
  const change = (work: () => Promise<void>) =>
    inTurn(async () => {
      if (!live.isOver) await work()
    })
  return {
    ...{ id, clusterId, name, plugin },
    config: () => live.config,
    taskCount: () => live.tasks.views(live.desired).length,
    logLines: live.log.lines,
    written: () => ({ ...live.total }),
    status: () => statusOf(stored, plugin, live),
    start: () => change(() => startWaiting(live)),
    pause: () => change(() => pause(live, id, options.store)),
    resume: () => change(() => resume(live, id, options.store)),
    restart: () =>
      change(async () => {
        live.say('INFO', 'The connector is restarted.')
        await live.tasks.restart(numbersOf(live), live.desired)
      }),
    restartTask: (number) =>
      inTurn(async () => {
        if (live.isOver || !numbersOf(live).includes(number)) return false
        live.say('INFO', 'The task is restarted.', number)
        await live.tasks.restart([number], live.desired)
        return true
      }),
    putConfig: (config, secretKeys) =>
      change(async () => {
        const taskCount = Number(config['tasks.max'])
        await options.store.putConfig({ id, config }, taskCount, secretKeys)
        await live.tasks.end()
        live.config = config
        live.tasks.resize(taskCount)
        live.say('INFO', 'The configuration was changed.')
        await live.tasks.restart(numbersOf(live), live.desired)
      }),
    end: () =>
      change(async () => {
        live.isOver = true
        await live.tasks.end()
      }),
  }
}

/** What changes of a connector while it lives. */
interface Live {
  config: ConfigMap
  desired: DesiredState
  isOver: boolean
  /** Written by this run of the services. */
  readonly total: { bytes: number; records: number }
  lastRecord: ConnectorStatus['lastRecord']
  readonly tasks: ConnectorTasks
  readonly log: LogRing
  say(level: ConnectorLogLine['level'], message: string, taskId?: number): void
  /** Notices a new state. */
  changed(): void
  stateSinceMs(): number
}

function createLive(
  { id, config, desired, tasks }: StoredConnector,
  { plugin, clock, onChange, ...options }: ConnectorOptions,
): Live {
  let seen: { readonly state: ConnectorState | null; readonly sinceMs: number }
  seen = { state: null, sinceMs: clock.nowMs() }
  const live: Live = {
    config,
    desired,
    isOver: false,
    total: { bytes: 0, records: 0 },
    lastRecord: null,
    log: createLogRing(),
    tasks: createConnectorTasks(tasks, {
      ...options,
      connectorId: id,
      plugin,
      clock,
      config: () => withDefaults(definitionsOf(plugin), live.config),
      log: (level, message, taskId) => live.say(level, message, taskId),
      onChange: () => live.changed(),
      onWritten({ records, sizeBytes, last }: Written) {
        live.total.bytes += sizeBytes
        live.total.records += records
        live.lastRecord = { atMs: clock.nowMs(), ...last }
        onChange?.()
      },
    }),
    say(level, message, taskId) {
      live.log.add({ atMs: clock.nowMs(), level, taskId: taskId ?? null, message })
      onChange?.()
    },
    changed() {
      const state = stateOf(live)
      if (state !== seen.state) seen = { state, sinceMs: clock.nowMs() }
      onChange?.()
    },
    stateSinceMs: () => seen.sinceMs,
  }
  return live
}

async function startWaiting({ desired, tasks }: Live): Promise<void> {
  if (desired === 'running') await tasks.startWaiting()
}

async function pause(live: Live, id: string, store: ConnectorStore): Promise<void> {
  if (live.desired === 'paused') return
  await store.setDesired(id, 'paused')
  live.desired = 'paused'
  await live.tasks.end()
  live.say('INFO', 'The connector is paused.')
  live.changed()
}

async function resume(live: Live, id: string, store: ConnectorStore): Promise<void> {
  if (live.desired === 'running') return
  await store.setDesired(id, 'running')
  live.desired = 'running'
  live.say('INFO', 'The connector is resumed.')
  await startWaiting(live)
  live.changed()
}

function stateOf({ tasks, desired }: Live): ConnectorState {
  return connectorStateOf(
    desired,
    tasks.views(desired).map(({ state }) => state),
  )
}

function numbersOf({ tasks, desired }: Live): readonly number[] {
  return tasks.views(desired).map(({ number }) => number)
}

function statusOf(
  { id, name, createdMs }: StoredConnector,
  plugin: ConnectorPlugin,
  live: Live,
): ConnectorStatus {
  const views = live.tasks.views(live.desired)
  const failed = live.desired === 'paused' ? undefined : views.find(({ failure }) => failure)
  return {
    name,
    connector: { state: stateOf(live), worker_id: workerId, trace: failed?.failure ?? '' },
    tasks: views.map(({ number, state, failure }) => ({
      id: number,
      state,
      worker_id: workerId,
      msg: failure ?? '',
    })),
    type: plugin.type,
    id,
    apiKey: live.config['kafka.api.key'] ?? null,
    createdMs,
    stateSinceMs: live.stateSinceMs(),
    messagesProcessed: live.tasks.recordsProduced(),
    lastRecord: live.lastRecord,
  }
}
