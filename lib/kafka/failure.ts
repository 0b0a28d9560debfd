import { kafkaErrors } from '../../broker/errors.ts'
import { productErrors } from '../errors.ts'

/**
 * A call that a cluster refused or did not answer, with Kafka's error name as its code. Thrown by
 * everything in `lib/kafka`; told apart by `code`, since bundles have copies of this class.
 */
export class KafkaFailure extends Error {
  readonly kafka = true
  /** Kafka's error name, or `BROKER_UNREACHABLE`. */
  readonly code: string

  constructor(code: string, sentence: string) {
    super(sentence)
    this.code = code
  }
}

/** The failure for an error code of the protocol, in the broker's words where it gave any. */
export function failureOfCode(number: number, brokerSentence: string | null = null): KafkaFailure {
  const [name, known] = errorsByCode.get(number) ?? [`ERROR_${number}`]
  const sentence = brokerSentence ?? known?.message
  return new KafkaFailure(name, sentence ?? `The broker answered with error ${number}.`)
}

const errorsByCode = new Map<number, readonly [string, { readonly message: string }]>(
  Object.entries(kafkaErrors).map(([name, error]) => [error.code, [name, error]]),
)

/** Whatever a Kafka library threw, as a failure; null where it has nothing to do with Kafka. */
export function asKafkaFailure(error: unknown): KafkaFailure | null {
  if (!(error instanceof Error)) return null
  if (isKafkaFailure(error)) return error
  const refused = protocolErrorIn(error)
  if (refused !== null) return refused
  // The library's own finding about a topic that Metadata does not list.
  if (codeOf(error) === 'PLT_KFK_USER' && error.message.startsWith('Unknown topic')) {
    return failureOfCode(3)
  }
  return networkCodes.has(codeOf(error)) ? unreachable() : null
}

export function unreachable(): KafkaFailure {
  return new KafkaFailure('BROKER_UNREACHABLE', productErrors.BROKER_UNREACHABLE.sentence)
}

const networkCodes = new Set([
  'PLT_KFK_MULTIPLE',
  'PLT_KFK_NETWORK',
  'PLT_KFK_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
])

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : ''
}

function isKafkaFailure(error: Error): error is KafkaFailure {
  return 'kafka' in error && error.kafka === true
}

/** Looks through wrapped and aggregated errors for what the broker itself answered. */
function protocolErrorIn(error: unknown, depth = 0): KafkaFailure | null {
  if (!(error instanceof Error) || depth > 5) return null
  // What the library throws where an answer holds an error code.
  if ('code' in error && error.code === 'PLT_KFK_PROTOCOL' && 'apiCode' in error) {
    const sentence = 'serverErrorMessage' in error ? error.serverErrorMessage : null
    return failureOfCode(Number(error.apiCode), typeof sentence === 'string' ? sentence : null)
  }
  const inner = 'errors' in error && Array.isArray(error.errors) ? error.errors : []
  for (const candidate of [...inner, error.cause]) {
    const found = protocolErrorIn(candidate, depth + 1)
    if (found !== null) return found
  }
  return null
}
