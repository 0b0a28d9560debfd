import { readFileSync } from 'node:fs'
import { type Preset, parsePreset } from '../../broker/rules/preset.ts'
import type { PresetSetting } from './environment.ts'
import { codeOf, refused, type Started, started } from './started.ts'

export interface PresetFile {
  /** Absolute. */
  readonly path: string
  readonly preset: Preset
}

/**
 * The preset that the environment names, or the default one where there is such a file, or null.
 * The broker applies clusters, keys and topics of the same file, `connectors.ts` the connectors.
 */
export function readPreset(setting: PresetSetting): Started<PresetFile | null> {
  if (setting.kind === 'none') return started(null)
  const { path } = setting
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (setting.kind === 'default' && codeOf(error) === 'ENOENT') return started(null)
    return refused(
      `The preset ${path} cannot be read (${codeOf(error)}): set TRIBUTARY_PRESET to a file that can.`,
    )
  }
  const parsed = parsePreset(text)
  if (!parsed.ok) return refused(`The preset ${path} cannot be used. ${parsed.message}`)
  return started({ path, preset: parsed.value })
}
