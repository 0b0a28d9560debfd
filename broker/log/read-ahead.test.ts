import { expect, it } from 'vitest'
import type { PartitionLog } from './partition-log.ts'
import { batchOf, DEFAULT_LOG_CONFIG, granted, openLogs, readAll } from './testing/open-log.ts'

/** What clients ask of a partition at once (Java's `max.partition.fetch.bytes`). */
const maxBytes = 1_048_576

/** Logs of so many partitions, none of which is in memory: each of 200 batches of 20 kB. */
async function writtenLogs(
  partitionCount: number,
  { cacheBytes }: { readonly cacheBytes?: number } = {},
) {
  const writing = await openLogs()
  for (let partitionId = 1; partitionId <= partitionCount; partitionId++) {
    const log = writing.logs.open(partitionId, () => DEFAULT_LOG_CONFIG)
    await Promise.all(
      Array.from({ length: 200 }, (_, batch) =>
        log.append(batchOf({ values: [valueAt(partitionId, batch)] })),
      ),
    )
  }
  await writing.logs.close()
  const { storage } = writing
  const read = storage.read
  let readBytes = 0
  storage.read = async (...place) => {
    const chunks = await read(...place)
    readBytes += chunks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    return chunks
  }
  const { logs } = await openLogs({ storage }, cacheBytes)
  const readers = Array.from({ length: partitionCount }, (_, index) =>
    logs.open(index + 1, () => DEFAULT_LOG_CONFIG),
  )
  return { readers, readBytes: () => readBytes }
}

function valueAt(partitionId: number, batch: number): string {
  return `${partitionId}:${batch};`.repeat(3000)
}

/** Everything that storage was asked for has come. */
async function untilRead(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
}

/** All readers go through their partitions side by side; resolves with how many reads had to wait. */
async function waitsOf(readers: readonly PartitionLog[]): Promise<number> {
  const positions = new Map(readers.map((log) => [log, 0]))
  let waits = 0
  while (positions.size > 0) {
    for (const [log, offset] of positions) {
      const options = { maxBytes, atLeastOneBatch: true }
      let slice = granted(await log.read(offset, { ...options, mayWait: false }))
      if (slice.sizeBytes === 0) {
        waits += 1
        slice = granted(await log.read(offset, options))
      }
      slice.release()
      if (slice.nextOffset < log.highWatermark) positions.set(log, slice.nextOffset)
      else positions.delete(log)
    }
    await untilRead()
  }
  return waits
}

it('readers of twelve partitions wait for storage once each', async () => {
  const { readers } = await writtenLogs(12)
  expect(await waitsOf(readers)).toBe(12)
})

it('what was read ahead is read before it has to leave, however many readers there are', async () => {
  const { readers, readBytes } = await writtenLogs(8, { cacheBytes: 6 * 1024 * 1024 })
  await waitsOf(readers)
  const storedBytes = readers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  // A chunk whose reader has not come to its end may have to leave, and is read again.
  expect(readBytes()).toBeLessThan(storedBytes * 1.5)
})

it('every byte is the one that was stored, whatever had to leave', async () => {
  const { readers } = await writtenLogs(3, { cacheBytes: 1024 * 1024 })
  for (const [index, log] of readers.entries()) {
    const values = (await readAll(log, 0, maxBytes)).map(({ value }) => value)
    expect(values).toEqual(Array.from({ length: 200 }, (_, batch) => valueAt(index + 1, batch)))
  }
})

it('readers at the tail are served while storage is stuck', async () => {
  const { storage, logs } = await openLogs()
  const log = logs.open(1, () => DEFAULT_LOG_CONFIG)
  await Promise.all([0, 1, 2].map((batch) => log.append(batchOf({ values: [valueAt(1, batch)] }))))
  storage.read = () => new Promise(() => {})
  storage.write = () => new Promise(() => {})
  void log.append(batchOf({ values: ['not stored'] }))
  expect(await readAll(log)).toHaveLength(3)
})
