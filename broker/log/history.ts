import { fillTheirMemory, type HeldMemory } from '../free-memory.ts'
import { brokerLimit } from '../rules/limits.ts'
import type { Chunk, LogStore } from '../storage/storage.ts'
import { type ChunkCache, createChunkCache } from './chunk-cache.ts'
import { Lanes } from './lanes.ts'
import {
  CACHE_BYTES_DEFAULT,
  HISTORY_CACHE_SHARE,
  HISTORY_READ_BYTES,
  READ_AHEAD_BYTES,
} from './log-limits.ts'

/**
 * The chunks of all partitions, as readers see them: recent ones in memory, older ones from storage,
 * which is asked ahead of a reader that goes through a partition in order.
 *
 * Recent chunks and those read back are kept apart, so that a reader of old records cannot push out
 * what the readers at the tail are about to ask for. Nothing is read ahead that would push out what
 * was read ahead before and is not read yet: with too many readers, each waits for its own.
 */
export class ChunkHistory {
  readonly #storage: LogStore
  readonly #recent: ChunkCache
  readonly #readBack: ChunkCache
  readonly #readBackBytesMax: number
  readonly #memory: HeldMemory | null
  readonly #lanes = new Lanes(brokerLimit('storageReads'))
  /** Reads of storage under way, so that readers of the same chunk share one. */
  readonly #reads = new Map<string, Promise<Chunk | undefined>>()

  #replacements = 0

  /** `memory` is what chunks that come from storage or from appends are held in; null where storage keeps them. */
  constructor(storage: LogStore, memory: HeldMemory | null, cacheBytes = CACHE_BYTES_DEFAULT) {
    const onLeft = ({ bytes }: Chunk) => memory?.letGo(bytes)
    this.#storage = storage
    this.#memory = memory
    this.#recent = createChunkCache(cacheBytes * (1 - HISTORY_CACHE_SHARE), onLeft)
    this.#readBackBytesMax = cacheBytes * HISTORY_CACHE_SHARE
    this.#readBack = createChunkCache(this.#readBackBytesMax, onLeft)
  }

  /** Takes up a chunk that has just been stored, whose memory is in use. */
  add(chunk: Chunk): void {
    this.#recent.add(chunk)
  }

  /** The chunk that holds this offset, if it is in memory. */
  find(partitionId: number, offset: number): Chunk | undefined {
    return this.#recent.find(partitionId, offset) ?? this.#readBack.find(partitionId, offset)
  }

  /**
   * The chunk that holds this offset, or else the first one after it that begins below `endOffset`;
   * undefined where there is none. Rejects where storage fails. Whoever looks at it after the next
   * turn of the event loop holds it.
   */
  async load(partitionId: number, offset: number, endOffset: number): Promise<Chunk | undefined> {
    return this.find(partitionId, offset) ?? this.#read(partitionId, offset, endOffset)
  }

  /** As `load`, for somebody who wants that chunk alone: nothing behind it is read, and it is not kept. */
  async loadAlone(
    partitionId: number,
    offset: number,
    endOffset: number,
  ): Promise<Chunk | undefined> {
    const known = this.find(partitionId, offset)
    if (known !== undefined) {
      return known
    }
    const [chunk] = await this.#lanes.take(() => this.#storage.read(partitionId, offset, 1))
    if (chunk === undefined || chunk.nextOffset > endOffset) {
      return undefined
    }
    // In use until the next turn of the event loop, unless it is held by then.
    this.#memory?.use(chunk.bytes)
    this.#memory?.letGo(chunk.bytes)
    return chunk
  }

  /** Keeps a chunk's bytes where they are until the function given back is called. */
  hold(chunk: Chunk): () => void {
    return this.#memory?.hold(chunk.bytes) ?? nothingHeld
  }

  /** A reader has come to the end of this chunk, which makes room for what follows. */
  passed(chunk: Chunk): void {
    this.#readBack.passed(chunk)
  }

