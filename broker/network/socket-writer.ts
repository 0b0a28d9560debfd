import type { Socket } from 'node:net'

/** `done` is called once the segments are looked at no more, whether they were written or not. */
export type WriteSegments = (segments: readonly Uint8Array[], done?: () => void) => void

/**
 * Writes segments to a socket; what is written in one tick of the event loop leaves in one `writev`.
 * `onWritten` is called after each: what the kernel did not take then is the socket's `writableLength`.
 */
export function createSocketWriter(socket: Socket, onWritten: () => void): WriteSegments {
  let isCorked = false

  function uncork() {
    isCorked = false
    socket.uncork()
    onWritten()
  }

  return (segments, done) => {
    if (segments.length === 0 || !socket.writable) {
      done?.()
      return
    }
    if (!isCorked) {
      isCorked = true
      socket.cork()
      process.nextTick(uncork)
    }
    // They are written in order, so the last one speaks for all.
    const last = segments.length - 1
    for (let index = 0; index < last; index++) {
      socket.write(segments[index] ?? NOTHING)
    }
    socket.write(segments[last] ?? NOTHING, () => done?.())
  }
}

const NOTHING = new Uint8Array(0)
