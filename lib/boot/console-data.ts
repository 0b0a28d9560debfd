import { createBrokerControl } from '../control/broker.ts'
import { openConsoleDb } from '../db.ts'
import type { ControlAddress } from '../env.ts'
import { applyPreset } from '../preset.ts'
import { reconcile } from '../reconcile.ts'
import type { PresetFile } from './preset.ts'
import { refused, type Started } from './started.ts'

/**
 * Brings `console.db` up to date before anybody sees a page: its tables, what the preset declares,
 * and what was under way with the broker when the last run ended.
 */
export async function prepareConsoleData(options: {
  readonly dataDir: string
  readonly brokerControl: ControlAddress
  readonly preset: PresetFile | null
}): Promise<Started<void>> {
  try {
    const db = openConsoleDb(options.dataDir)
    try {
      if (options.preset !== null) await applyPreset({ db, preset: options.preset.preset })
      return await reconcile({ db, control: createBrokerControl(options.brokerControl) })
    } finally {
      await db.$disconnect()
    }
  } catch (error) {
    return refused(
      `The console's data in ${options.dataDir} cannot be used. ${error instanceof Error ? error.message : error}`,
    )
  }
}
