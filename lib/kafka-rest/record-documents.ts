import { z } from 'zod'
import type { RecordToSend } from '../kafka/produce-each.ts'
import { badRequest } from './errors.ts'
import { checkShape, parseJson, type Read } from './json-body.ts'
import { compactJson, sourceAt } from './json-source.ts'

/** A record as its JSON document asks for it, with what the answer repeats of key and value. */
export interface AskedRecord {
  readonly record: RecordToSend
  readonly key: DataFacts | null
  readonly value: DataFacts | null
}

export interface DataFacts {
  readonly type: string
  /** Bytes as they are stored. */
  readonly size: number
}

const schemaFields = {
  subject: z.unknown(),
  subject_name_strategy: z.unknown(),
  schema_id: z.unknown(),
  schema_version: z.unknown(),
  schema: z.unknown(),
}

const data = z
  .strictObject({ type: z.string().nullish(), data: z.unknown(), ...schemaFields })
  .partial()
  .nullish()

/** One record as JSON. */
export const recordDocument = z.strictObject({
  partition_id: z.int32().nonnegative().nullish(),
  headers: z.array(z.strictObject({ name: z.string(), value: z.base64().nullish() })).nullish(),
  key: data,
  value: data,
  timestamp: z.iso.datetime({ offset: true }).nullish(),
})

/**
 * Reads one document. `nowMs` is the time of a record that names none. Where it is no JSON at all,
 * nothing that follows can be trusted to be a document either.
 */
export function readRecord(
  text: string,
  nowMs: number,
): Read<AskedRecord> & { readonly endsStream: boolean } {
  const parsed = parseJson(text)
  if ('error' in parsed) return { ...parsed, endsStream: true }
  const checked = checkShape(parsed.value, recordDocument)
  return {
    ...('error' in checked ? checked : askedRecord(checked.value, text, nowMs)),
    endsStream: false,
  }
}

/** The record of a document whose shape is right; `text` is what it was parsed from. */
export function askedRecord(
  document: z.infer<typeof recordDocument>,
  text: string,
  nowMs: number,
): Read<AskedRecord> {
  const { partition_id: partition, headers, timestamp } = document
  const key = bytesOf('key', document.key, text)
  if ('error' in key) return key
  const value = bytesOf('value', document.value, text)
  if ('error' in value) return value
  const record = {
    partition: partition ?? null,
    key: key.value.bytes,
    value: value.value.bytes,
    headers: (headers ?? []).map((header) => ({
      key: header.name,
      value: typeof header.value === 'string' ? Buffer.from(header.value, 'base64') : null,
    })),
    timestampMs: typeof timestamp === 'string' ? Date.parse(timestamp) : nowMs,
  }
  return { value: { record, key: key.value.facts, value: value.value.facts } }
}

interface Bytes {
  readonly bytes: Buffer | null
  readonly facts: DataFacts | null
}

type Data = z.infer<typeof data>

/** A key or value that is absent or has null data is null: as a value, it deletes what the key had. */
function bytesOf(member: Member, asked: Data, text: string): Read<Bytes> {
  if (asked === undefined || asked === null) return { value: { bytes: null, facts: null } }
  const { type, data: given, ...ofSchema } = asked
  if (Object.values(ofSchema).some((field) => field !== undefined && field !== null)) {
    return { error: badRequest(`Bad Request: ${member}: there is no Schema Registry here yet.`) }
  }
  const encode = Object.hasOwn(encoders, type ?? '') ? encoders[type ?? ''] : undefined
  if (typeof type !== 'string' || encode === undefined) {
    return { error: badRequest(`Bad Request: ${member}.type is one of BINARY, JSON and STRING.`) }
  }
  if (given === undefined || given === null) {
    return { value: { bytes: null, facts: { type, size: 0 } } }
  }
  const bytes = encode({ member, data: given, text })
  return bytes === null
    ? { error: badRequest(refusalOf(type, given)) }
    : { value: { bytes, facts: { type, size: bytes.length } } }
}

type Member = 'key' | 'value'

interface Encoding {
  readonly member: Member
  readonly data: unknown
  readonly text: string
}

/** Null where the data is not of the type. */
const encoders: Readonly<Record<string, (encoding: Encoding) => Buffer | null>> = {
  BINARY: ({ data: given }) =>
    typeof given === 'string' && isBase64(given) ? Buffer.from(given, 'base64') : null,
  STRING: ({ data: given }) => (typeof given === 'string' ? Buffer.from(given, 'utf8') : null),
  // As it was written: a number that is parsed and written again may be another one.
  JSON: ({ member, text }) => {
    const source = sourceAt(text, [member, 'data'])
    return source === null ? null : Buffer.from(compactJson(source), 'utf8')
  },
}

/** In groups of four, and padded where the last group is shorter (RFC 4648). */
function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)
}

function refusalOf(type: string, given: unknown): string {
  const shown = typeof given === 'string' ? given : (JSON.stringify(given) ?? '')
  const start = shown.length > 100 ? `${shown.slice(0, 100)}…` : shown
  const kind = type === 'BINARY' ? 'a base64 string' : 'a string'
  return `Bad Request: data=${start} is not ${kind}.`
}
