import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { StorageUnderTest } from '../contract.ts'
import type {
  Chunk,
  ChunkInfo,
  ChunkReplacement,
  ChunkWrite,
  LogStore,
  LogWrite,
} from '../storage.ts'
import { bytesOf, writeOf } from './fixtures.ts'
import { LogModel, sum } from './log-model.ts'

/** Any sequence of operations answers as the model does. */
export function logProperties(subject: StorageUnderTest): void {
  test('any sequence of operations answers as a plain model does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(COMMANDS, { maxCommands: 40 }), async (commands) => {
        // Every run begins with an empty log in the same storage.
        while ((await subject.storage().log.sweep([], 1000)) > 0);
        await fc.asyncModelRun(() => ({ model: new LogModel(), real: subject }), commands)
      }),
      { numRuns: 40 },
    )
  }, 120_000)
}

type Command = fc.AsyncCommand<LogModel, StorageUnderTest>

/** A command that is always possible. */
function command(
  name: string,
  run: (model: LogModel, log: LogStore, subject: StorageUnderTest) => Promise<void>,
): Command {
  return {
    check: () => true,
    run: (model, subject) => run(model, subject.storage().log, subject),
    toString: () => name,
  }
}

const partition = fc.integer({ min: 1, max: 4 })
const place = fc.integer({ min: 0, max: 120 })
const time = fc.integer({ min: -1, max: 50 })

