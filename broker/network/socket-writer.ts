import type { Socket } from 'node:net'

/** Writes segments to a socket; what is written in one tick of the event loop leaves in one `writev`. */
export function createSocketWriter(socket: Socket): (segments: readonly Uint8Array[]) => void {
  let isCorked = false

  function uncork() {
    isCorked = false
    socket.uncork()
  }

  return (segments) => {
    if (segments.length === 0 || !socket.writable) {
      return
    }
    if (!isCorked) {
      isCorked = true
      socket.cork()
      process.nextTick(uncork)
    }
    for (const segment of segments) {
      socket.write(segment)
    }
  }
}
