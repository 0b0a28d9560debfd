import type { Chunk, LogStore } from '../storage/storage.ts'
import { type ChunkCache, createChunkCache } from './chunk-cache.ts'
import { CACHE_BYTES_DEFAULT, HISTORY_CACHE_SHARE, HISTORY_READ_BYTES } from './log-limits.ts'

/**
 * The chunks of all partitions, as readers see them: recent ones in memory, older ones from storage,
 * which is asked ahead of a reader that goes through a partition in order.
 *
 * Recent chunks and those read back are kept apart, so that a reader of old records cannot push out
 * what the readers at the tail are about to ask for.
 */
export class ChunkHistory {
  readonly #storage: LogStore
  readonly #recent: ChunkCache
  readonly #readBack: ChunkCache
  /** Reads of storage under way, so that readers of the same chunk share one. */
  readonly #reads = new Map<string, Promise<Chunk | undefined>>()

  #replacements = 0

  constructor(storage: LogStore, cacheBytes = CACHE_BYTES_DEFAULT) {
    this.#storage = storage
    this.#recent = createChunkCache(cacheBytes * (1 - HISTORY_CACHE_SHARE))
    this.#readBack = createChunkCache(cacheBytes * HISTORY_CACHE_SHARE)
  }

  /** Takes up a chunk that has just been stored. */
  add(chunk: Chunk): void {
    this.#recent.add(chunk)
  }

  /** The chunk that holds this offset, if it is in memory. */
  find(partitionId: number, offset: number): Chunk | undefined {
    return this.#recent.find(partitionId, offset) ?? this.#readBack.find(partitionId, offset)
  }

  /**
   * The chunk that holds this offset, or else the first one after it that begins below `endOffset`;
   * undefined where there is none. Rejects where storage fails.
   */
  async load(partitionId: number, offset: number, endOffset: number): Promise<Chunk | undefined> {
    return this.find(partitionId, offset) ?? this.#read(partitionId, offset, endOffset)
  }

  /** Begins to read what a reader will ask for next, unless it is in memory already. */
  prefetch(partitionId: number, offset: number, endOffset: number): void {
    if (offset < endOffset && this.find(partitionId, offset) === undefined) {
      // A failure is reported to whoever loads the chunk.
      this.#read(partitionId, offset, endOffset).catch(() => {})
    }
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
    const chunks = await this.#storage.read(partitionId, offset, HISTORY_READ_BYTES)
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
    const joined = joinChunks(fresh)
    if (joined === undefined) {
      return first === undefined ? undefined : this.find(partitionId, first.baseOffset)
    }
    // What was read before a replacement is as true as what was read after it, but both must not
    // be here together: chunks in memory never overlap.
    if (replacements === this.#replacements) {
      this.#readBack.add(joined)
    }
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

/**
 * Makes one chunk of consecutive ones. Where records came one at a time there are thousands of them
 * in what is read at once; kept apart, they would push each other out before they are asked for.
 */
function joinChunks(chunks: readonly Chunk[]): Chunk | undefined {
  const first = chunks[0]
  const last = chunks.at(-1)
  if (first === undefined || last === undefined || first === last) {
    return first
  }
  const bytes = Buffer.concat(chunks.map((chunk) => chunk.bytes))
  return {
    partitionId: first.partitionId,
    baseOffset: first.baseOffset,
    nextOffset: last.nextOffset,
    maxTimestampMs: Math.max(...chunks.map((chunk) => chunk.maxTimestampMs)),
    sizeBytes: bytes.length,
    bytes,
  }
}