/** The chunks of a write, each by its partition and how it continues that partition's log. */
const pieces = fc.array(
  fc.record({
    partition,
    gap: fc.constantFrom(0, 0, 0, 3),
    count: fc.integer({ min: 1, max: 12 }),
    sizeBytes: fc.integer({ min: 1, max: 300 }),
    timeMs: time,
    producers: fc.constantFrom(0, 8, 24),
    snapshot: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
)

const COMMANDS = [
  pieces.map((some) =>
    command(`write ${JSON.stringify(some)}`, async (model, log) => {
      const write = nextWrite(model, some)
      await log.write(write)
      model.write(write)
    }),
  ),
  fc.tuple(partition, place, fc.integer({ min: 0, max: 900 })).map((args) =>
    command(`read ${args}`, async (model, log) => {
      expect((await log.read(...args)).map(plain)).toEqual(model.read(...args).map(chunkOf))
    }),
  ),
  fc.tuple(partition, place, fc.integer({ min: 0, max: 9 })).map((args) =>
    command(`list ${args}`, async (model, log) => {
      expect(await log.list(...args)).toEqual(model.list(...args).map(infoOf))
    }),
  ),
  fc
    .tuple(partition, fc.nat(), fc.nat(), fc.array(fc.boolean(), { maxLength: 6 }), time)
    .map((args) =>
      command(`replaceChunks ${args}`, async (model, log) => {
        const replacement = nextReplacement(model, ...args)
        if (replacement === null) return
        expect(await log.replaceChunks(structuredClone(replacement))).toBe(
          model.replace(replacement),
        )
      }),
    ),
  fc.tuple(partition, place, fc.option(time)).map(([partitionId, cleanOffset, tombstonesDueMs]) =>
    command(
      `putCompaction ${partitionId} ${cleanOffset} ${tombstonesDueMs}`,
      async (model, log) => {
        await log.putCompaction(partitionId, { cleanOffset, tombstonesDueMs })
        model.mark(partitionId, { cleanOffset, tombstonesDueMs })
      },
    ),
  ),
  fc.tuple(partition, time).map((args) =>
    command(`find ${args}`, async (model, log) => {
      const [partitionId] = args
      const byTimestamp = model.byTimestamp(...args)
      const largest = model.maxTimestamp(partitionId)
      expect(await log.findByTimestamp(...args)).toEqual(byTimestamp && infoOf(byTimestamp))
      expect(await log.findMaxTimestamp(partitionId)).toEqual(largest && infoOf(largest))
    }),
  ),
  fc.tuple(partition, place, fc.boolean()).map(([partitionId, target, withSnapshot]) =>
    command(`truncateBefore ${partitionId} ${target}`, async (model, log) => {
      const row = model.rows.get(partitionId)
      const nextOffset = row?.nextOffset ?? 0
      const logStartOffset = Math.max(row?.logStartOffset ?? 0, Math.min(target, nextOffset))
      const snapshot = { offset: nextOffset, bytes: bytesOf(nextOffset, 9) }
      const update = { partitionId, logStartOffset, nextOffset, ...(withSnapshot && { snapshot }) }
      expect(await log.truncateBefore(update)).toBe(model.truncate(update))
    }),
  ),
  fc.tuple(fc.subarray([1, 2, 3, 4]), fc.integer({ min: 1, max: 5 })).map(([known, limit]) =>
    command(`sweep ${known}`, async (model, log) => {
      for (let deleted = 1; deleted > 0; ) {
        deleted = await log.sweep(known, limit)
        expect(deleted).toBeLessThanOrEqual(limit)
      }
      model.sweep(known)
    }),
  ),
  fc.constant(
    command('vacuum', async (_model, log) => {
      expect(await log.vacuum(1000)).toBe(0)
    }),
  ),
  fc.constantFrom(true, false, false, false, false, false).map((reopened) =>
    command(`load ${reopened}`, async (model, _log, subject) => {
      if (reopened) await subject.reopen()
      const loaded = [...(await subject.storage().log.load())]
      loaded.sort((a, b) => a.partitionId - b.partitionId)
      const rows = [...model.rows.values()].sort((a, b) => a.partitionId - b.partitionId)
      expect(loaded.map(plain)).toEqual(
        rows.map((row) =>
          plain({
            ...row,
            snapshot: row.snapshot ?? null,
            runningMaxTimestampMs: model.runningMaxTimestampMs(row.partitionId),
            producers: model.producers(row.partitionId),
            compaction: model.compaction(row.partitionId),
          }),
        ),
      )
    }),
  ),
]

function nextWrite(model: LogModel, pieces: readonly Piece[]): LogWrite {
  const chunks: ChunkWrite[] = []
  for (const { partition: partitionId, gap, count, sizeBytes, timeMs, producers } of pieces) {
    const before = [...model.chunks, ...chunks].filter((chunk) => chunk.partitionId === partitionId)
    const end = Math.max(
      before.at(-1)?.nextOffset ?? 0,
      model.rows.get(partitionId)?.nextOffset ?? 0,
    )
    chunks.push({
      partitionId,
      baseOffset: end + gap,
      nextOffset: end + gap + count,
      maxTimestampMs: timeMs,
      runningMaxTimestampMs: Math.max(before.at(-1)?.runningMaxTimestampMs ?? -1, timeMs),
      sizeBytes,
      bytes: bytesOf(end, sizeBytes),
      producers: bytesOf(end, producers),
    })
  }
  const { partitions } = writeOf(chunks)
  return {
    chunks,
    partitions: partitions.map((row) => {
      const stored = model.chunks.filter((chunk) => chunk.partitionId === row.partitionId)
      const isSnapshotDue = pieces.some(
        (piece) => piece.partition === row.partitionId && piece.snapshot,
      )
      return {
        ...row,
        logStartOffset: model.rows.get(row.partitionId)?.logStartOffset ?? 0,
        sizeBytes: row.sizeBytes + sum(stored),
        ...(isSnapshotDue && {
          snapshot: { offset: row.nextOffset, bytes: bytesOf(row.nextOffset, 30) },
        }),
      }
    }),
  }
}

/** Some consecutive chunks of a partition, and what is left of each of them where that is anything. */
function nextReplacement(
  model: LogModel,
  partitionId: number,
  skip: number,
  take: number,
  left: readonly boolean[],
  timeMs: number,
): ChunkReplacement | null {
  const stored = model.chunks.filter((chunk) => chunk.partitionId === partitionId)
  const from = skip % Math.max(1, stored.length)
  const replaced = stored.slice(from, from + 1 + (take % Math.max(1, stored.length)))
  const [first] = replaced
  const last = replaced.at(-1)
  const nextOffset = model.rows.get(partitionId)?.nextOffset
  if (first === undefined || last === undefined || nextOffset === undefined) return null
  return {
    partitionId,
    baseOffset: first.baseOffset,
    nextOffset: last.nextOffset,
    chunks: replaced.flatMap((chunk, index) => {
      const sizeBytes = 1 + index
      const bytes = bytesOf(chunk.baseOffset + 1, sizeBytes)
      return left[index] ? [{ ...infoOf(chunk), maxTimestampMs: timeMs, sizeBytes, bytes }] : []
    }),
    snapshot: { offset: nextOffset, bytes: bytesOf(nextOffset, 5) },
  }
}

type Piece = {
  readonly partition: number
  readonly gap: number
  readonly count: number
  readonly sizeBytes: number
  readonly timeMs: number
  readonly producers: number
  readonly snapshot: boolean
}

function infoOf(chunk: ChunkInfo): ChunkInfo {
  const { partitionId, baseOffset, nextOffset, maxTimestampMs, sizeBytes } = chunk
  return { partitionId, baseOffset, nextOffset, maxTimestampMs, sizeBytes }
}

function chunkOf(chunk: Chunk): unknown {
  return plain({ ...infoOf(chunk), bytes: chunk.bytes })
}

/** Bytes as text, whatever kind of array carries them. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]))
}