  /** Begins to read what a reader at `offset` will ask for next, as far as it is not in memory. */
  readAhead(partitionId: number, offset: number, endOffset: number): void {
    let from = offset
    let bytesAhead = 0
    while (from < endOffset && bytesAhead < READ_AHEAD_BYTES) {
      const chunk = this.find(partitionId, from)
      if (chunk === undefined) {
        if (this.#hasRoomAhead()) {
          // A failure is reported to whoever loads the chunk.
          this.#read(partitionId, from, endOffset).catch(() => {})
        }
        return
      }
      // Of the first, part may have been read; what is left of it says nothing of what comes next.
      bytesAhead += from === offset ? 0 : chunk.sizeBytes
      from = chunk.nextOffset
    }
  }

  #hasRoomAhead(): boolean {
    const coming = (this.#reads.size + 1) * HISTORY_READ_BYTES
    return this.#readBack.unreadBytes + coming <= this.#readBackBytesMax
  }

  #read(partitionId: number, offset: number, endOffset: number): Promise<Chunk | undefined> {
    const key = `${partitionId}:${offset}`
    const running = this.#reads.get(key)
    if (running !== undefined) {
      return running
    }
    const read = this.#readStorage(partitionId, offset, endOffset).finally(() =>
      this.#reads.delete(key),
    )
    this.#reads.set(key, read)
    return read
  }

  async #readStorage(partitionId: number, offset: number, endOffset: number) {
    const replacements = this.#replacements
    const chunks = await this.#lanes.take(() =>
      this.#storage.read(partitionId, offset, HISTORY_READ_BYTES),
    )
    const [first] = chunks
    const fresh: Chunk[] = []
    for (const chunk of chunks) {
      // Storage may be a transaction ahead of what the log has taken note of.
      const isVisible = chunk.nextOffset <= endOffset
      if (!isVisible || this.find(partitionId, chunk.baseOffset) !== undefined) {
        break
      }
      fresh.push(chunk)
    }
    const joined = this.#joined(fresh)
    if (joined === undefined) {
      return first === undefined ? undefined : this.find(partitionId, first.baseOffset)
    }
    // What was read before a replacement is as true as what was read after it, but both must not
    // be here together: chunks in memory never overlap.
    if (replacements === this.#replacements) {
      this.#readBack.add(joined)
    } else {
      this.#memory?.letGo(joined.bytes)
    }
    return joined
  }

  /**
   * Makes one chunk of consecutive ones. Where records came one at a time there are thousands of them
   * in what is read at once; kept apart, they would push each other out before they are asked for.
   */
  #joined(chunks: readonly Chunk[]): Chunk | undefined {
    const first = chunks[0]
    const last = chunks.at(-1)
    if (first === undefined || last === undefined) return undefined
    const pieces = chunks.map((chunk) => chunk.bytes)
    const isOnePiece = fillTheirMemory(pieces)
    const whole = isOnePiece ? new Uint8Array(first.bytes.buffer) : first.bytes
    const bytes = isOnePiece || first === last ? whole : Buffer.concat(pieces)
    const joined = {
      partitionId: first.partitionId,
      baseOffset: first.baseOffset,
      nextOffset: last.nextOffset,
      maxTimestampMs: Math.max(...chunks.map((chunk) => chunk.maxTimestampMs)),
      sizeBytes: bytes.length,
      bytes,
    }
    if (isOnePiece) this.#memory?.use(bytes)
    return joined
  }

  /** Forgets the chunks of a partition that end at or before `offset`; all of them by default. */
  drop(partitionId: number, offset?: number): void {
    this.#recent.drop(partitionId, offset)
    this.#readBack.drop(partitionId, offset)
  }

  /** Storage has put others in the place of the chunks from `baseOffset` to before `nextOffset`. */
  replaced(partitionId: number, baseOffset: number, nextOffset: number): void {
    this.#replacements += 1
    this.#recent.dropRange(partitionId, baseOffset, nextOffset)
    this.#readBack.dropRange(partitionId, baseOffset, nextOffset)
  }

  get sizeBytes(): number {
    return this.#recent.sizeBytes + this.#readBack.sizeBytes
  }
}

/** Where storage keeps what it gives. */
const nothingHeld = () => {}
