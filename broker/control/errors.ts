import type { Context } from 'hono'
import type { ControlRefusal } from '../cluster/tenants.ts'
import { storageFailureCode } from '../storage/failure.ts'

/** The interface's errors and the HTTP status of each. */
const statusOf = {
  INVALID: 400,
  UNAUTHORIZED: 401,
  LIMIT: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  MISDIRECTED: 421,
  INTERNAL: 500,
  STORAGE: 503,
} as const

export type ControlErrorCode = keyof typeof statusOf

/** `{ "error": { "code", "message" } }` with the status that belongs to the code. */
export function controlError(context: Context, code: ControlErrorCode, message: string): Response {
  return context.json({ error: { code, message } }, statusOf[code])
}

const codeOf = {
  invalid: 'INVALID',
  absent: 'NOT_FOUND',
  conflict: 'CONFLICT',
  limit: 'LIMIT',
} as const satisfies Record<ControlRefusal['refused'], ControlErrorCode>

export function answerRefusal(context: Context, refusal: ControlRefusal): Response {
  return controlError(context, codeOf[refusal.refused], refusal.message)
}

/** For what a route threw: storage that failed may work again later, anything else is our fault. */
export function answerError(error: Error, context: Context): Response {
  const code = storageFailureCode(error) === null ? 'INTERNAL' : 'STORAGE'
  return controlError(context, code, error.message)
}
