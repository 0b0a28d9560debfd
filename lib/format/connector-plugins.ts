/**
 * Connectors that can be added here, as the catalogue shows them. What each can be set to is the
 * services' to say (`connector-plugins`).
 */
export interface PluginLook {
  readonly pluginClass: string
  readonly displayName: string
  /** Above the name, where Confluent has one. */
  readonly also?: string
  readonly type: 'source' | 'sink'
  readonly description: string
  /** *Launch Sample Data* fills everything in. */
  readonly hasSampleData: boolean
  readonly tags: readonly string[]
}

export const connectorPlugins: readonly PluginLook[] = [
  {
    pluginClass: 'DatagenSource',
    displayName: 'Datagen Source',
    also: 'Sample Data',
    type: 'source',
    description:
      'Makes up records for development and testing: orders, clicks, stock trades and 35 more, or records of a schema of yours.',
    hasSampleData: true,
    tags: ['Popular', 'Custom schema'],
  },
]

export function findPlugin(pluginClass: string): PluginLook | undefined {
  return connectorPlugins.find((plugin) => plugin.pluginClass === pluginClass)
}

/** The first of `prefix_0`, `prefix_1`… that is not taken. */
export function freeName(prefix: string, taken: ReadonlySet<string>): string {
  let number = 0
  while (taken.has(`${prefix}_${number}`)) number += 1
  return `${prefix}_${number}`
}

/** `sample_data`, then `sample_data_1`…: what *Launch Sample Data* calls its connectors. */
export function freeSampleName(taken: ReadonlySet<string>): string {
  if (!taken.has('sample_data')) return 'sample_data'
  let number = 1
  while (taken.has(`sample_data_${number}`)) number += 1
  return `sample_data_${number}`
}
