/**
 * Bytes that are no message of the kind expected: truncated, contradictory, or a number that we
 * cannot hold exactly. Thrown by everything that decodes; whoever owns the connection ends it.
 */
export class DecodeError extends Error {
  override readonly name = 'DecodeError'
}
