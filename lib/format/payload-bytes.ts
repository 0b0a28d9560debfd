import type { Payload } from './messages.ts'

/** Bytes of keys and values as pages show them; server and browser share it. */

export function bytesOfPayload({ form, text }: Pick<Payload, 'form' | 'text'>): Uint8Array {
  return form === 'text' ? new TextEncoder().encode(text) : bytesOfHex(text)
}

/** The bytes of an even number of hexadecimal digits. */
export function bytesOfHex(digits: string): Uint8Array {
  const bytes = new Uint8Array(digits.length / 2)
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16)
  }
  return bytes
}

export function isHex(text: string): boolean {
  return text.length % 2 === 0 && /^[0-9a-f]*$/i.test(text)
}

/** What of bytes is UTF-8, with a replacement character for what is not. */
export function textOfBytes(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

const lineBytes = 16

/** Lines of offset, sixteen bytes, and those that are printable ASCII as characters. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = []
  const offsetDigits = bytes.length > 0xffff ? 6 : 4
  for (let at = 0; at < bytes.length; at += lineBytes) {
    const line = [...bytes.subarray(at, at + lineBytes)]
    const digits = line.map((byte) => byte.toString(16).padStart(2, '0'))
    const pairs = digits.map((digit, i) => (i % 2 === 1 ? `${digit} ` : digit)).join('')
    const text = line.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·'))
    lines.push(
      `${at.toString(16).padStart(offsetDigits, '0')}  ${pairs.padEnd(41)}${text.join('')}`,
    )
  }
  return lines.join('\n')
}
