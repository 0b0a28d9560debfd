import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { emptyStorage, storageContract } from '../contract.ts'
import { storageFailureCode } from '../failure.ts'
import type { Storage } from '../storage.ts'
import { openPrismaStorage } from './storage.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'tributary-storage-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

let last: Promise<Storage> | null = null
function open(): Promise<Storage> {
  last = openPrismaStorage({ dataDir })
  return last
}

storageContract('Prisma', {
  // Opening takes longer than most tests, so the storage that is open is emptied instead.
  async empty() {
    const storage = await (last ?? open())
    try {
      await emptyStorage(storage)
      return storage
    } catch (error) {
      if (storageFailureCode(error) !== 'CLOSED') throw error
      const again = await open()
      await emptyStorage(again)
      return again
    }
  },
  reopen: open,
  modelRuns: Math.ceil(Number(process.env.MODEL_RUNS ?? 100) / 8),
})
