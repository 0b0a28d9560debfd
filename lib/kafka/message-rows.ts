import type { MessageRow, Payload } from '../format/messages.ts'
import type { PartitionRecord } from './cluster-client.ts'

/** How much of a record goes into a list; the rest is loaded when the record is opened. */
export const previewBytes = { key: 512, value: 4096, header: 512, headersMax: 20 } as const
/** What an opened record shows before somebody asks for all of it. */
export const openBytes = { key: 65_536, value: 65_536, header: 65_536, headersMax: 10_000 } as const
/** All of it, up to the largest message that a topic can hold. */
export const wholeBytes = { key: 9e6, value: 9e6, header: 9e6, headersMax: 10_000 } as const

export type RowBytes = { readonly [Name in keyof typeof previewBytes]: number }

export function toMessageRow(record: PartitionRecord, bytes: RowBytes = previewBytes): MessageRow {
  return {
    partition: record.partition,
    offset: record.offset,
    timestampMs: record.timestampMs,
    timestampType: record.timestampType,
    key: toPayload(record.key, bytes.key),
    value: toPayload(record.value, bytes.value),
    headers: record.headers.slice(0, bytes.headersMax).map(({ key, value }) => ({
      name: key,
      value: toPayload(value, bytes.header),
    })),
    ...(record.headers.length > bytes.headersMax && { headerCount: record.headers.length }),
    ...(record.problem !== undefined && { problem: record.problem }),
  }
}

/** Text where all of the beginning is UTF-8; otherwise digits, of which fewer fit. */
export function toPayload(bytes: Uint8Array | null, bytesMax: number): Payload | null {
  if (bytes === null) return null
  const shown = bytes.subarray(0, bytesMax)
  const isWhole = shown.length === bytes.length
  const text = decodeUtf8(shown, isWhole)
  if (text !== null) return { form: 'text', text, sizeBytes: bytes.length, isWhole }
  return { form: 'hex', text: Buffer.from(shown).toString('hex'), sizeBytes: bytes.length, isWhole }
}

function decodeUtf8(bytes: Uint8Array, isWhole: boolean): string | null {
  // `stream` lets a character that was cut off at the end go; byte order marks are kept as data.
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  try {
    const text = decoder.decode(bytes, { stream: !isWhole })
    // Control characters other than tab and line ends mean numbers or the like, not text.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: They are what is looked for.
    return /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text) ? null : text
  } catch {
    return null
  }
}
