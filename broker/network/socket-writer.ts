import type { Socket } from 'node:net'

/**
 * Writes segments to a socket; what is written in one tick of the event loop leaves in one `writev`.
 * `onWritten` is called after each: what the kernel did not take then is the socket's `writableLength`.
 */
export function createSocketWriter(
  socket: Socket,
  onWritten: () => void,
): (segments: readonly Uint8Array[]) => void {
  let isCorked = false

  function uncork() {
    isCorked = false
    socket.uncork()
    onWritten()
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
