/** The lines of a body as they come, all that are complete at once. Leaving early ends the request. */
export async function* readLines(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<readonly string[]> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  // Parts are joined once: a line of megabytes comes in many chunks.
  let begun: string[] = []
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      const [first = '', ...more] = decoder.decode(value, { stream: true }).split('\n')
      begun.push(first)
      const last = more.pop()
      if (last === undefined) continue
      yield [begun.join(''), ...more].filter((line) => line !== '')
      begun = [last]
    }
    const rest = begun.join('') + decoder.decode()
    if (rest !== '') yield [rest]
  } finally {
    await reader.cancel().catch(() => {})
  }
}
