import type { z } from 'zod'
import type { RestCall } from './calls.ts'
import { badRequest, type RestError, restErrors } from './errors.ts'
import { bodyLimits } from './limits.ts'

export type Read<Value> = { readonly value: Value } | { readonly error: RestError }

/** Reads the JSON body of everything but records. */
export async function readJson<Shape extends z.ZodType>(
  { context }: RestCall,
  shape: Shape,
): Promise<Read<z.infer<Shape>>> {
  const { raw } = context.req
  const type = raw.headers.get('content-type')
  if (type !== null && !isJson(type)) return { error: restErrors.mediaType }
  const text = await readText(raw.body, bodyLimits.jsonBytesMax)
  if (text === null) return { error: restErrors.tooLarge }
  if (text.trim() === '') return { error: restErrors.emptyBody }
  if (type === null) return { error: restErrors.mediaType }
  const parsed = parseJson(text)
  return 'error' in parsed ? parsed : checkShape(parsed.value, shape)
}

export function isJson(contentType: string): boolean {
  return /^application\/json\s*(;|$)/i.test(contentType)
}

/** Null where it is longer than `bytesMax`; what follows is not read then. */
async function readText(
  body: ReadableStream<Uint8Array> | null,
  bytesMax: number,
): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    length += chunk.length
    if (length > bytesMax) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
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
