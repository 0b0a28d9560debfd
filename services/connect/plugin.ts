// What a connector is to the runtime: a plugin in a folder of its own under `connectors/`.
//
// The runtime owns everything that connectors have in common (names, credentials, number of tasks,
// states, restarts, positions, logs, producing); a plugin says what its own settings mean and makes
// records. Its tasks hear nothing of pausing: a paused task is stopped, a resumed one started again
// at its stored position.

import type { Clock } from '../../broker/clock.ts'
import type {
  ConfigDefinition,
  ConfigError,
  ConnectorLogLine,
  ConnectorTemplate,
  SampleRecord,
} from '../../broker/rules/connect.ts'

/** Connect's flat configuration, with defaults filled in when a plugin sees it. */
export type ConfigMap = Readonly<Record<string, string>>

export interface ConnectorPlugin {
  /** What `connector.class` says, such as `DatagenSource`. */
  readonly pluginClass: string
  readonly type: 'source' | 'sink'
  readonly displayName: string
  /** Its own settings, in the order of the form; those of every connector are the runtime's. */
  readonly definitions: readonly PluginConfigDefinition[]
  /** Ready-made choices that the form shows as tiles. */
  readonly templates?: readonly ConnectorTemplate[]
  /** Errors beyond what the definitions say (required, type, range, values that are allowed). */
  validate(config: ConfigMap): Promise<readonly ConfigError[]> | readonly ConfigError[]
  /** Up to `count` records as a task would make them. */
  preview(config: ConfigMap, count: number): readonly SampleRecord[] | { readonly problem: string }
  /** Begins the work of one task; it goes on until it is stopped or fails. */
  start(task: TaskContext): Task
}

/** A definition as Connect tells it, and what is checked by it. */
export interface PluginConfigDefinition extends ConfigDefinition {
  /** The values that are allowed, exactly so; everything of the type where absent. */
  readonly allowed?: readonly string[]
  /** Allowed values that this version refuses, each with the reason. */
  readonly unavailable?: Readonly<Record<string, string>>
  /** Why this version takes no value here at all, in a sentence. */
  readonly notAvailable?: string
  /** What a form suggests where `allowed` does not say it. */
  readonly recommended?: readonly string[]
  readonly min?: number
  readonly lengthMax?: number
}

export interface RecordToWrite {
  readonly key: string | null
  readonly value: string
  readonly headers: readonly { readonly name: string; readonly value: string }[]
}

export interface TaskContext {
  readonly taskId: number
  /** How often the task was started over: 0 at first. */
  readonly generation: number
  readonly config: ConfigMap
  /** As `produce` was last given it; null before the first record. */
  readonly position: unknown
  readonly clock: Clock
  /**
   * Writes a record to the connector's topic; a restart goes on behind the position that comes with
   * it. Records go in the order of the calls, those that wait for the same answer together. Waits as
   * long as the broker is away. False where the task has ended meanwhile (stopped or failed): then
   * the plugin should make no more.
   */
  produce(record: RecordToWrite, position: unknown): Promise<boolean>
  /** Ends the task as FAILED with a sentence that says why and what to do. */
  fail(reason: string): void
  log(level: ConnectorLogLine['level'], message: string): void
}

export interface Task {
  /** Makes no further record; the runtime has already ended what `produce` waits for. */
  stop(): void
}
