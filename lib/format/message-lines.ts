import { isJson } from './json-tokens.ts'
import type { MessageRow, Payload } from './messages.ts'
import { bytesOfHex, bytesOfPayload, isHex } from './payload-bytes.ts'

/**
 * Messages as lines of a file, and back. What was exported can be produced again without a byte
 * changing: text stands as text, anything else as base64 in fields of their own.
 *
 * NDJSON: {"partition":0,"offset":17,"timestamp":1795167685864,"timestampType":"CreateTime",
 *          "key":"18","value":"{…}","headers":[{"name":"trace","value":"a1"}]}
 * CSV has the same names as columns; `keyBase64` and `valueBase64` are `true` where the column
 * beside them holds base64, an empty unquoted field is null, and headers are JSON.
 */
export const csvColumns = [
  'partition',
  'offset',
  'timestamp',
  'timestampType',
  'key',
  'keyBase64',
  'value',
  'valueBase64',
  'headers',
] as const

export function toJsonLine(row: MessageRow): string {
  const { partition, offset, timestampMs: timestamp, timestampType, problem } = row
  return JSON.stringify({
    partition,
    offset,
    timestamp,
    timestampType,
    ...named('key', row.key),
    ...named('value', row.value),
    headers: headersOf(row),
    ...(problem !== undefined && { problem }),
  })
}

export function toCsvLine(row: MessageRow): string {
  const isBytes = (payload: Payload | null) => (payload?.form === 'hex' ? 'true' : '')
  return [
    row.partition,
    row.offset,
    row.timestampMs,
    row.timestampType,
    csvText(row.key),
    isBytes(row.key),
    csvText(row.value),
    isBytes(row.value),
    row.headers.length === 0 ? '' : quoted(JSON.stringify(headersOf(row))),
  ].join(',')
}

function headersOf({ headers }: MessageRow) {
  return headers.map(({ name, value }) => ({ name, ...named('value', value) }))
}

function named(name: string, payload: Payload | null): Record<string, string | null> {
  if (payload === null) return { [name]: null }
  return payload.form === 'text'
    ? { [name]: payload.text }
    : { [`${name}Base64`]: base64Of(bytesOfPayload(payload)) }
}

function csvText(payload: Payload | null): string {
  if (payload === null) return ''
  return payload.form === 'text' ? quoted(payload.text) : base64Of(bytesOfHex(payload.text))
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  }
  return btoa(text)
}

/** A record as the actions take it. */
export interface RecordLine {
  readonly key: LinePayload
  readonly value: LinePayload
  readonly headers: readonly {
    readonly name: string
    readonly value: string
    readonly form: 'string' | 'null' | 'hex'
  }[]
}
interface LinePayload {
  readonly form: 'string' | 'null' | 'hex'
  readonly text: string
}

const nothing: LinePayload = { form: 'null', text: '' }
const exported = new Set<string>(csvColumns)

/**
 * A line as a record: one that was exported as the record it was, any other JSON as a value without
 * a key. Null where it is no JSON.
 */
export function recordOfLine(line: string): RecordLine | null {
  if (!isJson(line)) return null
  const parsed: unknown = JSON.parse(line)
  if (!isExported(parsed))
    return { key: nothing, value: { form: 'string', text: line }, headers: [] }
  return {
    key: payloadIn(parsed, 'key'),
    value: payloadIn(parsed, 'value'),
    headers: headersIn(parsed.headers),
  }
}

/** A row of CSV by its head: our own columns as they were, `key` and `value`, or all as one object. */
export function recordOfCells(
  head: readonly string[],
  cells: readonly { readonly text: string; readonly isQuoted: boolean }[],
): RecordLine {
  const byName = new Map(head.map((name, i) => [name, cells[i]]))
  if (!byName.has('value')) {
    const object = Object.fromEntries(head.map((name, i) => [name, cells[i]?.text ?? '']))
    return { key: nothing, value: { form: 'string', text: JSON.stringify(object) }, headers: [] }
  }
  const part = (name: 'key' | 'value'): LinePayload => {
    const cell = byName.get(name)
    if (cell === undefined || (cell.text === '' && !cell.isQuoted)) return nothing
    return byName.get(`${name}Base64`)?.text === 'true'
      ? { form: 'hex', text: hexOfBase64(cell.text) }
      : { form: 'string', text: cell.text }
  }
  const headers = byName.get('headers')?.text ?? ''
  return {
    key: part('key'),
    value: part('value'),
    headers: isJson(headers) ? headersIn(JSON.parse(headers)) : [],
  }
}

type Fields = Readonly<Record<string, unknown>>

function isExported(parsed: unknown): parsed is Fields {
  return (
    isFields(parsed) &&
    ('value' in parsed || 'valueBase64' in parsed) &&
    Object.keys(parsed).every((name) => exported.has(name)) &&
    // Anything else under these names is somebody's own object, whose digits must stay.
    [parsed.key, parsed.value].every((part) => part == null || typeof part === 'string')
  )
}

function isFields(parsed: unknown): parsed is Fields {
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
}

function payloadIn(fields: Fields, name: string): LinePayload {
  const base64 = fields[`${name}Base64`]
  if (typeof base64 === 'string') return { form: 'hex', text: hexOfBase64(base64) }
  const text = fields[name]
  return typeof text === 'string' ? { form: 'string', text } : nothing
}

function headersIn(headers: unknown): RecordLine['headers'] {
  if (!Array.isArray(headers)) return []
  return headers.filter(isFields).map((header) => {
    const { form, text } = payloadIn(header, 'value')
    return { name: String(header.name ?? ''), value: text, form }
  })
}

function hexOfBase64(base64: string): string {
  try {
    const digits = [...atob(base64)].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0'))
    return digits.join('')
  } catch {
    // No base64: the action refuses this by its own sentence.
    return isHex(base64) ? base64 : 'x'
  }
}
