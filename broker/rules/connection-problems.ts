/**
 * What goes wrong between a client and the Kafka ports: each with the sentence that the log and the
 * console say, and what to do about it. One table, so that both say the same.
 *
 * `sentence` completes "The client …"; `{detail}` stands where it names what was found. Nothing that
 * a stranger typed as a key or a secret is ever a detail.
 */
interface ProblemText {
  readonly sentence: string
  /** What to change, as a clause that begins with a verb; null where nothing has to be done. */
  readonly remedy: string | null
}

const trust =
  'give it ca.pem or truststore.p12 (in tls/ of the data folder, and to download on the page New client)'
const protocolSetting =
  'set security.protocol=SASL_SSL or SASL_PLAINTEXT and sasl.mechanism=PLAIN, with the API key as user name and its secret as password'
const keyless =
  'set security.protocol=PLAINTEXT and nothing that begins with sasl. or ssl., or dial the bootstrap server of the cluster with an API key'
const copyKey = 'compare both with the file that was downloaded when the key was made'

export const connectionProblems = {
  TLS_UNKNOWN_AUTHORITY: {
    sentence: 'failed its TLS handshake: it does not trust the authority of the certificate',
    remedy: trust,
  },
  TLS_WRONG_HOST_NAME: {
    sentence:
      'failed its TLS handshake: it dialled {detail}, and the certificate is for other names',
    remedy: 'put that name into TLS_NAMES and start again, or dial localhost',
  },
  TLS_CERTIFICATE_REFUSED: {
    // Go and Java send the same alert for either fault (RFC 8446, 6.2, leaves it to them).
    sentence:
      'failed its TLS handshake: it refuses the certificate ({detail}), because it does not trust the authority or dialled a name that is not in it',
    remedy: `${trust}, and put the name that it dials into TLS_NAMES`,
  },
  TLS_HUNG_UP: {
    // Node's clients send no alert: they go, during the handshake or right after it.
    sentence:
      'hung up at its TLS handshake, without a reason: perhaps it does not trust the certificate, or dialled a name that is not in it',
    remedy: `${trust}, and put the name that it dials into TLS_NAMES`,
  },
  TLS_CERTIFICATE_EXPIRED: {
    sentence: 'failed its TLS handshake: it finds the certificate expired',
    remedy: 'compare the clocks of both machines',
  },
  TLS_TOO_OLD: {
    sentence:
      'failed its TLS handshake: it speaks only versions before TLS 1.2, which are not safe',
    remedy: 'use a newer library, or let it speak TLS 1.2',
  },
  TLS_NO_CIPHER: {
    sentence: 'failed its TLS handshake: it offered no cipher that is still safe',
    remedy: 'leave ssl.cipher.suites unset',
  },
  NOT_TLS: {
    sentence: 'failed its TLS handshake: what it sent after a first byte of TLS was not TLS',
    remedy: 'check what else is dialling this port',
  },
  TLS_UNAVAILABLE: {
    sentence: 'could not be answered by TLS: {detail}',
    remedy: 'see what the broker said of its certificate at its start',
  },
  TLS_FAILED: { sentence: 'failed its TLS handshake: {detail}', remedy: null },
  TLS_BROKEN: {
    sentence: 'broke TLS: {detail}',
    remedy: 'look for what changes bytes on the way, such as a proxy',
  },
  HANDSHAKE_TOO_SLOW: {
    sentence: 'did not complete its TLS handshake within {detail} s',
    remedy: 'look at the network between the client and this machine',
  },
  PLAINTEXT_REFUSED: {
    sentence: 'speaks plaintext where only SASL_SSL is accepted',
    remedy: 'set security.protocol=SASL_SSL',
  },
  TLS_REFUSED: {
    sentence: 'speaks TLS where only SASL_PLAINTEXT is accepted',
    remedy: 'set security.protocol=SASL_PLAINTEXT',
  },
  OPEN_PORT_TLS: {
    sentence: 'speaks TLS on a port that is open without a key and has no TLS',
    remedy: keyless,
  },
  OPEN_PORT_SASL: {
    sentence: 'tries to sign in on a port that is open without a key',
    remedy: keyless,
  },
  OPEN_PORT_CLOSED: {
    sentence: 'was disconnected: its cluster no longer allows connections without a key',
    remedy: 'dial the bootstrap server of the cluster with an API key',
  },
  NOT_SIGNED_IN: {
    sentence:
      'sent {detail}, a request that is not legal before sign-in: it is set to connect without an API key',
    remedy: protocolSetting,
  },
  HTTP: {
    sentence: 'sent HTTP ({detail}), and this port speaks Kafka',
    remedy: 'open the address of the console instead',
  },
  NOT_KAFKA: {
    sentence: 'sent a frame of impossible length: {detail}',
    remedy: 'check that it is a Kafka client that dials this port',
  },
  SASL_MECHANISM: {
    sentence: 'asked for the SASL mechanism {detail}, where this broker speaks PLAIN',
    remedy: 'set sasl.mechanism=PLAIN',
  },
  SASL_TOKEN: {
    sentence: 'sent a PLAIN token that is malformed',
    remedy: 'set user name and password, and no authorization id',
  },
  SASL_AUTHORIZATION_ID: {
    sentence: 'sent an authorization id that differs from its user name',
    remedy: 'leave the authorization id out',
  },
  SASL_ORDER: {
    sentence: 'sent {detail}',
    remedy: 'use a client library that follows KIP-43',
  },
  UNKNOWN_KEY: {
    sentence: 'gave a user name that is no API key of this installation',
    remedy: copyKey,
  },
  WRONG_SECRET: {
    sentence: 'gave the API key {detail} with a wrong secret',
    remedy: copyKey,
  },
  DELETED_KEY: {
    sentence: 'gave the API key {detail}, which was deleted',
    remedy: 'create another key and use that',
  },
  OTHER_PRINCIPAL: {
    sentence: 'signed in again as somebody else on a live connection',
    remedy: 'open a connection of its own for each API key',
  },
  KEY_DELETED: {
    sentence: 'was disconnected: its key is deleted',
    remedy: 'create another key and use that',
  },
  CLUSTER_DELETED: { sentence: 'was disconnected: its cluster is deleted', remedy: null },
  TOO_MANY_CONNECTIONS: {
    sentence:
      'found no place left: the cluster has reached its limit of {detail} client connections',
    remedy: 'end clients that are not needed, or share one connection among threads',
  },
  TOO_MANY_STRANGERS: {
    sentence: 'was refused: {detail} other connections have not signed in yet',
    remedy: 'look for a client that connects over and over without signing in',
  },
  SIGN_IN_TOO_SLOW: {
    sentence: 'did not sign in within {detail} s',
    remedy: protocolSetting,
  },
  LEFT_BEFORE_SIGN_IN: {
    sentence: 'hung up before it signed in',
    remedy: null,
  },
  SAID_NOTHING: {
    sentence: 'connected and hung up without a byte, as a port scan or a health check does',
    remedy: null,
  },
  UNKNOWN_API: {
    sentence: 'asked for an API that this broker does not have: {detail}',
    remedy: null,
  },
  UNSUPPORTED_VERSION: {
    sentence: 'asked for a version that this broker does not serve: {detail}',
    remedy:
      'use a client library of Kafka 2.1 or newer, or unset MAX_KAFKA_VERSION where it is set',
  },
  UNREADABLE: {
    sentence: 'sent {detail}',
    remedy: 'use a client library that is known to work, or report this one',
  },
  REQUEST_TOO_SLOW: {
    sentence: 'stopped in the middle of a large request while others waited for its room',
    remedy: 'look at the network between the client and this machine',
  },
  ANSWER_TOO_LATE: { sentence: 'waited too long for the answer to {detail}', remedy: null },
  ANSWER_NOT_READ: {
    sentence:
      'did not read what it had asked for, of all clients for the longest time, when memory was short',
    remedy: 'poll more often, or set fetch.max.bytes lower',
  },
  CLOSED_BY_REQUEST: { sentence: 'was closed by {detail}', remedy: null },
  HANDLER_FAILED: {
    sentence: 'was closed because {detail}',
    remedy: 'report this: it is a fault of the broker',
  },
  UNKNOWN_TOPIC: {
    sentence: 'asked for the topic {detail}, which this cluster does not have',
    remedy: 'create the topic, or correct its name',
  },
  TOPIC_FORBIDDEN: {
    sentence: 'may not do that with the topic {detail}',
    remedy: 'use another topic, or another key',
  },
  BAD_TOPIC_NAME: {
    sentence: 'named a topic as no topic can be named: {detail}',
    remedy: 'use letters, digits, dots, underscores and hyphens',
  },
  MESSAGE_TOO_LARGE: {
    sentence: 'sent a batch larger than the topic {detail} accepts',
    remedy: 'send smaller messages, or raise max.message.bytes of the topic',
  },
  REQUEST_REFUSED: { sentence: 'was refused: {detail}', remedy: null },
} as const satisfies Record<string, ProblemText>

export type ConnectionProblemCode = keyof typeof connectionProblems

/** One that happened: which, and what was found where its sentence has a place for it. */
export interface ConnectionProblem {
  readonly code: ConnectionProblemCode
  readonly detail?: string
}

/** `connectionProblems` by any text; null for what is none, as another version may say. */
export function connectionProblemCode(text: string): ConnectionProblemCode | null {
  return Object.hasOwn(connectionProblems, text)
    ? // The table has just been asked.
      (text as ConnectionProblemCode)
    : null
}

/** Completes "The client …", without a full stop. */
export function problemSentence({ code, detail = '?' }: ConnectionProblem): string {
  // A function, because a text in its place would have a meaning for `$&`.
  return connectionProblems[code].sentence.replace('{detail}', () => detail)
}

/** What to do about it, as a clause that begins with a verb; null where there is nothing. */
export function problemRemedy({ code }: ConnectionProblem): string | null {
  return connectionProblems[code].remedy
}

/** Both, as a log line has them. */
export function describeProblem(problem: ConnectionProblem): string {
  const remedy = problemRemedy(problem)
  return remedy === null ? problemSentence(problem) : `${problemSentence(problem)}: ${remedy}`
}
