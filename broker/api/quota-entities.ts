/** Whom Kafka's quotas can be set for, and which of them (KIP-546, KIP-612). */
const quotaKeys: Readonly<Record<string, readonly string[]>> = {
  user: clientKeys(),
  'client-id': clientKeys(),
  ip: ['connection_creation_rate'],
}

function clientKeys(): readonly string[] {
  return [
    'producer_byte_rate',
    'consumer_byte_rate',
    'request_percentage',
    'controller_mutation_rate',
  ]
}

export function isQuotaEntity(entityType: string): boolean {
  return Object.hasOwn(quotaKeys, entityType)
}

/** Whether there is such a quota for an entity that is made of these types. */
export function isQuotaKey(entityTypes: readonly string[], key: string): boolean {
  return entityTypes.every((entityType) => quotaKeys[entityType]?.includes(key))
}
