import type { ActionError } from './actions/result.ts'

/**
 * What can go wrong in the console, in the words that a person reads.
 *
 * `status` is the HTTP status where the error answers a request. Kafka's own errors are not listed
 * here: `lib/kafka/failure.ts` keeps their code and the broker's sentence.
 */
export const productErrors = {
  INVALID_INPUT: { status: 422, sentence: 'Some fields need another value.' },
  NOT_SIGNED_IN: { status: 401, sentence: 'Sign in to continue.' },
  NOT_FOUND: { status: 404, sentence: 'There is nothing here, or it is not yours.' },
  WRONG_ORIGIN: { status: 403, sentence: 'This request came from another site.' },
  WRONG_CREDENTIALS: { status: 401, sentence: 'The email or the password is not right.' },
  WRONG_PASSWORD: { status: 422, sentence: 'This is not your current password.' },
  TOO_MANY_ATTEMPTS: {
    status: 429,
    sentence: 'Too many attempts for this email. Wait 15 minutes, then try again.',
  },
  SIGN_UP_CLOSED: {
    status: 403,
    sentence: 'Sign-up is closed on this installation. Set ALLOW_SIGN_UP=1 to open it.',
  },
  EMAIL_TAKEN: { status: 409, sentence: 'An account with this email exists. Log in instead.' },
  CLUSTER_NAME_TAKEN: {
    status: 409,
    sentence: 'This environment has a cluster with this name. Choose another name.',
  },
  CLUSTER_NOT_RUNNING: {
    status: 409,
    sentence: 'The cluster is not running yet. Wait until it shows Running.',
  },
  API_KEY_LIMIT: {
    status: 402,
    sentence: 'This cluster has as many API keys as its type allows. Delete one first.',
  },
  CLUSTER_LIMIT: {
    status: 402,
    sentence: 'The request would exceed the quota: kafka_clusters_per_environment.',
  },
  ENVIRONMENT_NAME_TAKEN: {
    status: 409,
    sentence: 'There is an environment with this name. Choose another name.',
  },
  ENVIRONMENT_LIMIT: {
    status: 402,
    sentence: 'There are 25 environments, the most an organisation has. Delete an empty one first.',
  },
  ENVIRONMENT_NOT_EMPTY: {
    status: 409,
    sentence: 'This environment has clusters. Delete them first.',
  },
  NAME_MISMATCH: { status: 422, sentence: 'The name you typed is another one.' },
  OFFSETS_MOVED: { status: 409, sentence: 'Nothing was changed; look at the new dry run.' },
  DISK_FULL: {
    status: 503,
    sentence:
      'Nothing was changed: the disk of this installation is full, or cannot be written. Free space, then try again.',
  },
  TOO_MANY_STREAMS: {
    status: 429,
    sentence: 'This session has as many live pages open as it may. Close one.',
  },
  BROKER_UNREACHABLE: {
    status: 503,
    sentence: 'The broker does not answer. It restarts by itself; try again in a few seconds.',
  },
  SERVICES_UNREACHABLE: {
    status: 503,
    sentence: 'The part that measures does not answer. It restarts by itself.',
  },
  CONNECT_UNREACHABLE: {
    status: 503,
    sentence: 'The part that runs connectors does not answer. It restarts by itself.',
  },
  UNEXPECTED: {
    status: 500,
    sentence: 'This failed for a reason we did not foresee. The program’s log names it.',
  },
} as const satisfies Record<string, { status: number; sentence: string }>

export type ProductErrorCode = keyof typeof productErrors

/** The error of this code with its sentence from the table. */
export function failed(
  code: ProductErrorCode,
  fields?: Readonly<Record<string, string>>,
): { error: ActionError } {
  const message = productErrors[code].sentence
  return { error: fields === undefined ? { code, message } : { code, message, fields } }
}

/** The error of this code shown at one field, with the table's sentence there. */
export function failedAt(field: string, code: ProductErrorCode): { error: ActionError } {
  return failed(code, { [field]: productErrors[code].sentence })
}
