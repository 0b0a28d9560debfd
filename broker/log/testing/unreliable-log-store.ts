import { StorageFailure } from '../../storage/failure.ts'
import type { LogStore, LogWrite } from '../../storage/storage.ts'

/**
 * Storage whose writes fail, or wait, at a test's command: what a full disk and a slow one look like
 * from the log. Everything else is passed on.
 */
export function createUnreliableLogStore(store: LogStore): UnreliableLogStore {
  let isFull = false
  let gate: { readonly opened: Promise<void>; readonly reach: () => void } | null = null
  const writes: LogWrite[] = []

  async function obstruct() {
    gate?.reach()
    await gate?.opened
    if (isFull) {
      throw new StorageFailure('DISK_FULL', 'The disk is full.')
    }
  }

  return {
    ...store,
    writes,
    async write(write) {
      await obstruct()
      writes.push(write)
      await store.write(write)
    },
    async replaceChunks(replacement) {
      await obstruct()
      return store.replaceChunks(replacement)
    },
    async truncateBefore(update) {
      await obstruct()
      return store.truncateBefore(update)
    },
    fill() {
      isFull = true
    },
    free() {
      isFull = false
    },
    hold() {
      let release = () => {}
      let reach = () => {}
      const opened = new Promise<void>((resolve) => {
        release = resolve
      })
      const reached = new Promise<void>((resolve) => {
        reach = resolve
      })
      gate = { opened, reach }
      return {
        reached,
        release() {
          gate = null
          release()
        },
      }
    },
  }
}

export interface UnreliableLogStore extends LogStore {
  /** Every transaction that was written, oldest first. */
  readonly writes: readonly LogWrite[]
  /** From now on writes fail as on a full disk. */
  fill(): void
  /** From now on they work again. */
  free(): void
  /** Writes wait until they are released. */
  hold(): HeldWrites
}

export interface HeldWrites {
  /** Resolves when a write waits. */
  readonly reached: Promise<void>
  release(): void
}
