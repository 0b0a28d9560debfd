/** What both directions of the codec need to know about fields: presence, sizes and defaults. */
import { type Field, type Fields, includes, ZERO_UUID } from './schema.ts'

type Entry = readonly [name: string, field: Field]

export interface SplitFields {
  /** Present, one after another. */
  readonly inline: readonly Entry[]
  /** Present behind their tag, by ascending tag. */
  readonly tagged: readonly Entry[]
  /** Not in this version. */
  readonly absent: readonly Entry[]
}

export function splitFields(fields: Fields, version: number, flexible: boolean): SplitFields {
  const inline: Entry[] = []
  const tagged: Entry[] = []
  const absent: Entry[] = []
  for (const entry of Object.entries(fields)) {
    const field = entry[1]
    if (field.versions !== undefined && !includes(field.versions, version)) {
      absent.push(entry)
    } else if (field.tag === undefined) {
      inline.push(entry)
    } else if (flexible) {
      tagged.push(entry)
    } else {
      throw new Error(`${entry[0]} has a tag in version ${version}, which is not flexible`)
    }
  }
  tagged.sort((a, b) => (a[1].tag ?? 0) - (b[1].tag ?? 0))
  return { inline, tagged, absent }
}

/** Bytes of a field whose every value takes as many, or undefined. */
export function fixedSize(field: Field): number | undefined {
  return FIXED_SIZES[field.kind]
}

const FIXED_SIZES: { readonly [K in Field['kind']]?: number } = {
  bool: 1,
  int8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
  float64: 8,
  uuid: 16,
}

/** The fewest bytes that any value of a field takes; at least 1, so that counts stay below the frame. */
export function leastSize(field: Field, version: number, flexible: boolean): number {
  const fixed = fixedSize(field)
  if (fixed !== undefined) {
    return fixed
  }
  if (field.kind === 'struct' && field.nullable === undefined) {
    const { inline } = splitFields(field.fields ?? {}, version, flexible)
    const sum = inline.reduce((total, [, f]) => total + leastSize(f, version, flexible), 0)
    return Math.max(1, sum + (flexible ? 1 : 0))
  }
  return flexible || field.kind === 'struct' ? 1 : field.kind === 'string' ? 2 : 4
}

/** What a field is where the version lacks it or the writer left it out. */
export function defaultValue(field: Field): unknown {
  if (field.default !== undefined) {
    return field.default
  }
  switch (field.kind) {
    case 'bool':
      return false
    case 'string':
      return ''
    case 'uuid':
      return ZERO_UUID
    case 'bytes':
      return EMPTY_BYTES
    case 'records':
    case 'array':
      return []
    case 'struct':
      return Object.fromEntries(
        Object.entries(field.fields ?? {}).map(([name, inner]) => [name, defaultValue(inner)]),
      )
    default:
      return 0
  }
}

/** The same as the text of a JavaScript expression. */
export function defaultSource(field: Field): string {
  if (field.kind === 'bytes' && field.default === undefined) {
    return 'r.EMPTY_BYTES'
  }
  // JSON has no infinity, the default of a field that is unbounded.
  return field.default === Number.POSITIVE_INFINITY
    ? 'Infinity'
    : JSON.stringify(defaultValue(field))
}

export const EMPTY_BYTES: Uint8Array = Buffer.alloc(0)
