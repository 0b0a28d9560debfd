import { takeDataFolderLock } from '../../prisma/adapter/data-folder-lock.ts'
import { refused, type Started, started } from './started.ts'

/** Takes boot's lock on the data folder at once, or names who has it. */
export async function lockDataFolder(dataDir: string): Promise<Started<{ release(): void }>> {
  const taken = await takeDataFolderLock({ dataDir, name: 'boot', waitMs: 0 })
  if (taken.ok) return started(taken.lock)
  const holder = taken.holderPid === null ? 'another process' : `process ${taken.holderPid}`
  return refused(
    `The data folder ${dataDir} is in use by ${holder}: stop that one, or set DATA_DIR to another folder.`,
  )
}
