import { isJson } from '../../lib/format/json-tokens.ts'
import type { MessageRow, Payload } from '../../lib/format/messages.ts'
import { placeOf } from '../../lib/format/messages.ts'

/** What a form holds of a key or value; `lib/actions/messages.ts` says what each form means. */
export interface PayloadText {
  readonly form: 'json' | 'string' | 'null' | 'original'
  readonly text: string
  /** The record's own, which `original` sends without the browser having it. */
  readonly original?: {
    readonly place: string
    readonly sizeBytes: number
    readonly isText: boolean
  }
}

export interface HeaderText {
  readonly id: number
  readonly name: string
  readonly text: string
  /** Bytes and null cannot be typed; they come from a record. */
  readonly form: 'string' | 'null' | 'hex'
}

/** Text beyond this makes a field slow; it is sent as it is stored. */
const editableMax = 65_536

/** The key or value of a record as a form holds it, so that sending it again changes no byte. */
export function payloadTextOf(row: MessageRow, payload: Payload | null): PayloadText {
  if (payload === null) return { form: 'null', text: '' }
  const { sizeBytes, form, text, isWhole } = payload
  if (form === 'text' && isWhole && sizeBytes <= editableMax && !text.includes('\r')) {
    return { form: isJsonObject(text) ? 'json' : 'string', text }
  }
  const original = { place: placeOf(row), sizeBytes, isText: form === 'text' }
  return { form: 'original', text: '', original }
}

/** `18` is JSON, too, but who sees it thinks of text. */
function isJsonObject(text: string): boolean {
  return /^\s*[[{]/.test(text) && isJson(text)
}

export function headerTextsOf({ headers }: MessageRow): readonly HeaderText[] {
  return headers.map(({ name, value }, id) => ({
    id,
    name,
    text: value?.text ?? '',
    form: value === null ? 'null' : value.form === 'hex' ? 'hex' : 'string',
  }))
}

/** As the actions take it. */
export function payloadInput({ form, text, original }: PayloadText) {
  return form === 'original' ? { form, text: original?.place ?? '' } : { form, text }
}
