/**
 * Where encoders write: slabs of memory that are handed out piece by piece.
 *
 * Encoding is synchronous and segments are never written to again, so one slab serves many messages;
 * it is freed with the last of its segments. A message that does not fit moves to a larger slab.
 */
export class Writer {
  buffer: Buffer
  /** The same memory. */
  view: DataView
  /** Where the next byte goes. */
  at = 0
  segments: Uint8Array[] = []
  #segmentStart = 0

  constructor(sizeBytes = SLAB_BYTES) {
    this.buffer = Buffer.allocUnsafeSlow(sizeBytes)
    this.view = viewOf(this.buffer)
  }

  /** Begins a message. */
  begin() {
    if (this.buffer.length !== SLAB_BYTES || this.at > SLAB_BYTES - RESERVE_BYTES) {
      this.buffer = Buffer.allocUnsafeSlow(SLAB_BYTES)
      this.view = viewOf(this.buffer)
      this.at = 0
    }
    this.segments = []
    this.#segmentStart = this.at
  }

  /** Ends the message; its segments, in order. */
  end(): Uint8Array[] {
    this.closeSegment(this.at)
    return this.segments
  }

  /** What was written since the last segment becomes one. */
  closeSegment(at: number) {
    if (at > this.#segmentStart) {
      this.segments.push(this.buffer.subarray(this.#segmentStart, at))
      this.#segmentStart = at
    }
  }

  /** Makes room for `sizeBytes` more at `at`, keeping what was written; offsets stay as they are. */
  grow(at: number, sizeBytes: number): Buffer {
    const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, at + sizeBytes))
    this.buffer.copy(larger, this.#segmentStart, this.#segmentStart, at)
    this.buffer = larger
    this.view = viewOf(larger)
    return larger
  }
}

const SLAB_BYTES = 64 * 1024

/** What most messages fit into; with less than that left, a message begins a new slab. */
const RESERVE_BYTES = 8 * 1024

function viewOf(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}
