import { z } from 'zod'
import type { PreparedBatch } from '../../lib/kafka/send-batches.ts'
import type { ServicesDb } from '../database.ts'

/** How far a task is, and what it is about to send. */
export interface TaskPosition {
  readonly connectorId: string
  readonly number: number
  /** Behind everything in `pending`. */
  readonly position: unknown
  /** In all, without `pending`. */
  readonly recordsProduced: number
  readonly pending: readonly PreparedBatch[] | null
}

/**
 * Stores positions by group commit: what arrives while one transaction is being written goes into
 * the next, in one statement. Each promise resolves when its position is stored, and rejects where
 * the database refuses.
 */
export function createPositionWriter(db: ServicesDb): (position: TaskPosition) => Promise<void> {
  let waiting: Waiting[] = []
  let isWriting = false

  async function writeAll(): Promise<void> {
    isWriting = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        await write(
          db,
          batch.map(({ position }) => position),
        )
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    isWriting = false
  }

  return (position) =>
    new Promise((resolve, reject) => {
      waiting.push({ position, resolve, reject })
      // After everything that this turn of the event loop brings.
      if (!isWriting && waiting.length === 1) setImmediate(() => void writeAll())
    })
}

interface Waiting {
  readonly position: TaskPosition
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

async function write(db: ServicesDb, positions: readonly TaskPosition[]): Promise<void> {
  const rows = positions.map((row) => ({
    ...row,
    position: JSON.stringify(row.position),
    pending: pendingText(row.pending),
  }))
  await db.$executeRaw`
    UPDATE connector_task
    SET position = given.value ->> '$.position',
        records_produced = given.value ->> '$.recordsProduced',
        pending = given.value ->> '$.pending'
    FROM json_each(${JSON.stringify(rows)}) AS given
    WHERE connector_id = given.value ->> '$.connectorId' AND number = given.value ->> '$.number'`
}

const pendingBatches = z.array(z.object({ partition: z.number(), bytes: z.base64() }))

function pendingText(batches: readonly PreparedBatch[] | null): string | null {
  if (batches === null) return null
  return JSON.stringify(
    batches.map(({ partition, bytes }) => ({
      partition,
      bytes: Buffer.from(bytes).toString('base64'),
    })),
  )
}

/** Batches as `pending` has them in a row. */
export function parsePending(text: string | null): readonly PreparedBatch[] | null {
  if (text === null) return null
  return pendingBatches
    .parse(JSON.parse(text))
    .map(({ partition, bytes }) => ({ partition, bytes: Buffer.from(bytes, 'base64') }))
}
