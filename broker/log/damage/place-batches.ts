import type { BatchHeader } from '../../protocol/record-batch.ts'
import type { ChunkInfo } from '../../storage/storage.ts'

/**
 * The offsets at which the batches of a damaged chunk belong: the checksum of a batch covers how many
 * offsets it has, but not at which it begins. Those that contradict as few as possible are believed.
 * One that is not believed belongs between its neighbours, if it fits there exactly; otherwise its
 * place is unknown and it is left out.
 *
 * With `s` the base offset of a batch less the offsets of all batches before it, order and room are
 * one condition: `s` never falls, and stays between those of the chunk's ends. In a chunk without
 * gaps all of them are one number, so any wrong base offset is found. Null where the batches have
 * more offsets than the chunk: then its row is damaged, and nothing can be said.
 */
export function placeBatches(
  batches: readonly BatchHeader[],
  chunk: ChunkInfo,
): ReadonlyMap<BatchHeader, number> | null {
  const shifts: number[] = []
  const offsetsBefore: number[] = []
  let offsets = 0
  for (const batch of batches) {
    shifts.push(batch.baseOffset - offsets)
    offsetsBefore.push(offsets)
    offsets += batch.lastOffsetDelta + 1
  }
  const [low, high] = [chunk.baseOffset, chunk.nextOffset - offsets]
  if (high < low) {
    return null
  }
  const believed = longestRising(shifts, low, high)
  const places = new Map<BatchHeader, number>()
  let before = low
  for (const [index, batch] of batches.entries()) {
    if (believed.has(index)) {
      places.set(batch, batch.baseOffset)
      before = shifts[index] ?? low
      continue
    }
    let after = high
    for (let next = index + 1; next < batches.length; next++) {
      if (believed.has(next)) {
        after = shifts[next] ?? high
        break
      }
    }
    if (after === before) {
      // Not by way of what the batch says, which may be too large to be held exactly.
      places.set(batch, before + (offsetsBefore[index] ?? 0))
    }
  }
  return places
}

/** The indexes of the longest part of `values` that never falls and stays from `low` to `high`. */
function longestRising(values: readonly number[], low: number, high: number): ReadonlySet<number> {
  /** Of the parts of each length, the end of the one that ends lowest. */
  const ends: number[] = []
  const previous = new Map<number, number | undefined>()
  const valueAt = (index: number | undefined) =>
    index === undefined ? low : (values[index] ?? low)
  for (const [index, value] of values.entries()) {
    if (value < low || value > high) continue
    let from = 0
    let to = ends.length
    while (from < to) {
      const middle = (from + to) >>> 1
      if (valueAt(ends[middle]) <= value) from = middle + 1
      else to = middle
    }
    previous.set(index, ends[from - 1])
    ends[from] = index
  }
  const found = new Set<number>()
  for (let index = ends.at(-1); index !== undefined; index = previous.get(index)) {
    found.add(index)
  }
  return found
}
