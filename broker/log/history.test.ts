import { expect, it } from 'vitest'
import { brokerLimit } from '../rules/limits.ts'
import { openMemoryStorage } from '../storage/memory/storage.ts'
import type { LogStore } from '../storage/storage.ts'
import { ChunkHistory } from './history.ts'

it('asks storage for a bounded number of chunks at a time, however many readers wait', async () => {
  const { log } = openMemoryStorage()
  let underWay = 0
  let mostUnderWay = 0
  let open: () => void = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const storage: LogStore = {
    ...log,
    async read(partitionId, offset, maxBytes) {
      mostUnderWay = Math.max(mostUnderWay, ++underWay)
      await gate
      underWay -= 1
      return log.read(partitionId, offset, maxBytes)
    },
  }
  const history = new ChunkHistory(storage, null)
  const readers = Array.from({ length: 500 }, (_, partitionId) => history.load(partitionId, 0, 10))
  expect(underWay).toBe(brokerLimit('storageReads'))
  open()
  // Of partitions in which nothing is stored.
  expect(await Promise.all(readers)).toEqual(readers.map(() => undefined))
  expect(mostUnderWay).toBe(brokerLimit('storageReads'))
  expect(underWay).toBe(0)
})
