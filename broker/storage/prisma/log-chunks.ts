import { freeMemory } from '../../free-memory.ts'
import type { Chunk, ChunkInfo } from '../storage.ts'
import type { LogDatabase } from './databases.ts'

export type LogClient = Pick<LogDatabase['client'], '$queryRaw' | '$executeRaw'>

/** Prisma gives a 64-bit column as a bigint; offsets, sizes and times are below 2^53. */
export interface ChunkInfoRow {
  readonly partition_id: number
  readonly base_offset: bigint
  readonly next_offset: bigint
  readonly max_timestamp_ms: bigint
  readonly size_bytes: number
}

interface ChunkRow extends ChunkInfoRow {
  readonly bytes: Uint8Array
}

export function chunkInfo(row: ChunkInfoRow): ChunkInfo {
  return {
    partitionId: row.partition_id,
    baseOffset: Number(row.base_offset),
    nextOffset: Number(row.next_offset),
    maxTimestampMs: Number(row.max_timestamp_ms),
    sizeBytes: row.size_bytes,
  }
}

interface ReadRequest {
  readonly partitionId: number
  readonly offset: number
  readonly maxBytes: number
}

/** Sizes are looked at before bytes are read, so that nothing is read to be thrown away. */
export async function readChunks(client: LogClient, request: ReadRequest): Promise<Chunk[]> {
  const range = await rangeToRead(client, request)
  if (range === null) return []
  const rows = await client.$queryRaw<ChunkRow[]>`
    SELECT partition_id, base_offset, next_offset, max_timestamp_ms, size_bytes, bytes
    FROM chunk
    WHERE partition_id = ${request.partitionId} AND base_offset BETWEEN ${range.first} AND ${range.last}
    ORDER BY base_offset`
  return inOnePiece(rows)
}

/** One after another in memory of their own, so that a megabyte of small chunks is moved as one piece. */
function inOnePiece(rows: readonly ChunkRow[]): Chunk[] {
  if (rows.length < 2) return rows.map((row) => ({ ...chunkInfo(row), bytes: row.bytes }))
  const memory = Buffer.allocUnsafeSlow(rows.reduce((sum, row) => sum + row.bytes.length, 0))
  let end = 0
  const chunks = rows.map((row): Chunk => {
    const start = end
    end += row.bytes.length
    memory.set(row.bytes, start)
    return { ...chunkInfo(row), bytes: memory.subarray(start, end) }
  })
  freeMemory(rows.map((row) => row.bytes))
  return chunks
}

/** Chunk descriptions that are looked at together. */
const SIZES_PER_QUERY = 64

async function rangeToRead(
  client: LogClient,
  { partitionId, offset, maxBytes }: ReadRequest,
): Promise<{ first: number; last: number } | null> {
  const fitting: number[] = []
  let from = offset
  let left = maxBytes
  for (;;) {
    const infos = await listChunks(client, partitionId, from, SIZES_PER_QUERY)
    for (const info of infos) {
      left -= info.sizeBytes
      if (fitting.length > 0 && left < 0) return rangeOf(fitting)
      fitting.push(info.baseOffset)
      from = info.nextOffset
    }
    if (infos.length < SIZES_PER_QUERY) return rangeOf(fitting)
  }
}

function rangeOf(baseOffsets: readonly number[]): { first: number; last: number } | null {
  const first = baseOffsets[0]
  const last = baseOffsets.at(-1)
  return first === undefined || last === undefined ? null : { first, last }
}

/** Descriptions from the chunk that holds `offset`, or the next after it, on. */
export async function listChunks(
  client: LogClient,
  partitionId: number,
  offset: number,
  limit: number,
): Promise<ChunkInfo[]> {
  const rows = await client.$queryRaw<ChunkInfoRow[]>`
    SELECT partition_id, base_offset, next_offset, max_timestamp_ms, size_bytes
    FROM chunk
    WHERE partition_id = ${partitionId} AND next_offset > ${offset} AND base_offset >= coalesce((
      SELECT max(base_offset) FROM chunk
      WHERE partition_id = ${partitionId} AND base_offset <= ${offset}), 0)
    ORDER BY base_offset LIMIT ${limit}`
  return rows.map(chunkInfo)
}
