import { describe, expect, test } from 'vitest'
import type { StorageUnderTest } from '../contract.ts'
import type { ChunkInfo, ChunkWrite } from '../storage.ts'
import { bytesOf, chunk, plainBytes, writeOf } from './fixtures.ts'

/** What every log must do. `subject` is empty at the beginning of each test. */
export function logContract(subject: StorageUnderTest): void {
  const log = () => subject.storage().log

  describe('writing and reading', () => {
    test('a log never written to is empty', async () => {
      expect(await log().load()).toEqual([])
      expect(await log().read(1, 0, 1000)).toEqual([])
      expect(await log().list(1, 0, 10)).toEqual([])
      expect(await log().findByTimestamp(1, 0)).toBeNull()
      expect(await log().findMaxTimestamp(1)).toBeNull()
    })

    test('bytes come back as they were written', async () => {
      const written = chunk(1, 0, 5)
      await log().write(writeOf([written]))
      const [read] = await log().read(1, 0, 1)
      expect(read).toEqual({ ...infoOf(written), bytes: expect.anything() })
      expect(plainBytes(read?.bytes ?? new Uint8Array(0))).toEqual(plainBytes(written.bytes))
    })

    test('reading begins at the chunk that holds the offset, or the next after it', async () => {
      // A gap, as compaction or a truncated end would leave one.
      await log().write(writeOf([chunk(1, 10, 20), chunk(1, 20, 30), chunk(1, 40, 50)]))
      await log().write(writeOf([chunk(2, 0, 100)]))
      const baseOffsets = async (offset: number) =>
        (await log().read(1, offset, 10_000)).map((read) => read.baseOffset)
      expect(await baseOffsets(0)).toEqual([10, 20, 40])
      expect(await baseOffsets(10)).toEqual([10, 20, 40])
      expect(await baseOffsets(19)).toEqual([10, 20, 40])
      expect(await baseOffsets(20)).toEqual([20, 40])
      expect(await baseOffsets(35)).toEqual([40])
      expect(await baseOffsets(49)).toEqual([40])
      expect(await baseOffsets(50)).toEqual([])
    })

    test('one chunk is read whatever its size, more while their sum stays within the limit', async () => {
      await log().write(writeOf([chunk(1, 0, 10), chunk(1, 10, 20), chunk(1, 20, 30)]))
      const count = async (maxBytes: number) => (await log().read(1, 0, maxBytes)).length
      expect(await count(0)).toBe(1)
      expect(await count(100)).toBe(1)
      expect(await count(199)).toBe(1)
      expect(await count(200)).toBe(2)
      expect(await count(1000)).toBe(3)
    })

    test('hundreds of small chunks are read at once', async () => {
      const chunks = Array.from({ length: 300 }, (_, index) => chunk(1, index, index + 1))
      await log().write(writeOf(chunks))
      expect(await log().read(1, 0, 1_000_000)).toHaveLength(300)
      expect(await log().read(1, 0, 2570)).toHaveLength(257)
      expect((await log().read(1, 128, 1_000_000))[0]?.baseOffset).toBe(128)
    })

    test('a chunk of many megabytes is written and read whole', async () => {
      const bytes = bytesOf(3, 9 * 1024 * 1024)
      await log().write(writeOf([chunk(1, 0, 5, { bytes })]))
      const [read] = await log().read(1, 0, 1)
      expect(Buffer.compare(read?.bytes ?? new Uint8Array(0), bytes)).toBe(0)
    })

    test('offsets and times go up to 2^53', async () => {
      const last = Number.MAX_SAFE_INTEGER
      const written = chunk(1, last - 2, last, {
        maxTimestampMs: last,
        runningMaxTimestampMs: last,
      })
      await log().write(writeOf([{ ...written, bytes: bytesOf(0, 20), sizeBytes: 20 }]))
      expect((await log().load())[0]).toMatchObject({ nextOffset: last })
      expect(await log().findByTimestamp(1, last)).toMatchObject({ baseOffset: last - 2 })
    })

    test('calls are carried out in the order in which they are made', async () => {
      const writes = Array.from({ length: 50 }, (_, index) =>
        log().write(writeOf([chunk(1, index * 10, index * 10 + 10)])),
      )
      const read = await log().read(1, 0, 1_000_000)
      expect(read).toHaveLength(50)
      await Promise.all(writes)
    })

    test('what was handed to a write is still the caller’s afterwards', async () => {
      const written = chunk(1, 0, 5, { producers: bytesOf(1, 10) })
      const bytes = plainBytes(written.bytes)
      await log().write(writeOf([written]))
      expect(plainBytes(written.bytes)).toEqual(bytes)
      expect(written.producers).toHaveLength(10)
    })
  })

  describe('refusing', () => {
    test('a chunk that overlaps, goes back, or lacks its row is refused with all of its write', async () => {
      await log().write(writeOf([chunk(1, 0, 10)]))
      const good = chunk(2, 0, 10)
      const refused: ChunkWrite[] = [chunk(1, 0, 10), chunk(1, 9, 12), chunk(1, 10, 10)]
      for (const bad of refused) {
        await expect(log().write(writeOf([good, bad]))).rejects.toMatchObject({
          code: 'CONSTRAINT',
        })
      }
      const orphan = { ...writeOf([good]), chunks: [good, chunk(3, 0, 10)] }
      await expect(log().write(orphan)).rejects.toMatchObject({ code: 'CONSTRAINT' })
      expect(await log().read(2, 0, 1000)).toEqual([])
      expect((await log().load()).map((row) => row.partitionId)).toEqual([1])
      await log().write(writeOf([chunk(1, 10, 12)]))
    })

    test('a row never goes back, nor ends before its chunks', async () => {
      await log().write(writeOf([chunk(1, 0, 10)], { logStartOffset: 5 }))
      const row = { partitionId: 1, logStartOffset: 5, nextOffset: 10, sizeBytes: 0 }
      for (const bad of [{ nextOffset: 9 }, { logStartOffset: 4 }]) {
        const write = { chunks: [], partitions: [{ ...row, ...bad }] }
        await expect(log().write(write)).rejects.toMatchObject({ code: 'CONSTRAINT' })
        await expect(log().truncateBefore({ ...row, ...bad })).rejects.toMatchObject({
          code: 'CONSTRAINT',
        })
      }
      const short = writeOf([chunk(1, 10, 20)], { logStartOffset: 5, nextOffset: 15 })
      await expect(log().write(short)).rejects.toMatchObject({ code: 'CONSTRAINT' })
    })

    test('a closed storage refuses every call', async () => {
      const { catalogue, log: closed } = subject.storage()
      await subject.storage().close()
      await expect(closed.load()).rejects.toMatchObject({ code: 'CLOSED' })
      await expect(catalogue.load()).rejects.toMatchObject({ code: 'CLOSED' })
      await subject.storage().close()
    })
  })

  describe('truncating', () => {
    test('deletes the chunks wholly below the new start, and counts what is left', async () => {
      await log().write(writeOf([chunk(1, 0, 10), chunk(1, 10, 20), chunk(1, 20, 30)]))
      await log().write(writeOf([chunk(2, 0, 10)]))
      const update = { partitionId: 1, logStartOffset: 15, nextOffset: 30 }
      expect(await log().truncateBefore(update)).toBe(200)
      expect((await log().list(1, 0, 10)).map((info) => info.baseOffset)).toEqual([10, 20])
      expect(await log().list(1, 0, 1)).toHaveLength(1)
      expect(await log().list(2, 0, 10)).toHaveLength(1)
      expect((await log().load()).find((row) => row.partitionId === 1)).toMatchObject({
        logStartOffset: 15,
        nextOffset: 30,
        sizeBytes: 200,
      })
    })

    test('offsets never go back when a log is empty', async () => {
      await log().write(writeOf([chunk(1, 0, 10)]))
      expect(
        await log().truncateBefore({ partitionId: 1, logStartOffset: 10, nextOffset: 10 }),
      ).toBe(0)
      await subject.reopen()
      expect(await log().read(1, 0, 1000)).toEqual([])
      expect(await log().load()).toEqual([
        {
          partitionId: 1,
          logStartOffset: 10,
          nextOffset: 10,
          sizeBytes: 0,
          runningMaxTimestampMs: -1,
          snapshot: null,
          producers: [],
          compaction: { cleanOffset: 0, tombstonesDueMs: null },
        },
      ])
      await expect(log().write(writeOf([chunk(1, 0, 5)]))).rejects.toMatchObject({
        code: 'CONSTRAINT',
      })
    })

    test('a partition never written to can be given a start', async () => {
      const update = { partitionId: 7, logStartOffset: 3, nextOffset: 3 }
      expect(await log().truncateBefore(update)).toBe(0)
      expect((await log().load())[0]).toMatchObject({ ...update, sizeBytes: 0 })
    })
  })

  describe('times', () => {
    test('the first chunk with a record at or after a time is found, though times go back', async () => {
      await log().write(writeOf(timed([5, 9, 3, 9, 12])))
      const found = async (timestampMs: number) =>
        (await log().findByTimestamp(1, timestampMs))?.baseOffset ?? null
      expect(await found(-1)).toBe(0)
      expect(await found(5)).toBe(0)
      expect(await found(6)).toBe(10)
      expect(await found(9)).toBe(10)
      expect(await found(10)).toBe(40)
      expect(await found(13)).toBeNull()
      expect((await log().findMaxTimestamp(1))?.baseOffset).toBe(40)
    })

    test('the largest time is that of the first chunk that has it', async () => {
      await log().write(writeOf(timed([5, 9, 3, 9, 1])))
      expect((await log().findMaxTimestamp(1))?.baseOffset).toBe(10)
    })

    test('a deleted chunk’s time is not found any more', async () => {
      await log().write(writeOf(timed([100, 5, 7, 6])))
      await log().truncateBefore({ partitionId: 1, logStartOffset: 10, nextOffset: 40 })
      expect(await log().findByTimestamp(1, 6)).toMatchObject({ baseOffset: 20 })
      expect(await log().findByTimestamp(1, 8)).toBeNull()
      expect(await log().findMaxTimestamp(1)).toMatchObject({ baseOffset: 20 })
    })
  })

  describe('start-up', () => {
    test('loads snapshots, and the producer entries of the chunks after them', async () => {
      const entries = [bytesOf(1, 5), bytesOf(2, 6), new Uint8Array(0), bytesOf(3, 7)]
      const chunks = entries.map((producers, index) =>
        chunk(1, index * 10, index * 10 + 10, { producers }),
      )
      await log().write(writeOf(chunks))
      await subject.reopen()
      expect((await log().load())[0]?.producers.map(plainBytes)).toEqual(
        [entries[0], entries[1], entries[3]].map((bytes) => plainBytes(bytes ?? bytesOf(0, 0))),
      )
      const snapshot = { offset: 10, bytes: bytesOf(9, 100) }
      const row = { partitionId: 1, logStartOffset: 0, nextOffset: 40, sizeBytes: 400 }
      await log().write({ chunks: [], partitions: [{ ...row, snapshot }] })
      await log().write({ chunks: [], partitions: [row] })
      await subject.reopen()
      const [loaded] = await log().load()
      expect(loaded?.snapshot?.offset).toBe(10)
      expect(plainBytes(loaded?.snapshot?.bytes ?? bytesOf(0, 0))).toEqual(
        plainBytes(snapshot.bytes),
      )
      expect(loaded?.producers.map((bytes) => bytes.length)).toEqual([6, 7])
      expect(loaded).toMatchObject({ ...row, runningMaxTimestampMs: 40 })
    })

    test('a snapshot within a chunk keeps that chunk’s entries', async () => {
      const producers = bytesOf(1, 5)
      await log().write(
        writeOf([chunk(1, 0, 10, { producers }), chunk(1, 10, 20, { producers })], {
          snapshot: { offset: 15, bytes: bytesOf(0, 1) },
        }),
      )
      expect((await log().load())[0]?.producers).toHaveLength(1)
    })
  })

  describe('sweeping', () => {
    test('deletes the chunks of unknown partitions in slices, and their rows', async () => {
      for (const partitionId of [1, 2, 3, 4]) {
        const chunks = Array.from({ length: 5 }, (_, index) =>
          chunk(partitionId, index * 10, index * 10 + 10),
        )
        await log().write(writeOf(chunks, { snapshot: { offset: 50, bytes: bytesOf(1, 1) } }))
      }
      await log().truncateBefore({ partitionId: 4, logStartOffset: 50, nextOffset: 50 })
      const slices: number[] = []
      for (let deleted = -1; deleted !== 0; ) {
        deleted = await log().sweep([2, 99], 4)
        slices.push(deleted)
      }
      expect(slices).toEqual([4, 4, 2, 0])
      const loaded = await log().load()
      expect(loaded.map((row) => row.partitionId)).toEqual([2])
      expect(await log().read(1, 0, 1000)).toEqual([])
      expect(await log().read(2, 0, 1000)).toHaveLength(5)
    })

    test('a vacuum ends with no page free', async () => {
      const bytes = bytesOf(1, 1024 * 1024)
      for (let index = 0; index < 8; index++) {
        await log().write(writeOf([chunk(1, index * 10, index * 10 + 10, { bytes })]))
      }
      await log().sweep([], 100)
      let free = Number.POSITIVE_INFINITY
      for (let steps = 0; free > 0 && steps < 100; steps++) free = await log().vacuum(32)
      expect(free).toBe(0)
      await log().write(writeOf([chunk(1, 0, 10)]))
      expect(await log().read(1, 0, 1000)).toHaveLength(1)
    })

    test('space is used by what is stored, and by nothing once it is swept and given back', async () => {
      const before = await log().space()
      const bytes = bytesOf(1, 1024 * 1024)
      await log().write(writeOf([chunk(1, 0, 10, { bytes, sizeBytes: bytes.length })]))
      await log().checkpoint()
      const used = (await log().space()).usedBytes - before.usedBytes
      expect(used).toBeGreaterThanOrEqual(bytes.length)
      expect(await log().read(1, 0, 1000)).toHaveLength(1)
      await log().sweep([], 100)
      const { freeBytes, pageBytes } = await log().space()
      await log().vacuum(freeBytes / pageBytes)
      await log().checkpoint()
      const after = await log().space()
      expect(after.usedBytes).toBe(before.usedBytes)
      expect(after.freeBytes).toBe(0)
    })
  })
}

/** One chunk of ten offsets per time. */
function timed(timesMs: readonly number[]): ChunkWrite[] {
  let runningMaxTimestampMs = -1
  return timesMs.map((maxTimestampMs, index) => {
    runningMaxTimestampMs = Math.max(runningMaxTimestampMs, maxTimestampMs)
    return chunk(1, index * 10, index * 10 + 10, { maxTimestampMs, runningMaxTimestampMs })
  })
}

function infoOf({ producers, bytes, runningMaxTimestampMs, ...info }: ChunkWrite): ChunkInfo {
  return info
}
