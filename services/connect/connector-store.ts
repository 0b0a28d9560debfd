// Connectors and their tasks as rows of `services.db`.

import { connectorConfig } from '../../broker/rules/connect.ts'
import type { PreparedBatch } from '../../lib/kafka/send-batches.ts'
import type { ServicesDb } from '../database.ts'
import type { DesiredState } from './connector-state.ts'
import type { ConfigMap } from './plugin.ts'
import { createPositionWriter, parsePending, type TaskPosition } from './position-writer.ts'
import type { SecretBox } from './secrets.ts'

export interface StoredConnector {
  readonly id: string
  readonly clusterId: string
  readonly name: string
  /** As the person set it, secrets included. */
  readonly config: ConfigMap
  readonly desired: DesiredState
  readonly createdMs: number
  /** In order of their numbers. */
  readonly tasks: readonly StoredTask[]
}

export interface StoredTask {
  readonly number: number
  /** Of its last start; -1 before the first. */
  readonly generation: number
  readonly position: unknown
  /** Without those of `pending`. */
  readonly recordsProduced: number
  /** What it was about to send when it was last stored. */
  readonly pending: readonly PreparedBatch[] | null
  readonly failure: string | null
}

export interface ConnectorStore {
  all(): Promise<readonly StoredConnector[]>
  insert(connector: StoredConnector, secretKeys: ReadonlySet<string>): Promise<void>
  /** Tasks beyond the count go, those that are missing come. */
  putConfig(
    connector: Pick<StoredConnector, 'id' | 'config'>,
    taskCount: number,
    secretKeys: ReadonlySet<string>,
  ): Promise<void>
  setDesired(id: string, desired: DesiredState): Promise<void>
  /** Tasks that begin (again), each with its generation; they have not failed any more. */
  beginTasks(id: string, tasks: readonly Pick<StoredTask, 'number' | 'generation'>[]): Promise<void>
  failTask(id: string, number: number, failure: string): Promise<void>
  storePosition(position: TaskPosition): Promise<void>
  remove(ids: readonly string[]): Promise<void>
}

export const freshTask = {
  generation: -1,
  position: null,
  recordsProduced: 0,
  pending: null,
  failure: null,
}

export function createConnectorStore(db: ServicesDb, box: SecretBox): ConnectorStore {
  const columnsOf = (id: string, config: ConfigMap, secretKeys: ReadonlySet<string>) => ({
    config: JSON.stringify(only(config, (key) => !secretKeys.has(key))),
    secrets: box.seal(
      only(config, (key) => secretKeys.has(key)),
      id,
    ),
  })
  return {
    async all() {
      const rows = await db.connector.findMany({
        include: { tasks: { orderBy: { number: 'asc' } } },
        orderBy: { createdMs: 'asc' },
      })
      return rows.map(({ config, secrets, desired, createdMs, tasks, ...row }) => ({
        ...row,
        // Secrets that no longer open are absent: the connector then fails for want of them.
        config: { ...connectorConfig.parse(JSON.parse(config)), ...box.open(secrets, row.id) },
        desired: desired === 'paused' ? 'paused' : 'running',
        createdMs: Number(createdMs),
        tasks: tasks.map(({ connectorId: _, position, recordsProduced, pending, ...task }) => ({
          ...task,
          position: position === null ? null : JSON.parse(position),
          recordsProduced: Number(recordsProduced),
          pending: parsePending(pending),
        })),
      }))
    },
    async insert({ id, clusterId, name, config, desired, createdMs, tasks }, secretKeys) {
      await db.connector.create({
        data: {
          ...{ id, clusterId, name, desired, createdMs: BigInt(createdMs) },
          ...columnsOf(id, config, secretKeys),
          tasks: {
            create: tasks.map(({ number }) => rowOfFreshTask(number)),
          },
        },
      })
    },
    async putConfig({ id, config }, taskCount, secretKeys) {
      await db.$transaction(async (tx) => {
        await tx.connector.update({ where: { id }, data: columnsOf(id, config, secretKeys) })
        await tx.task.deleteMany({ where: { connectorId: id, number: { gte: taskCount } } })
        const present = await tx.task.count({ where: { connectorId: id } })
        const missing = Array.from({ length: taskCount - present }, (_, i) => present + i)
        await tx.task.createMany({
          data: missing.map((number) => ({ connectorId: id, ...rowOfFreshTask(number) })),
        })
      })
    },
    async setDesired(id, desired) {
      await db.connector.updateMany({ where: { id }, data: { desired } })
    },
    async beginTasks(id, tasks) {
      await db.$transaction(
        tasks.map(({ number, generation }) =>
          db.task.updateMany({
            where: { connectorId: id, number },
            data: { generation, failure: null },
          }),
        ),
      )
    },
    async failTask(id, number, failure) {
      await db.task.updateMany({ where: { connectorId: id, number }, data: { failure } })
    },
    storePosition: createPositionWriter(db),
    async remove(ids) {
      await db.connector.deleteMany({ where: { id: { in: [...ids] } } })
    },
  }
}

function rowOfFreshTask(number: number) {
  return { number, generation: freshTask.generation, recordsProduced: 0n }
}

function only(config: ConfigMap, isWanted: (key: string) => boolean): ConfigMap {
  return Object.fromEntries(Object.entries(config).filter(([key]) => isWanted(key)))
}
