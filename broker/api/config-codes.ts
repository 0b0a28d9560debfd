import type { ConfigSource, ConfigType } from '../rules/topic-configs.ts'

/** Kinds of resources that have configs, as numbers on the wire. */
export const configResources = {
  TOPIC: 2,
  BROKER: 4,
  BROKER_LOGGER: 8,
  CLIENT_METRICS: 16,
  GROUP: 32,
} as const

/** Where a value comes from, as numbers on the wire. */
export const configSourceCodes = {
  DYNAMIC_TOPIC_CONFIG: 1,
  STATIC_BROKER_CONFIG: 4,
  DEFAULT_CONFIG: 5,
} as const satisfies Record<ConfigSource, number>

/** The type of a value, as numbers on the wire (KIP-569). */
export const configTypeCodes = {
  BOOLEAN: 1,
  STRING: 2,
  INT: 3,
  LONG: 5,
  DOUBLE: 6,
  LIST: 7,
} as const satisfies Record<ConfigType, number>
