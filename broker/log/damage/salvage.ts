import { assignOffset, type BatchHeader, sealBatch } from '../../protocol/record-batch.ts'
import type { Chunk } from '../../storage/storage.ts'
import { LEADER_EPOCH } from '../appends.ts'
import { type ChunkDamage, findChunkDamage } from '../chunk-damage.ts'
import { placeBatches } from './place-batches.ts'
import { scanBatches } from './scan-batches.ts'

/**
 * What is left of a damaged chunk: every batch whose checksum is right, at its offset. What is cut
 * leaves a gap, as compaction does, over which every client goes; only where the log would end with
 * the gap, a header without records stands there, so that consumers get to the log's end.
 *
 * A gap rather than a header everywhere, because kafkajs 2.2 stands still where a Fetch brings it a
 * batch without records and nothing behind it.
 *
 * Null where nothing is wrong with the chunk. `endOffset` is the log's high watermark.
 */
export function salvageChunk(chunk: Chunk, endOffset: number): Salvage | null {
  const damage = findChunkDamage(chunk)
  if (damage === null) {
    return null
  }
  const pieces = scanBatches(chunk.bytes, chunk.nextOffset)
  const headers = pieces.flatMap((piece) => (piece.kind === 'batch' ? [piece.header] : []))
  const places = placeBatches(headers, chunk)
  const gatherer = new Gatherer(chunk)
  for (const piece of pieces) {
    if (piece.kind === 'damage') {
      gatherer.cut(piece.reason)
      continue
    }
    const baseOffset = places?.get(piece.header)
    if (baseOffset === undefined) gatherer.cut(`a record batch says that it ${range(piece.header)}`)
    else gatherer.keep(piece.header, baseOffset)
  }
  return { damage, isRowWrong: places === null, ...gatherer.finish(endOffset) }
}

export interface Salvage {
  /** The first thing that is wrong. */
  readonly damage: ChunkDamage
  /** What takes the chunk's place; null where that is nothing. */
  readonly chunk: Chunk | null
  /** Offsets whose records are lost, in order. */
  readonly lost: readonly LostRange[]
  /**
   * The batches are right and contradict the chunk's row: nothing can be read here, but what is stored is
   * to stay as it is.
   */
  readonly isRowWrong: boolean
}

export interface LostRange {
  readonly baseOffset: number
  /** One past the last of them. */
  readonly nextOffset: number
  readonly reason: string
}

class Gatherer {
  readonly #damaged: Chunk
  readonly #parts: Uint8Array[] = []
  readonly #lost: LostRange[] = []
  #end: number
  #maxTimestampMs = -1
  /** Why what stands before the next batch that is kept is cut; null where nothing does. */
  #reason: string | null = null

  constructor(damaged: Chunk) {
    this.#damaged = damaged
    this.#end = damaged.baseOffset
  }

  cut(reason: string): void {
    this.#reason ??= reason
  }

  keep(header: BatchHeader, baseOffset: number): void {
    this.#endCut(baseOffset)
    const { at, sizeBytes, lastOffsetDelta, maxTimestampMs } = header
    let bytes = this.#damaged.bytes.subarray(at, at + sizeBytes)
    const isAsPlaced = header.baseOffset === baseOffset
    if (!isAsPlaced || header.partitionLeaderEpoch !== LEADER_EPOCH) {
      bytes = Uint8Array.from(bytes)
      assignOffset(bytes, 0, baseOffset, LEADER_EPOCH)
    }
    this.#parts.push(bytes)
    this.#maxTimestampMs = Math.max(this.#maxTimestampMs, maxTimestampMs)
    this.#end = baseOffset + lastOffsetDelta + 1
  }

  finish(endOffset: number): Pick<Salvage, 'chunk' | 'lost'> {
    const { partitionId, baseOffset, nextOffset, sizeBytes: stored, bytes } = this.#damaged
    if (bytes.length < stored) {
      this.cut(`the chunk has ${bytes.length} bytes in place of ${stored}`)
    }
    const end = this.#end
    this.#endCut(nextOffset)
    if (this.#end > end && nextOffset >= endOffset) {
      this.#parts.push(emptyBatch(end, nextOffset))
    }
    if (this.#parts.length === 0) {
      return { chunk: null, lost: this.#lost }
    }
    const left = Buffer.concat(this.#parts)
    const place = { partitionId, baseOffset, nextOffset, maxTimestampMs: this.#maxTimestampMs }
    return { chunk: { ...place, sizeBytes: left.length, bytes: left }, lost: this.#lost }
  }

  #endCut(nextOffset: number): void {
    if (this.#reason !== null && nextOffset > this.#end) {
      this.#lost.push({ baseOffset: this.#end, nextOffset, reason: this.#reason })
      this.#end = nextOffset
    }
    this.#reason = null
  }
}

/** A header without records, which carries consumers to `nextOffset`. */
function emptyBatch(from: number, nextOffset: number): Buffer {
  const baseOffset = Math.max(from, nextOffset - LAST_OFFSET_DELTA_MAX)
  return sealBatch(
    {
      baseOffset,
      partitionLeaderEpoch: LEADER_EPOCH,
      attributes: 0,
      lastOffsetDelta: nextOffset - baseOffset - 1,
      baseTimestampMs: -1,
      maxTimestampMs: -1,
      producerId: -1,
      producerEpoch: -1,
      baseSequence: -1,
      recordCount: 0,
    },
    new Uint8Array(0),
  )
}

const LAST_OFFSET_DELTA_MAX = 2 ** 31 - 1

function range({ baseOffset, lastOffsetDelta }: BatchHeader): string {
  return `has the offsets ${baseOffset} to ${baseOffset + lastOffsetDelta}`
}
