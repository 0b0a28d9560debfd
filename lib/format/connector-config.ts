/**
 * A connector's configuration as Connect has it: flat, every value text. The form and the JSON of the
 * console are two views of one such map, so that they cannot disagree.
 */
export type ConnectorConfig = Readonly<Record<string, string>>

/** How a secret is read back; sent again, it means “as stored”. */
export const secretMask = '*'.repeat(16)

const secretKeys: ReadonlySet<string> = new Set(['kafka.api.secret'])

/** What comes first in JSON, in Confluent's order; the rest follows by name. */
const keysInOrder = [
  'connector.class',
  'name',
  'kafka.auth.mode',
  'kafka.api.key',
  'kafka.api.secret',
  'kafka.topic',
  'output.data.format',
  'quickstart',
  'schema.string',
  'schema.keyfield',
  'json.output.decimal.format',
  'max.interval',
  'iterations',
  'tasks.max',
]

/** The map with this key set; an empty value takes it away, as a form's empty field does. */
export function withKey(config: ConnectorConfig, key: string, value: string): ConnectorConfig {
  const { [key]: _before, ...rest } = config
  return value === '' ? rest : { ...rest, [key]: value }
}

/** Indented JSON with secrets as stars: what a person may look at and copy. */
export function configJson(config: ConnectorConfig): string {
  const entries = Object.entries(config).sort(([a], [b]) => rankOf(a) - rankOf(b) || order(a, b))
  return JSON.stringify(
    Object.fromEntries(
      entries.map(([key, value]) => [
        key,
        secretKeys.has(key) && value !== '' ? secretMask : value,
      ]),
    ),
    null,
    2,
  )
}

export type ParsedConfig = { readonly ok: ConnectorConfig } | { readonly problem: string }

/**
 * Reads JSON that somebody typed or pasted: a flat object, or Connect's `{"name", "config": {…}}`.
 * A secret that is still stars keeps the value that `before` has for it.
 */
export function parseConfigJson(text: string, before: ConnectorConfig): ParsedConfig {
  const parsed = parse(text)
  if (parsed === undefined) return { problem: 'This is not valid JSON.' }
  if (!isObject(parsed))
    return { problem: 'The configuration is a JSON object: { "key": "value" }.' }
  const inner = isObject(parsed.config) ? { ...nameOf(parsed), ...parsed.config } : parsed
  const config: Record<string, string> = {}
  for (const [key, value] of Object.entries(inner)) {
    if (value === null) continue
    if (typeof value === 'object') {
      return { problem: `The value of "${key}" is text, a number, true or false.` }
    }
    const text = String(value)
    config[key] = secretKeys.has(key) && text === secretMask ? (before[key] ?? text) : text
  }
  return { ok: config }
}

function nameOf({ name }: Readonly<Record<string, unknown>>): { name?: string } {
  return typeof name === 'string' ? { name } : {}
}

function rankOf(key: string): number {
  const rank = keysInOrder.indexOf(key)
  return rank < 0 ? keysInOrder.length : rank
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
