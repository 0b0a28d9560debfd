import { datagenPlugin } from './connectors/datagen/plugin.ts'
import type { ConnectorPlugin } from './plugin.ts'

/** Every connector that can be run; another one is another folder under `connectors/`. */
export const plugins: readonly ConnectorPlugin[] = [datagenPlugin]
