import { openMemoryStorage } from '../storage/memory/storage.ts'
import type { Storage } from '../storage/storage.ts'

export interface GatedStorage {
  readonly storage: Storage
  /** Lets writes through, those that wait and those to come. */
  open(): void
  /** Writes begun so far. */
  writes(): number
}

/** Memory storage in which appends, or new topics, wait until they are let through: a stalled disk. */
export function gatedStorage(what: 'appends' | 'topics' = 'appends'): GatedStorage {
  const storage = openMemoryStorage()
  let open: () => void = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  let writes = 0

  function pass(): Promise<void> {
    writes += 1
    return gate
  }

  return {
    open: () => open(),
    writes: () => writes,
    storage: {
      ...storage,
      catalogue: {
        ...storage.catalogue,
        async createTopics(topics) {
          if (what === 'topics') await pass()
          return storage.catalogue.createTopics(topics)
        },
      },
      log: {
        ...storage.log,
        async write(write) {
          if (what === 'appends') await pass()
          await storage.log.write(write)
        },
      },
    },
  }
}
