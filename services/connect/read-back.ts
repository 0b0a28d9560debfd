import { maskedSecret, serverConfigKeys } from '../../broker/rules/connect.ts'
import type { ConfigMap } from './plugin.ts'

// A config as the server tells it: secrets as stars, and a few keys that nobody set. Clients that
// compare what they sent with what they read know these keys (Confluent's Terraform provider
// leaves them out).

export function readBack(
  config: ConfigMap,
  { secretKeys, endpoint }: { readonly secretKeys: ReadonlySet<string>; readonly endpoint: string },
): ConfigMap {
  const masked = Object.entries(config).map(([key, value]) => [
    key,
    secretKeys.has(key) && value !== '' ? maskedSecret : value,
  ])
  return {
    ...Object.fromEntries(masked),
    'cloud.environment': 'prod',
    'kafka.endpoint': endpoint,
    'kafka.dedicated': 'false',
    'kafka.max.partition.validation.disable': 'false',
    'valid.kafka.api.key': 'true',
  }
}

/** What a person set: without the server's keys, and with the stored secret where there are stars. */
export function asSet(sent: ConfigMap, stored: ConfigMap | null): ConfigMap {
  return Object.fromEntries(
    Object.entries(sent).flatMap(([key, value]) => {
      if (serverConfigKeys.includes(key) || key.startsWith('config.internal.')) return []
      const kept = value === maskedSecret ? stored?.[key] : undefined
      return [[key, kept ?? value]]
    }),
  )
}
