import { randomBytes } from 'node:crypto'

/** An unguessable id of 256 bits for a session. */
export function newSessionId(): string {
  return randomBytes(32).toString('base64url')
}
