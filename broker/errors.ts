/**
 * Kafka's error table: what each error is called, its code on the wire, and whether a client may
 * simply try again (the error's class extends RetriableException in the Java client).
 *
 * This file is long because Kafka has that many errors; it is a table and nothing else.
 * Never answer UNKNOWN_SERVER_ERROR: Java producers and Streams applications die of it.
 */
export const kafkaErrors = {
  UNKNOWN_SERVER_ERROR: {
    code: -1,
    retriable: false,
    message: 'The broker failed in a way it did not expect.',
  },
  NONE: { code: 0, retriable: false, message: '' },
  OFFSET_OUT_OF_RANGE: {
    code: 1,
    retriable: false,
    message: 'The offset lies outside what this partition holds.',
  },
  CORRUPT_MESSAGE: {
    code: 2,
    retriable: true,
    message: 'The records are damaged: their checksum or layout is wrong.',
  },
  UNKNOWN_TOPIC_OR_PARTITION: {
    code: 3,
    retriable: true,
    message: 'There is no such topic or partition here.',
  },
  INVALID_FETCH_SIZE: {
    code: 4,
    retriable: false,
    message: 'The size asked for in this fetch is not valid.',
  },
  LEADER_NOT_AVAILABLE: {
    code: 5,
    retriable: true,
    message: 'The partition has no leader at the moment.',
  },
  NOT_LEADER_OR_FOLLOWER: {
    code: 6,
    retriable: true,
    message: 'This broker does not serve that partition; ask for fresh metadata.',
  },
  REQUEST_TIMED_OUT: {
    code: 7,
    retriable: true,
    message: 'The request was not finished within its time.',
  },
  BROKER_NOT_AVAILABLE: { code: 8, retriable: false, message: 'The broker is not available.' },
  REPLICA_NOT_AVAILABLE: {
    code: 9,
    retriable: true,
    message: 'The replica asked for is not available.',
  },
  MESSAGE_TOO_LARGE: {
    code: 10,
    retriable: false,
    message: 'The records are larger than the topic accepts.',
  },
  STALE_CONTROLLER_EPOCH: {
    code: 11,
    retriable: false,
    message: 'Another controller has taken over.',
  },
  OFFSET_METADATA_TOO_LARGE: {
    code: 12,
    retriable: false,
    message: 'The metadata committed with the offset is too long.',
  },
  NETWORK_EXCEPTION: {
    code: 13,
    retriable: true,
    message: 'The connection ended before the answer arrived.',
  },
  COORDINATOR_LOAD_IN_PROGRESS: {
    code: 14,
    retriable: true,
    message: 'The coordinator is still loading its state.',
  },
  COORDINATOR_NOT_AVAILABLE: {
    code: 15,
    retriable: true,
    message: 'The coordinator is not available at the moment.',
  },
  NOT_COORDINATOR: {
    code: 16,
    retriable: true,
    message: 'This broker is not the coordinator asked for.',
  },
  INVALID_TOPIC_EXCEPTION: {
    code: 17,
    retriable: false,
    message: 'The topic name is not valid, or the topic may not be used in this way.',
  },
  RECORD_LIST_TOO_LARGE: {
    code: 18,
    retriable: false,
    message: 'The records do not fit into one segment.',
  },
  NOT_ENOUGH_REPLICAS: {
    code: 19,
    retriable: true,
    message: 'Fewer replicas are in sync than the topic demands.',
  },
  NOT_ENOUGH_REPLICAS_AFTER_APPEND: {
    code: 20,
    retriable: true,
    message: 'The records were written, but to fewer replicas than the topic demands.',
  },
  INVALID_REQUIRED_ACKS: { code: 21, retriable: false, message: 'acks must be -1 (all), 0 or 1.' },
  ILLEGAL_GENERATION: {
    code: 22,
    retriable: false,
    message: "The generation is not the group's current one.",
  },
  INCONSISTENT_GROUP_PROTOCOL: {
    code: 23,
    retriable: false,
    message: "The member's protocols do not match those of the group, or it named none.",
  },
  INVALID_GROUP_ID: { code: 24, retriable: false, message: 'The group id is not valid.' },
  UNKNOWN_MEMBER_ID: { code: 25, retriable: false, message: 'The group has no such member.' },
  INVALID_SESSION_TIMEOUT: {
    code: 26,
    retriable: false,
    message: 'The session timeout is outside the range that the broker allows.',
  },
  REBALANCE_IN_PROGRESS: {
    code: 27,
    retriable: false,
    message: 'The group is rebalancing; join it again.',
  },
  INVALID_COMMIT_OFFSET_SIZE: {
    code: 28,
    retriable: false,
    message: 'The offset data to commit has a wrong size.',
  },
  TOPIC_AUTHORIZATION_FAILED: {
    code: 29,
    retriable: false,
    message: 'Not permitted on this topic.',
  },
  GROUP_AUTHORIZATION_FAILED: {
    code: 30,
    retriable: false,
    message: 'Not permitted on this group.',
  },
  CLUSTER_AUTHORIZATION_FAILED: {
    code: 31,
    retriable: false,
    message: 'Not permitted on this cluster.',
  },
  INVALID_TIMESTAMP: {
    code: 32,
    retriable: false,
    message: "A record's timestamp is outside the range that the topic accepts.",
  },
  UNSUPPORTED_SASL_MECHANISM: {
    code: 33,
    retriable: false,
    message: 'The broker does not offer this SASL mechanism.',
  },
  ILLEGAL_SASL_STATE: {
    code: 34,
    retriable: false,
    message: 'The request does not fit the present state of the sign-in.',
  },
  UNSUPPORTED_VERSION: {
    code: 35,
    retriable: false,
    message: 'The broker does not serve this version of the API.',
  },
  TOPIC_ALREADY_EXISTS: { code: 36, retriable: false, message: 'A topic of this name exists.' },
  INVALID_PARTITIONS: {
    code: 37,
    retriable: false,
    message: 'The number of partitions is not valid.',
  },
  INVALID_REPLICATION_FACTOR: {
    code: 38,
    retriable: false,
    message: 'The replication factor must be at least 1 and at most the number of brokers.',
  },
  INVALID_REPLICA_ASSIGNMENT: {
    code: 39,
    retriable: false,
    message: 'The assignment of replicas is not valid.',
  },
  INVALID_CONFIG: { code: 40, retriable: false, message: 'The configuration is not valid.' },
  NOT_CONTROLLER: { code: 41, retriable: true, message: 'This broker is not the controller.' },
  INVALID_REQUEST: {
    code: 42,
    retriable: false,
    message: 'The request contradicts itself or the protocol.',
  },
  UNSUPPORTED_FOR_MESSAGE_FORMAT: {
    code: 43,
    retriable: false,
    message: 'The format of the records does not allow this.',
  },
  POLICY_VIOLATION: {
    code: 44,
    retriable: false,
    message: 'The request goes against a policy of this cluster.',
  },
  OUT_OF_ORDER_SEQUENCE_NUMBER: {
    code: 45,
    retriable: false,
    message: "The producer's sequence number is not the next one.",
  },
  DUPLICATE_SEQUENCE_NUMBER: {
    code: 46,
    retriable: false,
    message: "The producer's sequence number was written before.",
  },
  INVALID_PRODUCER_EPOCH: {
    code: 47,
    retriable: false,
    message: "The producer's epoch is older than the one in use.",
  },
  INVALID_TXN_STATE: {
    code: 48,
    retriable: false,
    message: 'The transaction is in no state for this operation.',
  },
  INVALID_PRODUCER_ID_MAPPING: {
    code: 49,
    retriable: false,
    message: 'The producer id does not belong to this transactional id.',
  },
  INVALID_TRANSACTION_TIMEOUT: {
    code: 50,
    retriable: false,
    message: 'The transaction timeout is longer than the broker allows.',
  },
  CONCURRENT_TRANSACTIONS: {
    code: 51,
    retriable: true,
    message: 'Another operation on this transaction is still under way.',
  },
  TRANSACTION_COORDINATOR_FENCED: {
    code: 52,
    retriable: false,
    message: 'A newer transaction coordinator has taken over.',
  },
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: {
    code: 53,
    retriable: false,
    message: 'Not permitted with this transactional id.',
  },
  SECURITY_DISABLED: {
    code: 54,
    retriable: false,
    message: 'The broker runs without this security feature.',
  },
  OPERATION_NOT_ATTEMPTED: {
    code: 55,
    retriable: false,
    message: 'Not tried, because another part of the request failed.',
  },
  KAFKA_STORAGE_ERROR: {
    code: 56,
    retriable: true,
    message: 'The log could not be read or written.',
  },
  LOG_DIR_NOT_FOUND: {
    code: 57,
    retriable: false,
    message: 'The broker has no such log directory.',
  },
  SASL_AUTHENTICATION_FAILED: { code: 58, retriable: false, message: 'Signing in failed.' },
  UNKNOWN_PRODUCER_ID: {
    code: 59,
    retriable: false,
    message: 'The broker knows nothing of this producer id.',
  },
  REASSIGNMENT_IN_PROGRESS: {
    code: 60,
    retriable: false,
    message: 'The partition is being reassigned.',
  },
  DELEGATION_TOKEN_AUTH_DISABLED: {
    code: 61,
    retriable: false,
    message: 'Delegation tokens are switched off.',
  },
  DELEGATION_TOKEN_NOT_FOUND: {
    code: 62,
    retriable: false,
    message: 'There is no such delegation token.',
  },
  DELEGATION_TOKEN_OWNER_MISMATCH: {
    code: 63,
    retriable: false,
    message: 'The principal neither owns nor may renew this delegation token.',
  },
  DELEGATION_TOKEN_REQUEST_NOT_ALLOWED: {
    code: 64,
    retriable: false,
    message: 'Delegation tokens cannot be managed over this kind of connection.',
  },
  DELEGATION_TOKEN_AUTHORIZATION_FAILED: {
    code: 65,
    retriable: false,
    message: 'Not permitted on this delegation token.',
  },
  DELEGATION_TOKEN_EXPIRED: {
    code: 66,
    retriable: false,
    message: 'The delegation token has expired.',
  },
  INVALID_PRINCIPAL_TYPE: {
    code: 67,
    retriable: false,
    message: 'This type of principal is not supported.',
  },
  NON_EMPTY_GROUP: { code: 68, retriable: false, message: 'The group still has members.' },
  GROUP_ID_NOT_FOUND: { code: 69, retriable: false, message: 'There is no such group.' },
  FETCH_SESSION_ID_NOT_FOUND: {
    code: 70,
    retriable: true,
    message: 'There is no such fetch session.',
  },
  INVALID_FETCH_SESSION_EPOCH: {
    code: 71,
    retriable: true,
    message: 'The epoch of the fetch session is not the expected one.',
  },
  LISTENER_NOT_FOUND: {
    code: 72,
    retriable: true,
    message: 'The leader has no listener that matches the one this request came in on.',
  },
  TOPIC_DELETION_DISABLED: {
    code: 73,
    retriable: false,
    message: 'Deleting topics is switched off.',
  },
  FENCED_LEADER_EPOCH: {
    code: 74,
    retriable: true,
    message: "The leader epoch given is older than the partition's.",
  },
  UNKNOWN_LEADER_EPOCH: {
    code: 75,
    retriable: true,
    message: "The leader epoch given is newer than the partition's.",
  },
  UNSUPPORTED_COMPRESSION_TYPE: {
    code: 76,
    retriable: false,
    message: 'The compression is unknown, or this version of the request cannot carry it.',
  },
  STALE_BROKER_EPOCH: {
    code: 77,
    retriable: false,
    message: 'The broker has registered again since.',
  },
  OFFSET_NOT_AVAILABLE: {
    code: 78,
    retriable: true,
    message: 'The new leader cannot vouch for this offset yet.',
  },
  MEMBER_ID_REQUIRED: {
    code: 79,
    retriable: false,
    message: 'Join again with the member id given in this answer.',
  },
  PREFERRED_LEADER_NOT_AVAILABLE: {
    code: 80,
    retriable: true,
    message: 'The preferred leader is not available.',
  },
  GROUP_MAX_SIZE_REACHED: {
    code: 81,
    retriable: false,
    message: 'The group has as many members as it may have.',
  },
  FENCED_INSTANCE_ID: {
    code: 82,
    retriable: false,
    message: 'Another member has joined with the same group.instance.id.',
  },
  ELIGIBLE_LEADERS_NOT_AVAILABLE: {
    code: 83,
    retriable: true,
    message: 'No replica that may lead the partition is available.',
  },
  ELECTION_NOT_NEEDED: { code: 84, retriable: true, message: 'The partition needs no election.' },
  NO_REASSIGNMENT_IN_PROGRESS: {
    code: 85,
    retriable: false,
    message: 'The partition is not being reassigned.',
  },
  GROUP_SUBSCRIBED_TO_TOPIC: {
    code: 86,
    retriable: false,
    message: 'The group is subscribed to the topic, so its offsets cannot be deleted.',
  },
  INVALID_RECORD: {
    code: 87,
    retriable: false,
    message: 'A record breaks a rule of the broker or the topic.',
  },
  UNSTABLE_OFFSET_COMMIT: {
    code: 88,
    retriable: true,
    message: 'A transaction that commits these offsets has not ended yet.',
  },
  THROTTLING_QUOTA_EXCEEDED: {
    code: 89,
    retriable: true,
    message: 'A quota is used up for the moment.',
  },
  PRODUCER_FENCED: {
    code: 90,
    retriable: false,
    message: 'A newer producer with the same transactional id has taken over.',
  },
  RESOURCE_NOT_FOUND: { code: 91, retriable: false, message: 'There is no such resource.' },
  DUPLICATE_RESOURCE: {
    code: 92,
    retriable: false,
    message: 'The request names one resource twice.',
  },
  UNACCEPTABLE_CREDENTIAL: {
    code: 93,
    retriable: false,
    message: 'The credential does not meet the rules for credentials.',
  },
  INCONSISTENT_VOTER_SET: {
    code: 94,
    retriable: false,
    message: 'One side of this request is not among the voters.',
  },
  INVALID_UPDATE_VERSION: {
    code: 95,
    retriable: false,
    message: 'The version of the update is not valid.',
  },
  FEATURE_UPDATE_FAILED: {
    code: 96,
    retriable: false,
    message: 'The features could not be updated.',
  },
  PRINCIPAL_DESERIALIZATION_FAILURE: {
    code: 97,
    retriable: false,
    message: 'The principal of a forwarded request could not be read.',
  },
  SNAPSHOT_NOT_FOUND: { code: 98, retriable: false, message: 'There is no such snapshot.' },
  POSITION_OUT_OF_RANGE: {
    code: 99,
    retriable: false,
    message: 'The position lies outside the snapshot.',
  },
  UNKNOWN_TOPIC_ID: { code: 100, retriable: true, message: 'There is no topic with this id here.' },
  DUPLICATE_BROKER_REGISTRATION: {
    code: 101,
    retriable: false,
    message: 'A broker with this id is registered.',
  },
  BROKER_ID_NOT_REGISTERED: {
    code: 102,
    retriable: false,
    message: 'No broker with this id is registered.',
  },
  INCONSISTENT_TOPIC_ID: {
    code: 103,
    retriable: true,
    message: 'The topic id does not match the one in the log.',
  },
  INCONSISTENT_CLUSTER_ID: {
    code: 104,
    retriable: false,
    message: "The cluster id does not match this cluster's.",
  },
  TRANSACTIONAL_ID_NOT_FOUND: {
    code: 105,
    retriable: false,
    message: 'There is no such transactional id.',
  },
  FETCH_SESSION_TOPIC_ID_ERROR: {
    code: 106,
    retriable: true,
    message: 'The fetch session mixed topic names and topic ids.',
  },
  INELIGIBLE_REPLICA: {
    code: 107,
    retriable: false,
    message: 'A replica of the new in-sync set may not be in it.',
  },
  NEW_LEADER_ELECTED: {
    code: 108,
    retriable: false,
    message: 'The change was made, and it changed the leader.',
  },
  OFFSET_MOVED_TO_TIERED_STORAGE: {
    code: 109,
    retriable: false,
    message: 'The offset has moved to tiered storage.',
  },
  FENCED_MEMBER_EPOCH: {
    code: 110,
    retriable: false,
    message: 'The member epoch is fenced; give up all partitions and join again.',
  },
  UNRELEASED_INSTANCE_ID: {
    code: 111,
    retriable: false,
    message: 'Another member still holds this instance id.',
  },
  UNSUPPORTED_ASSIGNOR: {
    code: 112,
    retriable: false,
    message: 'The group does not support this assignor.',
  },
  STALE_MEMBER_EPOCH: {
    code: 113,
    retriable: false,
    message: 'The member epoch is old; try again after the next heartbeat.',
  },
  MISMATCHED_ENDPOINT_TYPE: {
    code: 114,
    retriable: false,
    message: 'The request was sent to the wrong type of endpoint.',
  },
  UNSUPPORTED_ENDPOINT_TYPE: {
    code: 115,
    retriable: false,
    message: 'This type of endpoint is not supported.',
  },
  UNKNOWN_CONTROLLER_ID: {
    code: 116,
    retriable: false,
    message: 'There is no controller with this id.',
  },
  UNKNOWN_SUBSCRIPTION_ID: {
    code: 117,
    retriable: false,
    message: 'The telemetry subscription is unknown or out of date.',
  },
  TELEMETRY_TOO_LARGE: {
    code: 118,
    retriable: false,
    message: 'The telemetry sent is larger than the broker accepts.',
  },
  INVALID_REGISTRATION: {
    code: 119,
    retriable: false,
    message: 'The controller refused the registration of this broker.',
  },
  TRANSACTION_ABORTABLE: {
    code: 120,
    retriable: false,
    message: 'The transaction failed; abort it to go on with this transactional id.',
  },
  INVALID_RECORD_STATE: {
    code: 121,
    retriable: false,
    message: 'The record cannot be acknowledged in its present state.',
  },
  SHARE_SESSION_NOT_FOUND: {
    code: 122,
    retriable: true,
    message: 'There is no such share session.',
  },
  INVALID_SHARE_SESSION_EPOCH: {
    code: 123,
    retriable: true,
    message: 'The epoch of the share session is not the expected one.',
  },
  FENCED_STATE_EPOCH: {
    code: 124,
    retriable: false,
    message: 'The state epoch of the share group is not the current one.',
  },
  INVALID_VOTER_KEY: {
    code: 125,
    retriable: false,
    message: "The voter key is not the receiving replica's.",
  },
  DUPLICATE_VOTER: { code: 126, retriable: false, message: 'This voter is in the set.' },
  VOTER_NOT_FOUND: { code: 127, retriable: false, message: 'There is no such voter in the set.' },
  INVALID_REGULAR_EXPRESSION: {
    code: 128,
    retriable: false,
    message: 'The regular expression is not valid.',
  },
  REBOOTSTRAP_REQUIRED: {
    code: 129,
    retriable: false,
    message: "The client's metadata is out of date; start again from the bootstrap servers.",
  },
  STREAMS_INVALID_TOPOLOGY: {
    code: 130,
    retriable: false,
    message: 'The topology of the Streams application is not valid.',
  },
  STREAMS_INVALID_TOPOLOGY_EPOCH: {
    code: 131,
    retriable: false,
    message: 'The epoch of the topology is not valid.',
  },
  STREAMS_TOPOLOGY_FENCED: {
    code: 132,
    retriable: false,
    message: 'The epoch of the topology is out of date.',
  },
  SHARE_SESSION_LIMIT_REACHED: {
    code: 133,
    retriable: true,
    message: 'The broker holds as many share sessions as it may.',
  },
} as const satisfies Readonly<Record<string, KafkaError>>

