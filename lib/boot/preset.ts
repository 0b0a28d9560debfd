import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { clustersOf, type Preset, parsePreset } from '../../broker/rules/preset.ts'
import { codeOf, refused, type Started, started } from './started.ts'

export interface PresetFile {
  /** Absolute. */
  readonly path: string
  readonly preset: Preset
}

/**
 * The preset that `TRIBUTARY_PRESET` names, or `tributary.json` in the working directory where
 * there is one, or null. The broker applies clusters, keys and topics of the same file.
 */
export function readPreset(named: string | null): Started<PresetFile | null> {
  const path = named ?? resolve('tributary.json')
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (named === null && codeOf(error) === 'ENOENT') return started(null)
    return refused(
      `The preset ${path} cannot be read (${codeOf(error)}): set TRIBUTARY_PRESET to a file that can.`,
    )
  }
  const parsed = parsePreset(text)
  if (!parsed.ok) return refused(`The preset ${path} cannot be used. ${parsed.message}`)
  const cluster = clustersOf(parsed.value).find(({ connectors }) => connectors.length > 0)
  if (cluster !== undefined) {
    return refused(
      `The preset ${path} declares "connectors" in cluster '${cluster.name}', which this version cannot run: remove that section.`,
    )
  }
  return started({ path, preset: parsed.value })
}
