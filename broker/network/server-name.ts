import { isIP } from 'node:net'

/**
 * The name that a TLS client asks for, read from the first bytes of its handshake (RFC 8446, 4.1.2;
 * RFC 6066, 3): OpenSSL knows it too, but does not tell where the client hangs up. Null where there
 * is none, and where the message does not end within these bytes.
 */
export function serverNameIn(bytes: Buffer): string | null {
  try {
    return readServerName(bytes)
  } catch {
    // Read past the end: what a Buffer answers with a RangeError.
    return null
  }
}

const RECORD_HEADER_BYTES = 5
const CLIENT_HELLO = 1
const MESSAGE_HEADER_BYTES = 4
const VERSION_AND_RANDOM_BYTES = 34
const SERVER_NAME_EXTENSION = 0
const HOST_NAME = 0

function readServerName(bytes: Buffer): string | null {
  let at = RECORD_HEADER_BYTES
  if (bytes.readUInt8(at) !== CLIENT_HELLO) return null
  at += MESSAGE_HEADER_BYTES + VERSION_AND_RANDOM_BYTES
  // Session id, cipher suites, compression methods.
  at += 1 + bytes.readUInt8(at)
  at += 2 + bytes.readUInt16BE(at)
  at += 1 + bytes.readUInt8(at)
  const end = at + 2 + bytes.readUInt16BE(at)
  at += 2
  while (at < end) {
    const type = bytes.readUInt16BE(at)
    const sizeBytes = bytes.readUInt16BE(at + 2)
    if (type === SERVER_NAME_EXTENSION) return readHostName(bytes, at + 4)
    at += 4 + sizeBytes
  }
  return null
}

/** A list with one entry: its type, and a text with its length. */
function readHostName(bytes: Buffer, at: number): string | null {
  if (bytes.readUInt8(at + 2) !== HOST_NAME) return null
  const sizeBytes = bytes.readUInt16BE(at + 3)
  const start = at + 5
  return start + sizeBytes > bytes.length
    ? null
    : hostName(bytes.toString('latin1', start, start + sizeBytes))
}

/** A name as it may stand in an answer or a log line; null for an address or nonsense. */
export function hostName(text: string): string | null {
  return /^[A-Za-z0-9._-]{1,253}$/.test(text) && isIP(text) === 0 ? text.toLowerCase() : null
}
