import { afterAll, beforeEach, describe } from 'vitest'
import { catalogueContract } from './contract/catalogue-contract.ts'
import { catalogueProperties } from './contract/catalogue-properties.ts'
import { logCompactionContract } from './contract/log-compaction-contract.ts'
import { logContract } from './contract/log-contract.ts'
import { logProperties } from './contract/log-properties.ts'
import type { Storage } from './storage.ts'

/** An implementation as the contract sees it. */
export interface StorageUnderTest {
  storage(): Storage
  /** How many histories of the log are held against the model. */
  readonly modelRuns: number
  /** Closes and opens again, where something survives that; does nothing where not. */
  reopen(): Promise<void>
}

export interface StorageFactory {
  /** A storage with nothing in it; the one of the last test may be emptied where it is still open. */
  empty(): Promise<Storage>
  /** Opens again what the closed storage left behind; null where nothing survives. */
  readonly reopen: (() => Promise<Storage>) | null
  /** How many histories of the log are held against the model: fewer where each takes a second. */
  readonly modelRuns: number
}

/** The contract of `storage.ts`: one suite for every implementation. */
export function storageContract(name: string, factory: StorageFactory): void {
  let open: Storage
  const subject: StorageUnderTest = {
    storage: () => open,
    modelRuns: factory.modelRuns,
    async reopen() {
      if (factory.reopen === null) return
      await open.close()
      open = await factory.reopen()
    },
  }
  describe(`${name} storage`, () => {
    beforeEach(async () => {
      open = await factory.empty()
    })
    afterAll(() => open.close())
    describe('catalogue', () => {
      catalogueContract(subject)
      catalogueProperties(subject)
    })
    describe('log', () => {
      logContract(subject)
      logCompactionContract(subject)
      logProperties(subject)
    })
  })
}

/** Deletes everything; numbers that are handed out once go on. */
export async function emptyStorage({ catalogue, log }: Storage): Promise<void> {
  for (const { id } of (await catalogue.load()).tenants) await catalogue.deleteTenant(id)
  while ((await log.sweep([], 10_000)) > 0);
}
