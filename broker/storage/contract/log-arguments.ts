import fc from 'fast-check'
import type {
  ChunkInfo,
  ChunkReplacement,
  ChunkWrite,
  LogWrite,
  ProducerSnapshot,
} from '../storage.ts'
import { bytesOf, writeOf } from './fixtures.ts'
import { type LogModel, sum } from './log-model.ts'

// What operations on a log are asked with: what is drawn by chance, and what that means where the log
// stands. A flaw makes of it what storage has to refuse, but for those that are said to be none.

/** The partitions that operations are about. */
export const PARTITIONS = [1, 2, 3, 4]

export const partition = fc.constantFrom(...PARTITIONS)
/** In hundredths of the log's end: beyond it too. */
export const place = fc.integer({ min: 0, max: 110 })
export const time = fc.integer({ min: -1, max: 50 })
/** Now and then so large that deleting it frees pages. */
const size = fc.oneof(
  { weight: 15, arbitrary: fc.integer({ min: 1, max: 300 }) },
  { weight: 1, arbitrary: fc.integer({ min: 100_000, max: 200_000 }) },
)

/** None mostly; else one of these. */
function flawed<Flaw extends string>(...flaws: readonly Flaw[]) {
  return fc.oneof(
    { weight: 5, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(...flaws) },
  )
}

/** What is written: of each chunk its partition, and how it continues that partition's log. */
export const write = fc.record({
  pieces: fc.array(
    fc.record({
      partition,
      gap: fc.constantFrom(0, 0, 0, 3),
      count: fc.integer({ min: 1, max: 12 }),
      size,
      timeMs: time,
      producers: fc.constantFrom(0, 8, 24),
      snapshot: fc.constantFrom(null, null, 'before', 'within'),
    }),
    { minLength: 1, maxLength: 8 },
  ),
  /** How far the first partition's log start goes on, within its first chunk. */
  startsLaterBy: fc.constantFrom(0, 0, 0, 0, 1, 7),
  flaw: flawed(
    ...(['overlap', 'empty chunk', 'row missing', 'row short', 'start back'] as const),
    // A row may say more than its chunks do.
    ...(['row long', 'no chunks'] as const),
  ),
})

/** What compaction leaves of some chunks: each is kept, dropped, or put together with the one before. */
export const replacement = fc.record({
  partition,
  skip: fc.nat(),
  take: fc.nat(),
  left: fc.array(fc.constantFrom('keep', 'drop', 'merge', 'merge'), { minLength: 1, maxLength: 6 }),
  isWide: fc.boolean(),
  timeMs: time,
  snapshot: fc.constantFrom('at the end', 'at the end', 'too early', 'none'),
  flaw: flawed('cut at start', 'cut at end', 'beyond', 'reversed', 'outside', 'overlap', 'younger'),
})

export const truncation = fc.record({
  partition,
  target: place,
  snapshot: fc.boolean(),
  flaw: flawed('start back', 'end back', 'end further'),
})

/** A snapshot of whatever producers there are below `offset`. */
export function snapshotAt(offset: number): ProducerSnapshot {
  return { offset, bytes: bytesOf(offset, 9) }
}

export function infoOf(chunk: ChunkInfo): ChunkInfo {
  const { partitionId, baseOffset, nextOffset, maxTimestampMs, sizeBytes } = chunk
  return { partitionId, baseOffset, nextOffset, maxTimestampMs, sizeBytes }
}

export function offsetAt(model: LogModel, partitionId: number, hundredths: number): number {
  return Math.floor(((model.rows.get(partitionId)?.nextOffset ?? 0) * hundredths) / 100)
}

/** The next write of a log, or one that has to be refused. */
export function flawedWrite(
  model: LogModel,
  { pieces, startsLaterBy, flaw }: ValueOf<typeof write>,
): LogWrite {
  const { chunks, partitions: next } = nextWrite(model, pieces)
  const partitions = next.map((row, index) => {
    const first = [...model.of(row.partitionId), ...chunks].find(
      (chunk) => chunk.partitionId === row.partitionId,
    )
    const latest = Math.max(row.logStartOffset, (first?.nextOffset ?? 0) - 1)
    const later = row.logStartOffset + (index === 0 ? startsLaterBy : 0)
    return { ...row, logStartOffset: Math.min(later, latest) }
  })
  const [firstRow, ...rows] = partitions
  const [first, ...rest] = chunks
  if (first === undefined || firstRow === undefined) return { chunks, partitions }
  const stored = model.of(firstRow.partitionId)
  switch (flaw) {
    case 'overlap':
      return { chunks: [{ ...first, baseOffset: first.baseOffset - 1 }, ...rest], partitions }
    case 'empty chunk':
      return { chunks: [{ ...first, nextOffset: first.baseOffset }, ...rest], partitions }
    case 'row missing':
      return { chunks, partitions: rows }
    case 'row short':
      return { chunks, partitions: [{ ...firstRow, nextOffset: firstRow.nextOffset - 1 }, ...rows] }
    case 'start back': {
      const logStartOffset = (model.rows.get(firstRow.partitionId)?.logStartOffset ?? 0) - 1
      return { chunks, partitions: [{ ...firstRow, logStartOffset }, ...rows] }
    }
    case 'row long':
      return { chunks, partitions: [{ ...firstRow, nextOffset: firstRow.nextOffset + 2 }, ...rows] }
    case 'no chunks':
      return { chunks: [], partitions: [{ ...firstRow, sizeBytes: sum(stored) }] }
    case null:
      return { chunks, partitions }
  }
}

