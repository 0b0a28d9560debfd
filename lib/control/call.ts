import { z } from 'zod'
import type { ControlAddress } from '../env.ts'

/**
 * What a control call came to. `UNREACHABLE`: the process does not answer, as while it is being
 * restarted; trying again later is right. Other codes are the interface's own.
 */
export type ControlAnswer<T> = { ok: true; value: T } | { ok: false; code: string; message: string }

const failure = z.object({ error: z.object({ code: z.string(), message: z.string() }) })

/** Nothing behind a control interface takes longer, a restart of its process included. */
const deadlineMs = 10_000

/** One call of a control interface; a 204 is parsed as `undefined`. */
export async function callControl<T>(
  address: ControlAddress,
  method: 'GET' | 'PUT' | 'DELETE',
  path: string,
  shape: z.ZodType<T>,
  body?: unknown,
): Promise<ControlAnswer<T>> {
  let status: number
  let text: string
  try {
    const response = await fetch(address.url + path, {
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
    status = response.status
    text = await response.text()
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return { ok: false, code: 'UNREACHABLE', message: `${method} ${path}: ${String(cause)}` }
  }
  const answer = jsonOf(text)
  if (status >= 200 && status < 300) return { ok: true, value: shape.parse(answer) }
  const described = failure.safeParse(answer)
  if (described.success) return { ok: false, ...described.data.error }
  return { ok: false, code: `HTTP_${status}`, message: `${method} ${path} was answered ${status}.` }
}

/** Undefined where there is no JSON, as in a 204 and in what a stranger on that port says. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
