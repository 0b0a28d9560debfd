import {
  type ConfigDefinition,
  type ConfigError,
  type ConfigValidation,
  configDefinition,
  maskedSecret,
} from '../../broker/rules/connect.ts'
import { leadingDefinitions, trailingDefinitions } from './definitions-of-all.ts'
import type { ConfigMap, ConnectorPlugin, PluginConfigDefinition } from './plugin.ts'

/** Everything that a connector of this plugin can be told, in the order of the form. */
export function definitionsOf(plugin: ConnectorPlugin): readonly PluginConfigDefinition[] {
  return [...leadingDefinitions(plugin.pluginClass), ...plugin.definitions, ...trailingDefinitions]
}

/** The config with the defaults of what it leaves out; empty values count as left out. */
export function withDefaults(
  definitions: readonly PluginConfigDefinition[],
  config: ConfigMap,
): ConfigMap {
  const filled: Record<string, string> = { ...config }
  for (const { name, default_value } of definitions) {
    if (default_value !== null && isBlank(filled[name])) filled[name] = default_value
  }
  return filled
}

/** What the definitions alone say about a config, in Connect's words where it has them. */
export function definitionErrors(
  definitions: readonly PluginConfigDefinition[],
  config: ConfigMap,
): readonly ConfigError[] {
  return definitions.flatMap((definition) => {
    const message = problemOf(definition, config[definition.name])
    return message === null ? [] : [{ name: definition.name, message }]
  })
}

function problemOf(definition: PluginConfigDefinition, value: string | undefined): string | null {
  const { name } = definition
  if (value === undefined || isBlank(value)) {
    return definition.required && definition.default_value === null
      ? `Missing required configuration "${name}" which has no default value.`
      : null
  }
  if (definition.notAvailable !== undefined) return definition.notAvailable
  const invalid = (why: string) => `Invalid value ${value} for configuration ${name}: ${why}`
  if (definition.type === 'INT' || definition.type === 'LONG') {
    if (!isWhole(value, definition.type)) return invalid(`Not a number of type ${definition.type}`)
    if (definition.min !== undefined && Number(value) < definition.min) {
      return invalid(`Value must be at least ${definition.min}`)
    }
  }
  if (definition.allowed !== undefined && !definition.allowed.includes(value)) {
    return invalid(`String must be one of: ${definition.allowed.join(', ')}`)
  }
  if (definition.lengthMax !== undefined && value.length > definition.lengthMax) {
    return `${definition.display_name} has ${value.length} characters: at most ${definition.lengthMax} are possible.`
  }
  return definition.unavailable?.[value] ?? null
}

/** The answer to `config/validate`: every definition with its value, and the errors beside it. */
export function validationOf(
  plugin: ConnectorPlugin,
  config: ConfigMap,
  errors: readonly ConfigError[],
): ConfigValidation {
  const definitions = definitionsOf(plugin)
  const known = new Set(definitions.map(({ name }) => name))
  // An error about a key that no definition has would be seen by nobody.
  const homeless = errors.filter(({ name }) => !known.has(name)).map(({ message }) => message)
  const configs = definitions.map((definition) => {
    const given = config[definition.name]
    const shown = isBlank(given) ? definition.default_value : (given ?? null)
    return {
      definition: told(definition),
      value: {
        name: definition.name,
        value: definition.type === 'PASSWORD' && shown !== null ? maskedSecret : shown,
        recommended_values: [...(definition.recommended ?? definition.allowed ?? [])],
        errors: [
          ...errors.filter(({ name }) => name === definition.name).map(({ message }) => message),
          ...(definition.name === 'name' ? homeless : []),
        ],
        visible: true,
      },
      metadata: {},
    }
  })
  return {
    name: plugin.pluginClass,
    groups: [...new Set(definitions.map(({ group }) => group))],
    error_count: configs.reduce((sum, { value }) => sum + value.errors.length, 0),
    configs,
  }
}

/** Without what only we know of it. */
function told(definition: PluginConfigDefinition): ConfigDefinition {
  return configDefinition.parse(definition)
}

function isBlank(value: string | undefined): boolean {
  return value === undefined || value.trim() === ''
}

const largest = { INT: 2n ** 31n - 1n, LONG: 2n ** 63n - 1n } as const

function isWhole(value: string, type: 'INT' | 'LONG'): boolean {
  if (!/^\s*[+-]?\d{1,19}\s*$/.test(value)) return false
  const number = BigInt(value.trim().replace(/^\+/, ''))
  return number <= largest[type] && number >= -largest[type] - 1n
}
