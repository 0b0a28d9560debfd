import type { Socket } from 'node:net'

/** What a socket received so far, for tests that look at bytes. */
export interface RawStream {
  /** Resolves with the next frame's bytes, without its length; null where the peer ended first. */
  frame(): Promise<Buffer | null>
  /** Resolves with everything not yet taken once the peer has ended. */
  rest(): Promise<Buffer>
  readonly ended: Promise<void>
}

/** Reads frames off a socket that nobody else reads. */
export function readFrames(socket: Socket): RawStream {
  let received = Buffer.alloc(0)
  let isEnded = false
  let wake: () => void = () => {}
  socket.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes])
    wake()
  })
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      isEnded = true
      wake()
      resolve()
    }
    socket.once('end', end)
    socket.once('close', end)
  })

  return {
    ended,
    async frame() {
      for (;;) {
        const size = received.length >= 4 ? received.readInt32BE(0) : Number.POSITIVE_INFINITY
        if (received.length >= 4 + size) {
          const frame = received.subarray(4, 4 + size)
          received = received.subarray(4 + size)
          return frame
        }
        if (isEnded) return null
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    async rest() {
      await ended
      const rest = received
      received = Buffer.alloc(0)
      return rest
    },
  }
}

/** A frame: the length of the parts together, then the parts. */
export function frameOf(...parts: readonly Uint8Array[]): Buffer {
  const prefix = Buffer.alloc(4)
  prefix.writeInt32BE(parts.reduce((sum, part) => sum + part.length, 0))
  return Buffer.concat([prefix, ...parts])
}
