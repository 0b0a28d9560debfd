/**
 * Cuts a stream of bytes into Kafka frames: an int32 length, then as many bytes.
 *
 * Invariants
 * - A frame that arrived whole in one read is a view of that read; any other is copied exactly once
 *   into a buffer of its own, so the work is linear however the stream was split.
 * - Of what was pushed nothing is looked at afterwards but the frames that it completed.
 * - After an error nothing more is read: where the next frame begins is not known any more.
 */
export interface FrameReader {
  /** Takes what the socket delivered; gives every frame that it completes to `onFrame`, in order. */
  push(bytes: Buffer): FrameError | null
  /** There is room for the frame that `admit` refused: goes on with it and what came behind it. */
  admitted(): FrameError | null
  /** Bytes of an incomplete frame that are held, its length prefix included. */
  readonly heldBytes: number
}

/** A length that cannot be right. `head` is the four bytes as read, which often tell what was sent. */
export interface FrameError {
  readonly lengthBytes: number
  readonly maxBytes: number
  readonly head: Buffer
}

const PREFIX_BYTES = 4

/**
 * `maxBytes` is asked for each frame: it rises when the connection has signed in. `admit` is asked
 * before there is a buffer for a frame; where it says no, the reader waits for `admitted`.
 */
export function createFrameReader(
  maxBytes: () => number,
  onFrame: (frame: Buffer) => void,
  admit: (lengthBytes: number) => boolean = () => true,
): FrameReader {
  const prefix = Buffer.alloc(PREFIX_BYTES)
  let prefixFilled = 0
  let partial: Buffer | null = null
  let partialFilled = 0
  /** What was read behind a length for which there is no room yet. */
  let kept: Buffer | null = null
  let failed: FrameError | null = null

  /** Collects the length prefix, which may span reads; returns how many bytes it took. */
  function takePrefix(bytes: Buffer, at: number): number {
    const taken = Math.min(PREFIX_BYTES - prefixFilled, bytes.length - at)
    bytes.copy(prefix, prefixFilled, at, at + taken)
    prefixFilled += taken
    return taken
  }

  function checkLength(lengthBytes: number): FrameError | null {
    const limit = maxBytes()
    if (lengthBytes >= 0 && lengthBytes <= limit) {
      return null
    }
    failed = { lengthBytes, maxBytes: limit, head: Buffer.from(prefix) }
    return failed
  }

  /** Copies into the frame that an earlier read began; returns how many bytes it took. */
  function fillPartial(frame: Buffer, bytes: Buffer, at: number): number {
    const taken = Math.min(frame.length - partialFilled, bytes.length - at)
    bytes.copy(frame, partialFilled, at, at + taken)
    partialFilled += taken
    if (partialFilled === frame.length) {
      partial = null
      prefixFilled = 0
      onFrame(frame)
    }
    return taken
  }

  function begin(lengthBytes: number): void {
    partial = Buffer.allocUnsafeSlow(lengthBytes)
    partialFilled = 0
  }

  function push(bytes: Buffer): FrameError | null {
    if (kept !== null) {
      kept = Buffer.concat([kept, bytes])
      return failed
    }
    let at = 0
    while (failed === null && at < bytes.length) {
      if (partial !== null) {
        at += fillPartial(partial, bytes, at)
        continue
      }
      at += takePrefix(bytes, at)
      if (prefixFilled < PREFIX_BYTES) {
        break
      }
      const lengthBytes = prefix.readInt32BE(0)
      if (checkLength(lengthBytes) !== null) {
        break
      }
      if (bytes.length - at >= lengthBytes) {
        prefixFilled = 0
        onFrame(bytes.subarray(at, at + lengthBytes))
        at += lengthBytes
      } else if (admit(lengthBytes)) {
        begin(lengthBytes)
      } else {
        kept = Buffer.from(bytes.subarray(at))
        break
      }
    }
    return failed
  }

  return {
    push,
    admitted() {
      const rest = kept
      if (rest === null) return failed
      kept = null
      begin(prefix.readInt32BE(0))
      return push(rest)
    },
    get heldBytes() {
      return prefixFilled + (partial === null ? 0 : partialFilled)
    },
  }
}
