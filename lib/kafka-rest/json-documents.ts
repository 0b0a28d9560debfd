// Cuts JSON documents out of bytes that arrive in pieces, one after another with nothing but white
// space between them ("concatenated JSON").
//
// Invariants: every byte is looked at once; what is kept of an unfinished document is bounded, for one
// stream and for all together. What is inside a document is judged by whoever parses it: here only
// strings and brackets are followed, which is enough to find its end.

import { isUtf8 } from 'node:buffer'
import { badRequest, type RestError, restErrors } from './errors.ts'
import { GatheredBytes } from './gathered-bytes.ts'
import { bodyLimits } from './limits.ts'
import type { Share } from './shares.ts'

/** After an error nothing more is found: where the next document begins is not known. */
export interface DocumentCutter {
  push(chunk: Uint8Array): readonly CutDocument[]
  /** The body has ended; an error where that was inside a document. */
  end(): readonly CutDocument[]
  /** Gives back what was kept. To be called once, however the stream ended. */
  close(): void
}

export type CutDocument =
  | {
      readonly text: string
      readonly sizeBytes: number
      /** What it has of the share, to be given back by whoever is done with it. */
      readonly heldBytes: number
    }
  | { readonly error: RestError }

/** What is kept of a document that goes on in the next piece is taken from `share`. */
export function createDocumentCutter(share: Share): DocumentCutter {
  /** The beginning of a document. */
  const kept = new GatheredBytes()
  let depth = 0
  let inString = false
  let isEscaped = false
  let isOver = false

  function release() {
    share.give(kept.length)
    kept.clear()
  }

  function fail(error: RestError): CutDocument {
    isOver = true
    release()
    return { error }
  }

  /** The document that ends with `last`. */
  function finish(last: Uint8Array): CutDocument {
    const heldBytes = kept.length
    const whole = heldBytes === 0 ? last : Buffer.concat([kept.bytes(), last])
    if (!isUtf8(whole)) return fail(restErrors.notUtf8)
    kept.clear()
    // Buffer's decoder is the fast one; the bytes are viewed, not copied.
    const text = Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength).toString('utf8')
    return { text, sizeBytes: whole.length, heldBytes }
  }

  /** The rest of a chunk belongs to a document that goes on in the next. */
  function keep(rest: Uint8Array): CutDocument | null {
    if (kept.length + rest.length > bodyLimits.recordBytesMax) return fail(restErrors.tooLarge)
    if (!share.take(rest.length)) return fail(restErrors.recordBytes)
    kept.append(rest)
    return null
  }

  /** Where the document that goes on at `at` ends, one past its last byte; null beyond the chunk. */
  function findEnd(chunk: Uint8Array, from: number): number | null | 'too-deep' {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at]
      if (inString) {
        if (isEscaped) isEscaped = false
        else if (byte === BACKSLASH) isEscaped = true
        else if (byte === QUOTE) inString = false
      } else if (byte === QUOTE) inString = true
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        depth += 1
        if (depth > bodyLimits.depthMax) return 'too-deep'
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        depth -= 1
        if (depth === 0) return at + 1
      }
    }
    return null
  }

  return {
    push(chunk) {
      const found: CutDocument[] = []
      for (let at = 0; at < chunk.length && !isOver; ) {
        if (depth === 0) {
          at = skipSpace(chunk, at)
          if (at === chunk.length) break
          if (chunk[at] !== OPEN_BRACE) found.push(fail(notAnObject))
        }
        if (isOver) break
        const end = findEnd(chunk, at)
        if (end === 'too-deep') found.push(fail(tooDeep))
        else if (end === null) {
          const failure = keep(chunk.subarray(at))
          if (failure !== null) found.push(failure)
          break
        } else if (kept.length + end - at > bodyLimits.recordBytesMax) {
          found.push(fail(restErrors.tooLarge))
        } else {
          found.push(finish(chunk.subarray(at, end)))
          at = end
        }
      }
      return found
    },
    end: () => (depth > 0 && !isOver ? [fail(cutOff)] : []),
    close: release,
  }
}

function skipSpace(chunk: Uint8Array, from: number): number {
  let at = from
  while (at < chunk.length && SPACES.has(chunk[at] ?? 0)) at++
  return at
}

const notAnObject = badRequest('Bad Request: a record is a JSON object, and begins with "{".')
const cutOff = badRequest('Bad Request: the last record is cut off.')
const tooDeep = badRequest(`Bad Request: JSON may be nested ${bodyLimits.depthMax} deep.`)

/** JSON's white space: tab, line feed, carriage return, space. */
const SPACES: ReadonlySet<number> = new Set([9, 10, 13, 32])
const QUOTE = 34
const BACKSLASH = 92
const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125
