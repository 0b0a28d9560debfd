import { decompress } from '../../protocol/compression.ts'
import { DecodeError } from '../../protocol/decode-error.ts'
import {
  BATCH_HEADER_BYTES,
  type BatchHeader,
  baseOffsetAt,
  batchSizeAt,
  nextOffsetAt,
  readBatchHeader,
} from '../../protocol/record-batch.ts'
import { asBuffer } from '../../protocol/wire.ts'
import type { Chunk } from '../../storage/storage.ts'
import { type ChunkDamage, findChunkDamage } from '../chunk-damage.ts'
import { type CleanedBatch, cleanBatch, type DecodedBatch } from './clean-batch.ts'
import { type CleanedRange, RangeGatherer } from './cleaned-ranges.ts'
import { KeyOffsets } from './key-offsets.ts'
import { RecordSpans } from './record-spans.ts'

/**
 * One round over one partition: first it is shown the dirty chunks, of which it notes the last offset
 * of each key, then all chunks from the log's start on, of which it says what is left.
 *
 * Knows no storage and no log, so that it runs in this thread or in one of its own
 * (`cleaner-thread.ts`). Calls must not overlap.
 */
export interface Cleaner {
  /** Notes the keys of chunks from `fromOffset` on. Once it is full there is no room for more. */
  index(chunks: readonly Chunk[], fromOffset: number): Promise<IndexedPart>
  /** Cleans chunks up to `endOffset`. Gives the ranges of chunks that are finished by now. */
  clean(chunks: readonly Chunk[], endOffset: number): Promise<readonly CleanedRange[]>
  /** Gives the last range, and what was seen on the way. */
  finish(): Promise<FinishedRound>
  /** Lets go of its memory. */
  close(): Promise<void>
}

export interface IndexedPart {
  /** One past the last offset whose key is noted. */
  readonly endOffset: number
  readonly isFull: boolean
}

export interface FinishedRound {
  readonly ranges: readonly CleanedRange[]
  /** When the first of the tombstones that are left may go; null where none waits for that. */
  readonly tombstonesDueMs: number | null
  /** Bytes of all that was cleaned and is left. */
  readonly leftBytes: number
  /** What is damaged; the chunks that hold it were left as they are, and no tombstone behind is dated. */
  readonly damaged: readonly ChunkDamage[]
}

export interface CleanerRules {
  readonly nowMs: number
  /** `delete.retention.ms`. */
  readonly deleteRetentionMs: number
  /** The batch that ends here is left at least as a header, so that consumers get to the log's end. */
  readonly highWatermark: number
  /** For the keys of a round. */
  readonly indexBytesMax: number
}

