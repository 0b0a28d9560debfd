import { StorageFailure } from '../failure.ts'
import type { Storage } from '../storage.ts'
import { createMemoryCatalogue } from './catalogue.ts'
import { createMemoryLog } from './log.ts'

/**
 * Storage that lives and dies with the process: for tests, and for clusters that need not survive.
 * Chunks are kept by reference, so their bytes must not change after `write` or `read`.
 */
export function openMemoryStorage(): Storage {
  let closed = false
  function assertOpen() {
    if (closed) throw new StorageFailure('CLOSED', 'The storage is closed.')
  }
  return {
    catalogue: createMemoryCatalogue(assertOpen),
    log: createMemoryLog(assertOpen),
    async close() {
      closed = true
    },
  }
}
