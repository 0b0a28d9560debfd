import type { FetchedBatch } from '../../lib/kafka/fetched-batches.ts'
import { unreadableReason } from '../../lib/kafka/fetched-batches.ts'
import type { RecordCursor } from '../../lib/kafka/record-cursor.ts'
import { Candidates } from './candidates.ts'
import type { Matcher } from './matcher.ts'

/** What one search looks for and how far it is; moved on here, record by record. */
export interface SearchState {
  readonly matches: Matcher
  readonly pattern: RegExp | null
  /** Next offset by partition, behind everything scanned. */
  readonly positions: Map<number, number>
  /** Exclusive, by partition. */
  readonly ends: ReadonlyMap<number, number>
  scanned: number
  /** True once nothing more is wanted. */
  readonly isOver: () => boolean
  onMatch(record: RecordCursor): void
  onUndecodable(batch: UndecodableBatch): void
  /** Lets others run; resolves when the reader is ready for more. */
  pause(): Promise<void>
}

export interface UndecodableBatch {
  readonly partition: number
  readonly fromOffset: number
  /** Exclusive. */
  readonly toOffset: number
  readonly reason: string
  readonly recordCount: number
}

/** The event loop is never held longer, so that cancelling and other searches get their turn. */
const sliceMs = 8
/** Asking for the time costs as much as a few records. */
const recordsPerLook = 128

/** Searches batches of one partition, in order, until they end or the search is over. */
export async function searchBatches(
  state: SearchState,
  partition: number,
  batches: readonly FetchedBatch[],
): Promise<void> {
  let candidates: Candidates | undefined
  let sliceEndMs = performance.now() + sliceMs
  for (const batch of batches) {
    const next = Math.min(batch.nextOffset, state.ends.get(partition) ?? 0)
    if (!batch.isControl) {
      const scannedBefore = state.scanned
      try {
        const opened = batch.openRecords()
        const cursor = opened instanceof Promise ? await opened : opened
        // Batches that are not compressed lie in the same bytes.
        if (candidates?.bytes !== cursor.bytes) {
          candidates = new Candidates(cursor.bytes, state.pattern)
        }
        while (searchSome(state, partition, cursor, candidates)) {
          if (performance.now() < sliceEndMs) continue
          await state.pause()
          sliceEndMs = performance.now() + sliceMs
        }
      } catch (error) {
        const reason = unreadableReason(error)
        if (reason === null) throw error
        const fromOffset = Math.max(batch.baseOffset, state.positions.get(partition) ?? 0)
        const recordCount = Math.max(0, batch.recordCount - (state.scanned - scannedBefore))
        state.onUndecodable({ partition, fromOffset, toOffset: next, reason, recordCount })
      }
    }
    if (state.isOver()) return
    state.positions.set(partition, Math.max(next, state.positions.get(partition) ?? 0))
  }
  await state.pause()
}

/** Searches the next records of a batch; false when there are none, or the search is over. */
function searchSome(
  state: SearchState,
  partition: number,
  cursor: RecordCursor,
  candidates: Candidates,
): boolean {
  const from = state.positions.get(partition) ?? 0
  const end = state.ends.get(partition) ?? 0
  if (state.isOver()) return false
  for (let looks = 0; looks < recordsPerLook; looks++) {
    if (!cursor.next()) return false
    if (cursor.offset < from) continue
    if (cursor.offset >= end) return false
    state.scanned++
    const isMatch =
      candidates.mayMatch(cursor.start, cursor.end) && state.matches(candidates.text, cursor)
    if (!isMatch) continue
    state.positions.set(partition, cursor.offset + 1)
    state.onMatch(cursor)
    if (state.isOver()) return false
  }
  state.positions.set(partition, Math.max(from, cursor.offset + 1))
  return true
}