export function createCleaner(rules: CleanerRules): Cleaner {
  const offsets = new KeyOffsets(rules.indexBytesMax)
  const gatherer = new RangeGatherer()
  const damaged: ChunkDamage[] = []
  let tombstonesDueMs: number | null = null
  /** Whether nothing with keys was left as it is. */
  let isPastClean = true
  /** Whether no batch was indexed yet. */
  let isFirst = true
  const cleaning = {
    ...rules,
    offsets,
    isPastClean: () => isPastClean,
    isLast: ({ baseOffset, lastOffsetDelta }: BatchHeader) =>
      baseOffset + lastOffsetDelta + 1 === rules.highWatermark,
  }

  /** Whether there was room for all of the batch's keys. */
  function indexBatch({ header, payload }: DecodedBatch): boolean {
    const spans = new RecordSpans(payload, header.recordCount)
    while (spans.next()) {
      const offset = header.baseOffset + spans.offsetDelta
      if (spans.keyLength >= 0 && !offsets.put(payload, spans.keyStart, spans.keyLength, offset)) {
        return false
      }
    }
    return true
  }

  function noteTombstones(cleaned: CleanedBatch): void {
    if (cleaned.outcome !== 'dropped' && cleaned.horizonMs !== null) {
      tombstonesDueMs = Math.min(tombstonesDueMs ?? cleaned.horizonMs, cleaned.horizonMs)
    }
  }

  async function indexChunk(chunk: Chunk, fromOffset: number): Promise<IndexedPart> {
    let endOffset = fromOffset
    // What is damaged is left alone, so nothing may go for its sake.
    const batches = findChunkDamage(chunk) === null ? batchesOf(chunk) : []
    for (const bytes of batches) {
      const nextOffset = nextOffsetAt(bytes, 0)
      if (nextOffset <= fromOffset) continue
      const batch = await openBatch(bytes)
      if (batch === 'damaged') continue
      if (batch !== 'special' && !indexBatch(batch)) {
        // Of one that does not fit some keys are noted, which does no harm: what they make
        // superfluous is so in any case. One that is alone too much for the index is not waited for.
        return { endOffset: isFirst ? nextOffset : endOffset, isFull: true }
      }
      isFirst = false
      endOffset = nextOffset
    }
    return { endOffset: chunk.nextOffset, isFull: false }
  }

  async function cleanChunk(chunk: Chunk, endOffset: number): Promise<readonly CleanedRange[]> {
    const cleaned: CleanedBatch[] = []
    const damage = findChunkDamage(chunk)
    if (damage !== null) return leave(chunk, damage)
    for (const bytes of batchesOf(chunk)) {
      const isBeyond = baseOffsetAt(bytes, 0) >= endOffset
      const batch = isBeyond ? 'special' : await openBatch(bytes)
      if (batch === 'damaged') {
        return leave(chunk, { offset: baseOffsetAt(bytes, 0), reason: 'its records make no sense' })
      }
      if (batch === 'special') {
        isPastClean &&= isBeyond || !holdsTransaction(bytes)
        cleaned.push(leftAlone(bytes))
      } else {
        cleaned.push(await cleanBatch(batch, cleaning))
      }
    }
    for (const batch of cleaned) noteTombstones(batch)
    return gatherer.add(chunk, cleaned)
  }

  function leave(chunk: Chunk, damage: ChunkDamage): readonly CleanedRange[] {
    isPastClean = false
    damaged.push(damage)
    return gatherer.pass(chunk)
  }

  return {
    async index(chunks, fromOffset) {
      let part: IndexedPart = { endOffset: fromOffset, isFull: false }
      for (const chunk of chunks) {
        part = await indexChunk(chunk, part.endOffset)
        if (part.isFull) break
      }
      return part
    },
    async clean(chunks, endOffset) {
      const ranges: CleanedRange[] = []
      for (const chunk of chunks) ranges.push(...(await cleanChunk(chunk, endOffset)))
      return ranges
    },
    async finish() {
      const ranges = gatherer.finish()
      return { ranges, leftBytes: gatherer.leftBytes, tombstonesDueMs, damaged }
    },
    async close() {},
  }
}

/**
 * Decompresses a batch. `special` is what compaction has nothing to say of: markers, and what belongs
 * to a transaction.
 */
async function openBatch(bytes: Uint8Array): Promise<DecodedBatch | 'special' | 'damaged'> {
  const header = readBatchHeader(bytes)
  if ('error' in header) return 'damaged'
  if (header.isControl || header.isTransactional) return 'special'
  try {
    const packed = bytes.subarray(BATCH_HEADER_BYTES)
    const payload = await decompress(header.compression, packed, PAYLOAD_BYTES_MAX)
    assertSound(payload, header)
    return { header, bytes, payload }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return 'damaged'
  }
}

/** Only checksums are checked when a batch is taken, so its records may be nonsense. */
function assertSound(payload: Uint8Array, header: BatchHeader): void {
  let last = -1
  for (const spans = new RecordSpans(payload, header.recordCount); spans.next(); ) {
    if (spans.offsetDelta <= last || spans.offsetDelta > header.lastOffsetDelta) {
      throw new DecodeError(`The offset delta ${spans.offsetDelta} follows ${last}`)
    }
    last = spans.offsetDelta
  }
}

/** What the records of one batch may take when they are decompressed; a larger one is left alone. */
const PAYLOAD_BYTES_MAX = 64 * 1024 * 1024

/** A marker holds no key of anybody's. */
function holdsTransaction(bytes: Uint8Array): boolean {
  const header = readBatchHeader(bytes)
  return 'error' in header || !header.isControl
}

function leftAlone(bytes: Uint8Array): CleanedBatch {
  const header = readBatchHeader(bytes)
  const maxTimestampMs = 'error' in header ? -1 : header.maxTimestampMs
  return { outcome: 'unchanged', bytes, maxTimestampMs, horizonMs: null }
}

/** The batches of a chunk that is whole. */
function* batchesOf(chunk: Chunk): Generator<Buffer> {
  const bytes = asBuffer(chunk.bytes)
  for (let at = 0; at < bytes.length; ) {
    const end = at + batchSizeAt(bytes, at)
    yield bytes.subarray(at, end)
    at = end
  }
}
