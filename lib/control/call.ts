import { z } from 'zod'
import { type ConfigError, connectFailure } from '../../broker/rules/connect.ts'
import type { ControlAddress } from '../env.ts'

/**
 * What a control call came to. `UNREACHABLE`: the process does not answer, as while it is being
 * restarted; trying again later is right. Other codes are the interface's own.
 */
export type ControlAnswer<T> =
  | { ok: true; value: T }
  | {
      ok: false
      code: string
      message: string
      /** Where a connector's config was refused: what is wrong with which key. */
      errors?: readonly ConfigError[]
    }

const failure = z.object({ error: z.object({ code: z.string(), message: z.string() }) })

/** Connect's paths refuse with the HTTP status as their code. */
const codeOfStatus: Readonly<Record<number, string>> = {
  400: 'INVALID',
  403: 'LIMIT',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
}

/** Nothing behind a control interface takes longer, a restart of its process included. */
const deadlineMs = 10_000

/** One call of a control interface; a 204 is parsed as `undefined`. */
export async function callControl<T>(
  address: ControlAddress,
  method: 'GET' | 'PUT' | 'POST' | 'DELETE',
  path: string,
  shape: z.ZodType<T>,
  body?: unknown,
): Promise<ControlAnswer<T>> {
  let status: number
  let text: string
  const ask = () =>
    fetch(address.url + path, {
      method,
      headers: {
        authorization: `Bearer ${address.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      // Next keeps answers of `fetch` unless it is told not to.
      cache: 'no-store',
      signal: AbortSignal.timeout(deadlineMs),
    })
  try {
    const response = await ask().catch((error: unknown) => {
      if (method === 'POST' || !isConnectionLost(error)) throw error
      return ask()
    })
    status = response.status
    text = await response.text()
  } catch (error) {
    return unreachable(error, `${method} ${path}`)
  }
  if (status >= 200 && status < 300) return { ok: true, value: shape.parse(jsonOf(text)) }
  return failureOf(text, `${method} ${path}`, status)
}

/**
 * A call whose answer comes little by little, as newline-delimited JSON. Aborting `signal` ends the
 * connection, which the other side notices.
 */
export async function openControlStream(
  address: ControlAddress,
  path: string,
  body: unknown,
  signal: AbortSignal,
): Promise<ControlAnswer<ReadableStream<Uint8Array>>> {
  let response: Response
  try {
    response = await fetch(address.url + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${address.token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
      cache: 'no-store',
      signal,
    })
    if (response.ok && response.body !== null) {
      // A body that nobody has begun to read is cancelled when its response is garbage collected.
      return { ok: true, value: response.body.pipeThrough(new TransformStream()) }
    }
    return failureOf(await response.text(), `POST ${path}`, response.status)
  } catch (error) {
    return unreachable(error, `POST ${path}`)
  }
}

/**
 * A connection that is kept for the next call is closed by the other side after some seconds, which
 * may be the very moment of that call. What may be done twice is then simply asked again (RFC 9110,
 * 9.2.2).
 */
function isConnectionLost(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET'
}

function unreachable(error: unknown, what: string): ControlAnswer<never> {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return { ok: false, code: 'UNREACHABLE', message: `${what}: ${String(cause)}` }
}

function failureOf(text: string, what: string, status: number): ControlAnswer<never> {
  const body = jsonOf(text)
  const described = failure.safeParse(body)
  if (described.success) return { ok: false, ...described.data.error }
  const connect = connectFailure.safeParse(body)
  if (connect.success) {
    const { error_code, message, errors } = connect.data
    const code = codeOfStatus[error_code] ?? `HTTP_${error_code}`
    return { ok: false, code, message, ...(errors && { errors }) }
  }
  return { ok: false, code: `HTTP_${status}`, message: `${what} was answered ${status}.` }
}

/** Undefined where there is no JSON, as in a 204 and in what a stranger on that port says. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
