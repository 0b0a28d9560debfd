import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { encodeBatch } from '../protocol/records.ts'
import { openPrismaStorage } from '../storage/prisma/storage.ts'
import type { ChunkWrite } from '../storage/storage.ts'
import { type Finding, verifyStorage } from './verify-storage.ts'

const folder = mkdtempSync(join(tmpdir(), 'tributary-verify-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let round = 0
let dataDir: string
/** Two chunks of two batches with two records each, in `lkc-1 rides-1`. */
beforeEach(async () => {
  dataDir = join(folder, String(round++))
  const storage = await openPrismaStorage({ dataDir })
  const { catalogue, log } = storage
  await catalogue.putTenant({ id: 'lkc-1', type: 'BASIC', limits: {}, createdMs: 0 })
  const [topic] = await catalogue.createTopics([
    { id: 'AAAAAAAAAAAAAAAAAAAAAA', tenantId: 'lkc-1', name: 'rides', ...emptyTopic },
  ])
  const partitionId = topic?.partitionIds[1] ?? -1
  const chunks = [0, 4].map((baseOffset) => chunkAt(partitionId, baseOffset))
  const sizeBytes = chunks.reduce((sum, chunk) => sum + chunk.sizeBytes, 0)
  const row = { partitionId, logStartOffset: 0, nextOffset: 8, sizeBytes }
  await log.write({ chunks, partitions: [row] })
  await storage.close()
})

it('a folder that nobody touched is as it should be', async () => {
  const totals = { partitions: 0, chunks: 0, bytes: 0 }
  expect(await findings(totals)).toEqual([])
  expect(totals).toMatchObject({ partitions: 2, chunks: 2 })
})

it('a flipped byte is found at its batch', async () => {
  const batch = chunkAt(1, 0).bytes.length / 2
  flip(batch + 70)
  expect(await findings()).toMatchObject([{ place: 'lkc-1 rides-1', offset: 6 }])
  flip(30)
  expect(await findings()).toMatchObject([{ place: 'lkc-1 rides-1', offset: 4 }])
})

it('what rows say of each other has to agree', async () => {
  change('UPDATE partition_log SET size_bytes = size_bytes + 1')
  expect(await findings()).toMatchObject([{ place: 'lkc-1 rides-1', offset: null }])
  change('UPDATE partition_log SET size_bytes = size_bytes - 1, next_offset = 7')
  expect(await findings()).toMatchObject([{ what: 'a chunk goes beyond the end 7', offset: 4 }])
  change('UPDATE partition_log SET next_offset = 8')
  change('UPDATE chunk SET base_offset = 3 WHERE base_offset = 4')
  expect(await findings()).toMatchObject([{ what: 'two chunks have the offsets before 4' }])
})

const emptyTopic = { config: {}, createdMs: 0, partitionCount: 2 }

function chunkAt(partitionId: number, baseOffset: number): ChunkWrite {
  const batches = [0, 2].map((offset) =>
    encodeBatch([{ value: Buffer.from('a') }, { value: Buffer.from('b') }], {
      timestampMs: 1000,
      baseOffset: baseOffset + offset,
    }),
  )
  const bytes = Buffer.concat(batches)
  return {
    partitionId,
    baseOffset,
    nextOffset: baseOffset + 4,
    maxTimestampMs: 1000,
    runningMaxTimestampMs: 1000,
    sizeBytes: bytes.length,
    producers: new Uint8Array(),
    bytes,
  }
}

async function findings(totals = { partitions: 0, chunks: 0, bytes: 0 }): Promise<Finding[]> {
  const storage = await openPrismaStorage({ dataDir })
  const found = []
  for await (const finding of verifyStorage(storage, totals)) found.push(finding)
  await storage.close()
  return found
}

/** Inverts a byte of the second chunk. */
function flip(at: number): void {
  const log = new Sqlite(join(dataDir, 'log.db'))
  const read = log.prepare('SELECT bytes FROM chunk WHERE base_offset = 4').pluck()
  const bytes = read.get()
  if (!Buffer.isBuffer(bytes)) throw new Error('The chunk is not there')
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at)
  log.prepare('UPDATE chunk SET bytes = ? WHERE base_offset = 4').run(bytes)
  log.close()
}

function change(statement: string): void {
  const log = new Sqlite(join(dataDir, 'log.db'))
  log.exec(statement)
  log.close()
}
