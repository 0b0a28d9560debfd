import type { Context } from 'hono'
import { productErrors } from '../errors.ts'
import type { KafkaFailure } from '../kafka/failure.ts'
import { isPassing } from '../kafka/record-writer.ts'
import { streamLimits } from './limits.ts'

/** An error as Confluent's Kafka REST writes it, with the HTTP status that goes with it. */
export interface RestError {
  readonly status: 400 | 401 | 404 | 403 | 405 | 408 | 413 | 415 | 422 | 429 | 500 | 501 | 503
  readonly errorCode: number
  readonly message: string
}

/** Those that are not about one thing in particular. */
export const restErrors = {
  authentication: { status: 401, errorCode: 40101, message: 'Authentication failed' },
  notFound: { status: 404, errorCode: 404, message: 'HTTP 404 Not Found' },
  method: { status: 405, errorCode: 405, message: 'HTTP 405 Method Not Allowed' },
  mediaType: { status: 415, errorCode: 415, message: 'HTTP 415 Unsupported Media Type' },
  tooLarge: {
    status: 413,
    errorCode: 413,
    message:
      'The request included a message larger than the maximum message size the server can accept.',
  },
  notUtf8: { status: 400, errorCode: 400, message: 'Bad Request: JSON is written in UTF-8.' },
  emptyBody: {
    status: 422,
    errorCode: 422,
    message: 'Payload error. Request body is empty. Data is required.',
  },
  attempts: {
    status: 429,
    errorCode: 429,
    message: 'Too many wrong secrets for this API key. Wait 15 minutes, then try again.',
  },
  requests: {
    status: 429,
    errorCode: 429,
    message: 'Too many requests are under way. Wait for answers before sending more.',
  },
  keys: {
    status: 429,
    errorCode: 429,
    message:
      'Too many API keys have requests under way. Wait for answers before sending with more of them.',
  },
  streams: {
    status: 429,
    errorCode: 429,
    message:
      'Too many requests with records are under way in this cluster. End some of them before sending more.',
  },
  recordBytes: {
    status: 429,
    errorCode: 429,
    message:
      'Too many large records are arriving in this cluster at once. Wait for answers before sending more.',
  },
  stalled: {
    status: 408,
    errorCode: 408,
    message: `No record came to its end for ${streamLimits.stallMsMax / 1000} seconds, so the stream was ended. Send what is left in another request.`,
  },
  notImplemented: { status: 501, errorCode: 501, message: 'HTTP 501 Not Implemented' },
  unreachable: {
    status: 503,
    errorCode: 50302,
    message: productErrors.BROKER_UNREACHABLE.sentence,
  },
  internal: { status: 500, errorCode: 500, message: 'Internal Server Error' },
} as const satisfies Record<string, RestError>

export function badRequest(message: string): RestError {
  return { status: 400, errorCode: 400, message }
}

export function notFound(message: string): RestError {
  return { status: 404, errorCode: 404, message }
}

/** What a refusal of Kafka's is here. */
export function errorOfKafka(failure: KafkaFailure): RestError {
  const known = kafkaErrors[failure.code]
  if (known !== undefined) return known
  const { message } = failure
  if (failure.code.endsWith('_AUTHORIZATION_FAILED')) {
    return { status: 403, errorCode: 40301, message: 'Request is not authorized' }
  }
  if (isPassing(failure)) return { status: 500, errorCode: 50003, message }
  if (failure.code === 'UNKNOWN_SERVER_ERROR') return { status: 500, errorCode: 50002, message }
  return failure.code === 'UNSUPPORTED_VERSION'
    ? { status: 400, errorCode: 40035, message }
    : { status: 400, errorCode: 40002, message }
}

const notHosted: RestError = {
  status: 404,
  errorCode: 40403,
  message: 'This server does not host this topic-partition.',
}

const kafkaErrors: Readonly<Record<string, RestError>> = {
  SASL_AUTHENTICATION_FAILED: restErrors.authentication,
  BROKER_UNREACHABLE: restErrors.unreachable,
  THROTTLING_QUOTA_EXCEEDED: restErrors.requests,
  MESSAGE_TOO_LARGE: restErrors.tooLarge,
  RECORD_LIST_TOO_LARGE: restErrors.tooLarge,
  UNKNOWN_TOPIC_OR_PARTITION: notHosted,
  UNKNOWN_TOPIC_ID: notHosted,
  GROUP_ID_NOT_FOUND: restErrors.notFound,
}

/** The body of an error. */
export function errorBody({ errorCode, message }: RestError) {
  return { error_code: errorCode, message }
}

export function answerError(context: Context, error: RestError): Response {
  return context.json(errorBody(error), error.status, headersOf(error))
}

function headersOf({ status }: RestError): Record<string, string> {
  if (status === 401)
    return { 'WWW-Authenticate': 'Basic realm="Tributary Kafka REST", charset="UTF-8"' }
  if (status === 429 || status === 503) return { 'Retry-After': status === 503 ? '5' : '60' }
  return {}
}
