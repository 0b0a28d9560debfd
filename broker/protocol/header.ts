/**
 * What stands before every message: api key, version, correlation id, client id; and the
 * correlation id before every answer.
 */
import { encodeFrame } from './codec.ts'
import { DecodeError } from './decode-error.ts'
import { type Api, includes, type RequestToSend, type ResponseOf } from './schema.ts'
import { asBuffer, wire } from './wire.ts'

/** The part of a request header that every version has: enough to decide what to do with the frame. */
export interface PeekedHeader {
  readonly apiKey: number
  readonly apiVersion: number
  readonly correlationId: number
}

export interface RequestHeader extends PeekedHeader {
  readonly clientId: string | null
  /** Where the request's body begins in the frame. */
  readonly bodyOffset: number
}

export interface ResponseHeader {
  readonly correlationId: number
  /** Where the response's body begins in the frame. */
  readonly bodyOffset: number
}

/** Reads key, version and correlation id of a frame (without its length). */
export function peekHeader(frame: Uint8Array): PeekedHeader {
  if (frame.length < 8) {
    throw new DecodeError(`A frame of ${frame.length} bytes has no room for a request header`)
  }
  const buffer = asBuffer(frame)
  return {
    apiKey: buffer.readInt16BE(0),
    apiVersion: buffer.readInt16BE(2),
    correlationId: buffer.readInt32BE(4),
  }
}

/** Reads the whole header of a frame that carries this API in this version. */
export function decodeRequestHeader(api: Api, version: number, frame: Uint8Array): RequestHeader {
  const peeked = peekHeader(frame)
  const buffer = asBuffer(frame)
  if (frame.length < 10) {
    throw new DecodeError('The frame ends before the client id')
  }
  const size = buffer.readInt16BE(8)
  if (size < -1 || size > frame.length - 10) {
    throw new DecodeError(`The client id cannot have ${size} bytes`)
  }
  // The client id keeps its int16 length in flexible versions too, so that a broker can read it
  // before it knows whether it serves the version.
  const end = 10 + Math.max(size, 0)
  return {
    ...peeked,
    clientId: size === -1 ? null : buffer.toString('utf8', 10, end),
    bodyOffset: includes(api.flexible, version)
      ? wire.skipTaggedFields(buffer, end, 'Request header v2')
      : end,
  }
}

export function decodeResponseHeader(api: Api, version: number, frame: Uint8Array): ResponseHeader {
  if (frame.length < 4) {
    throw new DecodeError(`A frame of ${frame.length} bytes has no room for a response header`)
  }
  const buffer = asBuffer(frame)
  return {
    correlationId: buffer.readInt32BE(0),
    bodyOffset: hasTaggedResponseHeader(api, version)
      ? wire.skipTaggedFields(buffer, 4, 'Response header v1')
      : 4,
  }
}

/** A whole request: length, header and body, as segments to be written one after another. */
export function encodeRequestFrame<A extends Api>(
  api: A,
  version: number,
  header: { readonly correlationId: number; readonly clientId: string | null },
  value: RequestToSend<A>,
): Uint8Array[] {
  const { correlationId, clientId } = header
  const room = 11 + 3 * (clientId?.length ?? 0)
  return encodeFrame<A['request']>(api.request, version, value, room, (buffer, start) => {
    buffer.writeInt16BE(api.key, start)
    buffer.writeInt16BE(version, start + 2)
    buffer.writeInt32BE(correlationId, start + 4)
    let at = start + 10
    if (clientId === null) {
      buffer.writeInt16BE(-1, start + 8)
    } else {
      const size = buffer.write(clientId, at)
      buffer.writeInt16BE(size, start + 8)
      at += size
    }
    if (includes(api.flexible, version)) {
      buffer[at++] = 0
    }
    return at
  })
}

/** A whole response: length, header and body, as segments to be written one after another. */
export function encodeResponseFrame<A extends Api>(
  api: A,
  version: number,
  correlationId: number,
  value: ResponseOf<A>,
): Uint8Array[] {
  return encodeFrame<A['response']>(api.response, version, value, 5, (buffer, start) => {
    buffer.writeInt32BE(correlationId, start)
    if (!hasTaggedResponseHeader(api, version)) {
      return start + 4
    }
    buffer[start + 4] = 0
    return start + 5
  })
}

/**
 * Response header v1 has tagged fields. ApiVersions never uses it: a client must be able to read
 * the answer before it knows which versions the broker speaks (KIP-511).
 */
function hasTaggedResponseHeader(api: Api, version: number): boolean {
  return includes(api.flexible, version) && api.key !== API_VERSIONS_KEY
}

const API_VERSIONS_KEY = 18
