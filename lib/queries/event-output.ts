import 'server-only'

export const eventStreamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
} as const

/** Chunks that may wait for a slow browser before fetching pauses. */
const waitingChunksMax = 16

/**
 * Writes server-sent events into an answer until the browser is gone. Headers reach the browser with
 * the first bytes, which are written at once; it shows "Live" from then on.
 */
export function createEventOutput(
  controller: ReadableStreamDefaultController<Uint8Array>,
  gone: AbortSignal,
) {
  const encoder = new TextEncoder()
  const write = (text: string) => {
    if (!gone.aborted) controller.enqueue(encoder.encode(text))
  }
  write(': open\n\n')
  return {
    send: (event: string, data: unknown) =>
      write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
    comment: () => write(': alive\n\n'),
    isBehind: () => !gone.aborted && (controller.desiredSize ?? 0) < -waitingChunksMax,
    end() {
      if (!gone.aborted) controller.close()
    },
  }
}