function nextWrite(model: LogModel, pieces: ValueOf<typeof write>['pieces']): LogWrite {
  const chunks: ChunkWrite[] = []
  for (const { partition: partitionId, gap, count, size: sizeBytes, timeMs, producers } of pieces) {
    const last = chunks.findLast((chunk) => chunk.partitionId === partitionId)
    const end = last?.nextOffset ?? model.rows.get(partitionId)?.nextOffset ?? 0
    const beforeMs =
      last?.runningMaxTimestampMs ??
      model.writersMaxMs.get(partitionId) ??
      model.of(partitionId).at(-1)?.runningMaxTimestampMs ??
      -1
    chunks.push({
      partitionId,
      baseOffset: end + gap,
      nextOffset: end + gap + count,
      maxTimestampMs: timeMs,
      runningMaxTimestampMs: Math.max(beforeMs, timeMs),
      sizeBytes,
      bytes: bytesOf(end, sizeBytes),
      producers: bytesOf(end, producers),
    })
  }
  const partitions = writeOf(chunks).partitions.map((row) => {
    const { partitionId, nextOffset } = row
    const due = pieces.find((piece) => piece.partition === partitionId && piece.snapshot !== null)
    // A log takes it before it knows of what it is writing; any other place is right as well.
    const before = model.rows.get(partitionId)?.nextOffset ?? 0
    const at = due?.snapshot === 'within' ? Math.floor((before + nextOffset) / 2) : before
    return {
      ...row,
      logStartOffset: model.rows.get(partitionId)?.logStartOffset ?? 0,
      sizeBytes: row.sizeBytes + sum(model.of(partitionId)),
      ...(due !== undefined && { snapshot: snapshotAt(at) }),
    }
  })
  return { chunks, partitions }
}

/** Null where there is no chunk to replace. */
export function flawedReplacement(
  model: LogModel,
  args: ValueOf<typeof replacement>,
): ChunkReplacement | null {
  const stored = model.of(args.partition)
  const from = args.skip % Math.max(1, stored.length)
  const replaced = stored.slice(from, from + 1 + (args.take % Math.max(1, stored.length)))
  const [first] = replaced
  const last = replaced.at(-1)
  const end = model.rows.get(args.partition)?.nextOffset
  if (first === undefined || last === undefined || end === undefined) return null
  const sound: ChunkReplacement = {
    partitionId: args.partition,
    // A range may reach into the gaps around it.
    baseOffset: args.isWide ? (stored[from - 1]?.nextOffset ?? 0) : first.baseOffset,
    nextOffset: args.isWide ? (stored[from + replaced.length]?.baseOffset ?? end) : last.nextOffset,
    chunks: whatIsLeft(replaced, args),
    ...(args.snapshot === 'at the end' && { snapshot: snapshotAt(end) }),
    ...(args.snapshot === 'too early' && { snapshot: snapshotAt(last.nextOffset - 1) }),
  }
  switch (args.flaw) {
    case 'cut at start':
      return { ...sound, baseOffset: first.baseOffset + 1 }
    case 'cut at end':
      return { ...sound, nextOffset: last.nextOffset - 1 }
    case 'beyond':
      return { ...sound, nextOffset: end + 1 }
    case 'reversed':
      return { ...sound, baseOffset: last.nextOffset, nextOffset: first.baseOffset }
    case 'outside':
      return { ...sound, chunks: sound.chunks.map((one) => ({ ...one, nextOffset: end + 1 })) }
    case 'overlap':
      return { ...sound, chunks: [...sound.chunks, ...structuredClone(sound.chunks)] }
    case 'younger':
      return { ...sound, chunks: sound.chunks.map((one) => ({ ...one, maxTimestampMs: 51 })) }
    case null:
      return sound
  }
}

function whatIsLeft(
  replaced: readonly ChunkWrite[],
  { left, timeMs }: ValueOf<typeof replacement>,
): ChunkReplacement['chunks'] {
  const chunks: ChunkInfo[] = []
  for (const [index, chunk] of replaced.entries()) {
    const what = left[index % left.length]
    if (what === 'drop') continue
    const before = what === 'merge' ? chunks.pop() : undefined
    const maxTimestampMs = Math.min(timeMs, chunk.maxTimestampMs)
    chunks.push({
      ...infoOf(chunk),
      baseOffset: before?.baseOffset ?? chunk.baseOffset,
      maxTimestampMs: Math.max(before?.maxTimestampMs ?? -1, maxTimestampMs),
      sizeBytes: (before?.sizeBytes ?? 0) + 1 + index,
    })
  }
  return chunks.map((chunk) => ({ ...chunk, bytes: bytesOf(chunk.baseOffset, chunk.sizeBytes) }))
}

export function flawedTruncation(model: LogModel, args: ValueOf<typeof truncation>) {
  const row = model.rows.get(args.partition)
  const end = row?.nextOffset ?? 0
  const nextOffset =
    args.flaw === 'end back' ? end - 1 : args.flaw === 'end further' ? end + 5 : end
  const start = row?.logStartOffset ?? 0
  const target = offsetAt(model, args.partition, args.target)
  const logStartOffset =
    args.flaw === 'start back' ? start - 1 : Math.max(start, Math.min(target, end))
  return {
    partitionId: args.partition,
    logStartOffset,
    nextOffset,
    ...(args.snapshot && { snapshot: snapshotAt(nextOffset) }),
  }
}

type ValueOf<A> = A extends fc.Arbitrary<infer Value> ? Value : never
