import type { IncomingMessage } from 'node:http'

/** As Node's `requestTimeout`: a body that takes longer than this holds a place for nothing. */
export const bodyMsMax = 300_000

/**
 * Ends the connection of a request whose body does not arrive. Node's own limit is the server's, and
 * would end streams of records too.
 */
export function endSlowBody(request: IncomingMessage): void {
  // A GET may bring one as well, drop by drop.
  const timer = setTimeout(() => {
    if (!request.complete) request.destroy()
  }, bodyMsMax).unref()
  const stop = () => clearTimeout(timer)
  request.once('end', stop)
  request.once('close', stop)
}
