import { readFile } from 'node:fs/promises'
import type { PresetSetting } from './environment.ts'
import { BrokerStartError } from './index.ts'
import { type BrokerClusterInput, parsePreset, sectionsBeyondBroker } from './rules/preset.ts'

/**
 * The clusters that the preset file declares. A headless broker skips, and says that it skips, what
 * only the console and the services can apply; a child leaves that to boot.
 */
export async function readPreset(
  setting: PresetSetting,
  { skipsBeyondBroker }: { readonly skipsBeyondBroker: boolean },
): Promise<readonly BrokerClusterInput[]> {
  if (setting.kind === 'none') {
    return []
  }
  const text = await readText(setting)
  if (text === null) {
    return []
  }
  const parsed = parsePreset(text)
  if (!parsed.ok) {
    throw new BrokerStartError(`The preset ${setting.path} is not valid: ${parsed.message}`)
  }
  const skipped = sectionsBeyondBroker(parsed.value)
  if (skipsBeyondBroker && skipped.length > 0) {
    console.error(`The broker alone skips what the preset says of: ${skipped.join(', ')}.`)
  }
  return parsed.value.environments.flatMap((environment) =>
    environment.clusters.map((cluster) => ({ ...cluster, environment: environment.name })),
  )
}

async function readText(
  setting: PresetSetting & { readonly path: string },
): Promise<string | null> {
  try {
    return await readFile(setting.path, 'utf8')
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (isAbsent && setting.kind === 'default') {
      return null
    }
    throw new BrokerStartError(
      `The preset ${setting.path} cannot be read: set TRIBUTARY_PRESET to a file that can.`,
    )
  }
}
