import { createHash, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { controlError } from './errors.ts'

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])

/** A page in a browser that resolves its own name to 127.0.0.1 still sends its own `Host`. */
export const requireLocalHost: MiddlewareHandler = async (context, next) => {
  const host = context.req.header('host')?.replace(/:\d+$/, '').toLowerCase()
  if (host === undefined || !LOCAL_HOSTS.has(host)) {
    return controlError(context, 'MISDIRECTED', 'This interface answers on localhost only.')
  }
  await next()
}

/** Compares hashes, so that neither length nor content of the token shows in the time taken. */
export function requireToken(token: string): MiddlewareHandler {
  const expected = sha256(`Bearer ${token}`)
  return async (context, next) => {
    const given = sha256(context.req.header('authorization') ?? '')
    if (!timingSafeEqual(given, expected)) {
      return controlError(context, 'UNAUTHORIZED', 'The bearer token is missing or wrong.')
    }
    await next()
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
