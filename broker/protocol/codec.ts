/**
 * Bytes ↔ values for every declared message.
 *
 * (message, version, direction) becomes one straight-line JavaScript function at first use; a
 * connection touches about a dozen of some four hundred. A frame that is not what it should be
 * throws a `DecodeError`; it never reads past its end, loops for ever or allocates beyond its size.
 */
import { DecodeError } from './decode-error.ts'
import { decoderSource } from './decoder-source.ts'
import { encoderSource } from './encoder-source.ts'
import {
  type Api,
  type DecodedMessage,
  type EncodableMessage,
  includes,
  type Message,
  type RequestOf,
  type RequestToSend,
  type ResponseOf,
  type ResponseReceived,
} from './schema.ts'
import { asBuffer, wire } from './wire.ts'
import { Writer } from './writer.ts'

/** Decodes the body of a request, which begins at `offset` (after the header) and ends with the frame. */
export function decodeRequest<A extends Api>(
  api: A,
  version: number,
  frame: Uint8Array,
  offset = 0,
): RequestOf<A> {
  return decodeMessage<A['request']>(api.request, version, frame, offset)
}

/** Decodes the body of a response, which begins at `offset` (after the header) and ends with the frame. */
export function decodeResponse<A extends Api>(
  api: A,
  version: number,
  frame: Uint8Array,
  offset = 0,
): ResponseReceived<A> {
  return decodeMessage<A['response']>(api.response, version, frame, offset)
}

/** Encodes the body of a request, as segments to be written one after another. */
export function encodeRequest<A extends Api>(
  api: A,
  version: number,
  value: RequestToSend<A>,
): Uint8Array[] {
  return encodeMessage<A['request']>(api.request, version, value)
}

/** Encodes the body of a response, as segments to be written one after another. */
export function encodeResponse<A extends Api>(
  api: A,
  version: number,
  value: ResponseOf<A>,
): Uint8Array[] {
  return encodeMessage<A['response']>(api.response, version, value)
}

/** Decodes a message that begins at `offset`; bytes after its end are ignored, as Kafka does. */
export function decodeMessage<M extends Message>(
  message: M,
  version: number,
  frame: Uint8Array,
  offset = 0,
): DecodedMessage<M> {
  const decode = functionsOf(message, version).decode
  // The generated function follows the declaration from which the type is inferred.
  return decode(asBuffer(frame), offset) as DecodedMessage<M>
}

/** Encodes a message as segments; record buffers are segments of their own, not copied. */
export function encodeMessage<M extends Message>(
  message: M,
  version: number,
  value: EncodableMessage<M>,
): Uint8Array[] {
  writer.begin()
  functionsOf(message, version).encode(writer, value)
  return writer.end()
}

/**
 * Encodes a whole frame: an int32 length, a header and a message, again as segments.
 * `writeHeader` writes into at most `HEADER_BYTES_MAX` bytes and returns where it stopped.
 */
export function encodeFrame<M extends Message>(
  message: M,
  version: number,
  value: EncodableMessage<M>,
  headerBytesMax: number,
  writeHeader: (buffer: Buffer, at: number) => number,
): Uint8Array[] {
  const functions = functionsOf(message, version)
  writer.begin()
  const needed = 4 + headerBytesMax
  if (writer.at + needed > writer.buffer.length) {
    writer.grow(writer.at, needed)
  }
  const lengthAt = writer.at
  writer.at = writeHeader(writer.buffer, lengthAt + 4)
  functions.encode(writer, value)
  const segments = writer.end()
  // The length stands at the head of the first segment, wherever growing has moved it.
  asBuffer(segments[0] ?? wire.EMPTY_BYTES).writeInt32BE(wire.bytesOf(segments) - 4, 0)
  return segments
}

interface Functions {
  readonly decode: (frame: Buffer, offset: number) => unknown
  readonly encode: (writer: Writer, value: unknown) => void
}

const writer = new Writer()

/** By message, then by version. */
const compiled = new WeakMap<Message, (Functions | undefined)[]>()

function functionsOf(message: Message, version: number): Functions {
  let versions = compiled.get(message)
  if (versions === undefined) {
    versions = []
    compiled.set(message, versions)
  }
  const known = versions[version]
  if (known !== undefined) {
    return known
  }
  if (!includes(message.versions, version)) {
    throw new DecodeError(`${message.name} has no version ${version}`)
  }
  const functions = compile(message, version)
  versions[version] = functions
  return functions
}

/** Both directions start as a function that compiles itself at the first call. */
function compile(message: Message, version: number): Functions {
  const functions: { -readonly [K in keyof Functions]: Functions[K] } = {
    decode(frame, offset) {
      functions.decode = new Function('r', decoderSource(message, version))(wire)
      return functions.decode(frame, offset)
    },
    encode(to, value) {
      functions.encode = new Function('r', encoderSource(message, version))(wire)
      functions.encode(to, value)
    },
  }
  return functions
}
