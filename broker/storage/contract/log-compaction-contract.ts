import { describe, expect, test } from 'vitest'
import type { StorageUnderTest } from '../contract.ts'
import type { Chunk, ChunkReplacement } from '../storage.ts'
import { bytesOf, chunk, plainBytes, writeOf } from './fixtures.ts'

/** What compaction needs of every log. `subject` is empty at the beginning of each test. */
export function logCompactionContract(subject: StorageUnderTest): void {
  const log = () => subject.storage().log
  const row = async (partitionId: number) =>
    (await log().load()).find((loaded) => loaded.partitionId === partitionId)

  describe('replacing chunks', () => {
    test('puts new chunks in the place of old ones, and moves no offset', async () => {
      await log().write(writeOf([chunk(1, 0, 10), chunk(1, 10, 20), chunk(1, 20, 30)]))
      await log().write(writeOf([chunk(2, 0, 10)]))
      const replacement = {
        partitionId: 1,
        baseOffset: 0,
        nextOffset: 20,
        chunks: [left(0, 20, 7)],
      }
      expect(await log().replaceChunks(replacement)).toBe(107)
      await subject.reopen()
      const read = await log().read(1, 0, 10_000)
      expect(read.map(({ baseOffset, nextOffset }) => [baseOffset, nextOffset])).toEqual([
        [0, 20],
        [20, 30],
      ])
      expect(plainBytes(read[0]?.bytes ?? bytesOf(0, 0))).toEqual(plainBytes(left(0, 20, 7).bytes))
      expect(await row(1)).toMatchObject({ logStartOffset: 0, nextOffset: 30, sizeBytes: 107 })
      expect(await row(2)).toMatchObject({ sizeBytes: 100 })
      await log().write(writeOf([chunk(1, 30, 31)], { sizeBytes: 117 }))
      expect((await log().read(1, 25, 10_000)).map((one) => one.baseOffset)).toEqual([20, 30])
    })

    test('leaves nothing where no chunk takes their place', async () => {
      await log().write(writeOf([chunk(1, 0, 10), chunk(1, 10, 20), chunk(1, 20, 30)]))
      const replacement = { partitionId: 1, baseOffset: 10, nextOffset: 20, chunks: [] }
      expect(await log().replaceChunks(replacement)).toBe(200)
      expect((await log().list(1, 10, 9)).map((info) => info.baseOffset)).toEqual([20])
      expect((await log().read(1, 12, 1)).map((one) => one.baseOffset)).toEqual([20])
    })

    test('keeps searches by time right', async () => {
      const times = [5, 90, 7, 40]
      let runningMaxTimestampMs = -1
      const chunks = times.map((maxTimestampMs, index) => {
        runningMaxTimestampMs = Math.max(runningMaxTimestampMs, maxTimestampMs)
        return chunk(1, index * 10, index * 10 + 10, { maxTimestampMs, runningMaxTimestampMs })
      })
      await log().write(writeOf(chunks))
      await log().replaceChunks({
        partitionId: 1,
        baseOffset: 10,
        nextOffset: 30,
        chunks: [
          { ...left(10, 20, 3), maxTimestampMs: 6 },
          { ...left(20, 30, 3), maxTimestampMs: 7 },
        ],
      })
      const found = async (timestampMs: number) =>
        (await log().findByTimestamp(1, timestampMs))?.baseOffset ?? null
      expect(await found(5)).toBe(0)
      expect(await found(6)).toBe(10)
      expect(await found(7)).toBe(20)
      expect(await found(8)).toBe(30)
      expect(await found(41)).toBeNull()
      expect((await log().findMaxTimestamp(1))?.baseOffset).toBe(30)
    })

    test('drops producer entries only where a snapshot includes them', async () => {
      const producers = bytesOf(1, 5)
      await log().write(writeOf([chunk(1, 0, 10, { producers }), chunk(1, 10, 20, { producers })]))
      const replace = (snapshotOffset?: number) =>
        log().replaceChunks({
          partitionId: 1,
          baseOffset: 0,
          nextOffset: 10,
          chunks: [left(0, 10, 1)],
          ...(snapshotOffset !== undefined && {
            snapshot: { offset: snapshotOffset, bytes: bytesOf(2, 2) },
          }),
        })
      await expect(replace()).rejects.toMatchObject({ code: 'CONSTRAINT' })
      await expect(replace(9)).rejects.toMatchObject({ code: 'CONSTRAINT' })
      expect((await row(1))?.producers).toHaveLength(2)
      await replace(10)
      const loaded = await row(1)
      expect(loaded?.snapshot?.offset).toBe(10)
      expect(loaded?.producers).toHaveLength(1)
    })

    test('refuses what does not fit, and changes nothing', async () => {
      await log().write(writeOf([chunk(1, 0, 10), chunk(1, 10, 20), chunk(1, 25, 30)]))
      const refused: Omit<ChunkReplacement, 'partitionId'>[] = [
        { baseOffset: 5, nextOffset: 20, chunks: [] },
        { baseOffset: 0, nextOffset: 15, chunks: [] },
        { baseOffset: 20, nextOffset: 25, chunks: [] },
        { baseOffset: 25, nextOffset: 31, chunks: [] },
        { baseOffset: 0, nextOffset: 10, chunks: [left(0, 11, 1)] },
        { baseOffset: 10, nextOffset: 20, chunks: [left(9, 20, 1)] },
        { baseOffset: 0, nextOffset: 20, chunks: [left(0, 10, 1), left(9, 20, 1)] },
        { baseOffset: 0, nextOffset: 10, chunks: [left(3, 3, 1)] },
      ]
      for (const bad of refused) {
        const replacing = log().replaceChunks({ partitionId: 1, ...bad })
        await expect(replacing, JSON.stringify(bad)).rejects.toMatchObject({ code: 'CONSTRAINT' })
      }
      const unknown = { partitionId: 9, baseOffset: 0, nextOffset: 10, chunks: [] }
      await expect(log().replaceChunks(unknown)).rejects.toMatchObject({ code: 'CONSTRAINT' })
      expect((await log().list(1, 0, 9)).map((info) => info.sizeBytes)).toEqual([100, 100, 50])
      expect((await row(1))?.sizeBytes).toBe(250)
    })
  })

  test('a mark survives writes and truncation, and goes with its partition', async () => {
    await log().write(writeOf([chunk(1, 0, 10), chunk(1, 10, 20)]))
    await log().putCompaction(1, { cleanOffset: 10, tombstonesDueMs: 1_700_000_000_000 })
    await log().putCompaction(7, { cleanOffset: 10, tombstonesDueMs: 5 })
    await log().write(writeOf([chunk(1, 20, 30)], { sizeBytes: 300 }))
    await log().truncateBefore({ partitionId: 1, logStartOffset: 10, nextOffset: 30 })
    await subject.reopen()
    const mark = { cleanOffset: 10, tombstonesDueMs: 1_700_000_000_000 }
    expect((await log().load()).map(({ compaction }) => compaction)).toEqual([mark])
    await log().putCompaction(1, { cleanOffset: 30, tombstonesDueMs: null })
    expect((await row(1))?.compaction).toEqual({ cleanOffset: 30, tombstonesDueMs: null })
    while ((await log().sweep([], 100)) > 0);
    await log().write(writeOf([chunk(1, 0, 10)]))
    expect((await row(1))?.compaction).toEqual({ cleanOffset: 0, tombstonesDueMs: null })
  })
}

/** What is left of the offsets from `baseOffset` to before `nextOffset`, in memory of its own. */
function left(baseOffset: number, nextOffset: number, sizeBytes: number): Chunk {
  const bytes = bytesOf(baseOffset + 100, sizeBytes)
  return { partitionId: 1, baseOffset, nextOffset, maxTimestampMs: nextOffset, sizeBytes, bytes }
}
