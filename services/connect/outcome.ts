import type { ConfigError } from '../../broker/rules/connect.ts'

/** What a request came to: its value, or a refusal as Connect's paths answer it. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | Refusal

export interface Refusal {
  readonly ok: false
  readonly status: 400 | 403 | 404 | 409 | 503
  readonly message: string
  readonly errors?: readonly ConfigError[]
}

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value }
}

export function refuse(status: Refusal['status'], message: string): Refusal {
  return { ok: false, status, message }
}

/** As Connect refuses a config; `errors` are for beside the fields. */
export function refuseConfig(errors: readonly ConfigError[]): Refusal {
  const list = errors.map(({ message }) => message).join('\n')
  const message = `Connector configuration is invalid and contains the following ${errors.length} error(s):\n${list}`
  return { ok: false, status: 400, message, errors }
}
