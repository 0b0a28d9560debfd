import { DecodeError } from './decode-error.ts'

/** Cuts what arrives on a stream into frames. A frame split over many chunks is joined once. */
export class ResponseFrames {
  readonly #frameBytesMax: number
  #chunks: Buffer[] = []
  #bytes = 0
  /** Bytes that must be there before anything can be cut off: a length, or a length and its frame. */
  #needed = 4

  constructor(frameBytesMax: number) {
    this.#frameBytesMax = frameBytesMax
  }

  /** The frames that are complete with this chunk, without their lengths. */
  push(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk)
    this.#bytes += chunk.length
    const frames: Buffer[] = []
    if (this.#bytes < this.#needed) {
      return frames
    }
    const buffer = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks)
    let at = 0
    this.#needed = 4
    while (buffer.length - at >= 4) {
      const size = buffer.readInt32BE(at)
      if (size < 4 || size > this.#frameBytesMax) {
        throw new DecodeError(`A frame cannot have ${size} bytes`)
      }
      if (buffer.length - at < 4 + size) {
        this.#needed = 4 + size
        break
      }
      frames.push(buffer.subarray(at + 4, at + 4 + size))
      at += 4 + size
    }
    const rest = buffer.subarray(at)
    this.#chunks = rest.length === 0 ? [] : [rest]
    this.#bytes = rest.length
    return frames
  }
}
