import type { CatalogueStore } from '../storage/storage.ts'

/** Ids reserved at once: a stored number per thousand producers, and at most so many lost at a stop. */
const BLOCK_SIZE = 1000

/**
 * Hands out producer ids that nobody ever had (KIP-98). A block is stored as taken before its first
 * id is handed out, so that a killed broker never hands one out again.
 */
export function createProducerIds(
  catalogue: Pick<CatalogueStore, 'reserveProducerIds'>,
): () => Promise<number> {
  let next = 0
  let end = 0
  let reserving: Promise<void> | null = null

  async function reserve() {
    try {
      const first = await catalogue.reserveProducerIds(BLOCK_SIZE)
      // 0 is left out: some clients take it for "none yet".
      next = Math.max(1, first)
      end = first + BLOCK_SIZE
    } finally {
      reserving = null
    }
  }

  return async () => {
    while (next === end) {
      reserving ??= reserve()
      await reserving
    }
    return next++
  }
}
