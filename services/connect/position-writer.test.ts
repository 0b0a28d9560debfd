import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openServicesDb, type ServicesDb } from '../database.ts'
import { createPositionWriter, parsePending } from './position-writer.ts'

let dataDir: string
let db: ServicesDb
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'positions-'))
  db = openServicesDb(dataDir)
  for (const id of ['lcc-one111', 'lcc-two222']) {
    const tasks = [0, 1].map((number) => ({ number, generation: 0, recordsProduced: 0n }))
    await db.connector.create({
      data: {
        ...{ id, clusterId: 'lkc-abc123', name: id, config: '{}', desired: 'running' },
        ...{ createdMs: 0n, secrets: new Uint8Array(), tasks: { create: tasks } },
      },
    })
  }
})
afterEach(async () => {
  await db.$disconnect()
  rmSync(dataDir, { recursive: true })
})

const stored = () => db.task.findMany({ orderBy: [{ connectorId: 'asc' }, { number: 'asc' }] })

it('stores each task’s own position, however many come at once', async () => {
  const store = createPositionWriter(db)
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i)
  const pending = [
    { partition: 3, bytes },
    { partition: 0, bytes: new Uint8Array() },
  ]
  const odd = { text: `it's "quoted" \\ $.position`, list: [1, null, 2 ** 53 - 1] }
  await Promise.all([
    store({
      connectorId: 'lcc-one111',
      number: 0,
      position: { iteration: 1 },
      recordsProduced: 1,
      pending,
    }),
    store({
      connectorId: 'lcc-one111',
      number: 1,
      position: odd,
      recordsProduced: 2 ** 40,
      pending: [],
    }),
    store({
      connectorId: 'lcc-two222',
      number: 0,
      position: null,
      recordsProduced: 3,
      pending: null,
    }),
    // A connector that was deleted meanwhile.
    store({
      connectorId: 'lcc-gone00',
      number: 0,
      position: {},
      recordsProduced: 4,
      pending: null,
    }),
  ])
  const rows = await stored()
  expect(
    rows.map(({ position, recordsProduced }) => [
      position === null ? null : JSON.parse(position),
      recordsProduced,
    ]),
  ).toEqual([
    [{ iteration: 1 }, 1n],
    [odd, 2n ** 40n],
    [null, 3n],
    [null, 0n],
  ])
  expect(rows.map((row) => parsePending(row.pending))).toEqual([
    pending.map((batch) => ({ ...batch, bytes: Buffer.from(batch.bytes) })),
    [],
    null,
    null,
  ])
})

it('tells everybody of a batch that it could not be stored, and goes on with the next', async () => {
  const store = createPositionWriter(db)
  await db.$executeRaw`ALTER TABLE connector_task RENAME TO hidden`
  const position = {
    connectorId: 'lcc-one111',
    number: 0,
    position: {},
    recordsProduced: 1,
    pending: null,
  }
  const results = await Promise.allSettled([store(position), store({ ...position, number: 1 })])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await db.$executeRaw`ALTER TABLE hidden RENAME TO connector_task`
  await store(position)
  expect((await stored())[0]?.recordsProduced).toBe(1n)
})
