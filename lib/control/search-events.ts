import { type SearchEvent, searchEvent } from '../../broker/rules/services-control.ts'

/** The events of a search's answer, one per line. Leaving the loop early ends the search. */
export async function* readSearchEvents(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<SearchEvent> {
  const reader = stream.pipeThrough(lineSplitter()).getReader()
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      for (const line of read.value) yield searchEvent.parse(JSON.parse(line))
    }
  } finally {
    // Nothing more is wanted, whatever state the stream is in.
    await reader.cancel().catch(() => {})
  }
}

function lineSplitter(): TransformStream<Uint8Array, readonly string[]> {
  const decoder = new TextDecoder()
  let begun: string[] = []
  return new TransformStream({
    transform(chunk, controller) {
      const [first = '', ...more] = decoder.decode(chunk, { stream: true }).split('\n')
      begun.push(first)
      const last = more.pop()
      if (last === undefined) return
      controller.enqueue([begun.join(''), ...more].filter((line) => line !== ''))
      begun = [last]
    },
  })
}
