import { isUtf8 } from 'node:buffer'
import type { z } from 'zod'
import type { RestCall } from './calls.ts'
import { badRequest, type RestError, restErrors } from './errors.ts'
import { GatheredBytes } from './gathered-bytes.ts'
import { bodyLimits } from './limits.ts'

export type Read<Value> = { readonly value: Value } | { readonly error: RestError }

/** Reads the JSON body of everything but records. */
export async function readJson<Shape extends z.ZodType>(
  call: RestCall,
  shape: Shape,
): Promise<Read<z.infer<Shape>>> {
  const text = await readText(call, bodyLimits.jsonBytesMax)
  if ('error' in text) return text
  const parsed = parseJson(text.value)
  return 'error' in parsed ? parsed : checkShape(parsed.value, shape)
}

/** A whole body that says it is JSON. What is longer than `bytesMax` is not read to its end. */
export async function readText({ context }: RestCall, bytesMax: number): Promise<Read<string>> {
  const { raw } = context.req
  if (!mayBeJson(raw.headers)) return { error: restErrors.mediaType }
  const gathered = new GatheredBytes()
  for await (const chunk of raw.body ?? []) {
    if (gathered.length + chunk.length > bytesMax) return { error: restErrors.tooLarge }
    gathered.append(chunk)
  }
  const bytes = gathered.bytes()
  if (!isUtf8(bytes)) return { error: restErrors.notUtf8 }
  const text = bytes.toString('utf8')
  if (text.trim() === '') return { error: restErrors.emptyBody }
  return raw.headers.has('content-type') ? { value: text } : { error: restErrors.mediaType }
}

/** A body that is empty needs no type. Compressed ones are not read. */
export function mayBeJson(headers: Headers): boolean {
  const type = headers.get('content-type')
  const isOtherType = type !== null && !/^application\/json\s*(;|$)/i.test(type)
  return !isOtherType && !headers.has('content-encoding')
}

export function parseJson(text: string): Read<unknown> {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { error: badRequest(`Bad Request: this is no JSON: ${reason}.`) }
  }
}

/** What is wrong is said of the first thing that is. */
export function checkShape<Shape extends z.ZodType>(
  parsed: unknown,
  shape: Shape,
): Read<z.infer<Shape>> {
  const checked = shape.safeParse(parsed)
  return checked.success
    ? { value: checked.data }
    : { error: badRequest(`Bad Request: ${sentenceOf(checked.error)}`) }
}

function sentenceOf({ issues: [issue] }: z.ZodError): string {
  if (issue === undefined) return 'the request is not understood.'
  const at = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((name) => `"${name}"`).join(', ')
    return `Unrecognized field ${names}${at === '' ? '' : ` in ${at}`}.`
  }
  return at === '' ? `${issue.message}.` : `${at}: ${issue.message}.`
}
