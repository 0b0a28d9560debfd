/** What has a default, and few people change. */
export const advancedKeys = [
  'schema.keyfield',
  'max.interval',
  'iterations',
  'json.output.decimal.format',
] as const

/** What the step *Configuration* has fields for. */
export const configurationKeys = [
  'output.data.format',
  'quickstart',
  'schema.string',
  ...advancedKeys,
] as const
