import type { Context } from 'hono'
import type { z } from 'zod'

/** Control bodies are a few hundred bytes; nobody has reason to send more. */
const BODY_BYTES_MAX = 65_536

/** The request's JSON in the given shape, or a sentence that says what is wrong with it. */
export async function readBody<T>(
  context: Context,
  shape: z.ZodType<T>,
): Promise<{ readonly value: T } | { readonly problem: string }> {
  const text = await context.req.text()
  if (text.length > BODY_BYTES_MAX) {
    return { problem: `The body is longer than ${BODY_BYTES_MAX} bytes.` }
  }
  let json: unknown
  try {
    json = JSON.parse(text === '' ? '{}' : text)
  } catch {
    return { problem: 'The body is not JSON.' }
  }
  const parsed = shape.safeParse(json)
  if (parsed.success) {
    return { value: parsed.data }
  }
  const [issue] = parsed.error.issues
  return { problem: `${issue?.path.join('.') || 'The body'}: ${issue?.message ?? 'is not valid'}` }
}