export interface KafkaError {
  readonly code: number
  readonly retriable: boolean
  /** A sentence for people. It names nothing of the tenant. */
  readonly message: string
}

export type KafkaErrorName = keyof typeof kafkaErrors

/** The code that stands for this error on the wire. */
export function errorCode(name: KafkaErrorName): number {
  return kafkaErrors[name].code
}

/** The name of a code, or undefined where Kafka has none for it. */
export function errorName(code: number): KafkaErrorName | undefined {
  return namesByCode.get(code)
}

/** An expected failure, as a value: the error that a client is answered with, and why. */
export interface Refusal {
  readonly error: KafkaErrorName
  /** Replaces the table's sentence where the protocol carries one. */
  readonly message?: string
  /** Of a produced batch: the records that are to blame (KIP-467). */
  readonly recordErrors?: readonly RecordError[]
}

export interface RecordError {
  readonly batchIndex: number
  readonly batchIndexErrorMessage: string
}

export function refuse(error: KafkaErrorName, message?: string): Refusal {
  return message === undefined ? { error } : { error, message }
}

/** Whether a result is a refusal rather than the value asked for. */
export function isRefusal(value: unknown): value is Refusal {
  return (
    typeof value === 'object' &&
    value !== null &&
    'error' in value &&
    typeof value.error === 'string' &&
    Object.hasOwn(kafkaErrors, value.error)
  )
}

const namesByCode: ReadonlyMap<number, KafkaErrorName> = new Map(
  // Object.keys gives string[]; the table is sealed by `as const`, so they are its names.
  (Object.keys(kafkaErrors) as KafkaErrorName[]).map((name) => [kafkaErrors[name].code, name]),
)
