/**
 * Kafka's operations on a resource, and the bit field in which answers say which of them the asker
 * may do (KIP-430). Every key has full power over its own cluster, so it may do all that the kind
 * of resource knows; what only brokers do among each other is not a client's.
 */
const operationCodes = {
  READ: 3,
  WRITE: 4,
  CREATE: 5,
  DELETE: 6,
  ALTER: 7,
  DESCRIBE: 8,
  DESCRIBE_CONFIGS: 10,
  ALTER_CONFIGS: 11,
  IDEMPOTENT_WRITE: 12,
} as const

export type AclOperation = keyof typeof operationCodes

export const operationsOf = {
  TOPIC: [
    'READ',
    'WRITE',
    'CREATE',
    'DELETE',
    'ALTER',
    'DESCRIBE',
    'DESCRIBE_CONFIGS',
    'ALTER_CONFIGS',
  ],
  GROUP: ['READ', 'DELETE', 'DESCRIBE'],
  CLUSTER: ['CREATE', 'ALTER', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'ALTER_CONFIGS', 'IDEMPOTENT_WRITE'],
} as const satisfies Record<string, readonly AclOperation[]>

/** The bit field of all operations on a kind of resource. */
export function authorizedOperations(kind: keyof typeof operationsOf): number {
  return operationsOf[kind].reduce((bits, operation) => bits | (1 << operationCodes[operation]), 0)
}

/** What stands in the answer where the client did not ask. */
export const OPERATIONS_NOT_REQUESTED = -2147483648
