import type { ConnectionProblem } from '../rules/connection-problems.ts'
import type { FrameError } from './frame-reader.ts'

/** What a length that cannot be right most likely means. */
export function frameProblem({ lengthBytes, maxBytes, head }: FrameError): ConnectionProblem {
  const method = httpMethodOf(head)
  return method === null
    ? {
        code: 'NOT_KAFKA',
        detail: `${lengthBytes} bytes where 0 to ${maxBytes} are allowed`,
      }
    : { code: 'HTTP', detail: method }
}

/** The method of HTTP that the first four bytes of a nonsensical frame are the beginning of, or null. */
function httpMethodOf(head: Uint8Array): string | null {
  const text = String.fromCharCode(...head)
  return httpMethods.find((method) => `${method} `.startsWith(text)) ?? null
}

const httpMethods = ['GET', 'POST', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'PATCH', 'CONNECT'] as const
