import type { RestError } from './errors.ts'
import { type ByteBudget, type CutDocument, createDocumentCutter } from './json-documents.ts'
import { streamLimits } from './limits.ts'
import { type AskedRecord, readRecord } from './record-documents.ts'

/** The records of a body as they arrive. */
export interface Arrivals {
  /** At least one as soon as there is one, and whatever else has arrived; none at the end. */
  next(): Promise<readonly Arrival[]>
  /** Reads no further. To be called once, however the stream ended. */
  close(): void
}

/** A record, or what is wrong with it; after an error that `endsStream` nothing comes any more. */
export type Arrival = AskedRecord | { readonly error: RestError; readonly endsStream: boolean }

/** Reads ahead of whoever takes records, but only so far. */
export function readAhead(body: ReadableStream<Uint8Array> | null, budget: ByteBudget): Arrivals {
  const cutter = createDocumentCutter(budget)
  const reader = body?.getReader()
  const queue: { readonly arrival: Arrival; readonly sizeBytes: number }[] = []
  let queuedBytes = 0
  let isOver = false
  /** Whoever waits: the reader for room, or the taker for records. */
  let wake = () => {}

  const isFull = () =>
    queuedBytes >= streamLimits.aheadBytesMax || queue.length >= streamLimits.aheadRecordsMax

  async function waitWhile(condition: () => boolean): Promise<void> {
    while (condition()) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }

  function add(documents: readonly CutDocument[]) {
    for (const document of documents) {
      if (isOver) return
      const arrival = read(document)
      const sizeBytes = 'error' in document ? 0 : document.sizeBytes
      queue.push({ arrival, sizeBytes })
      queuedBytes += sizeBytes
      if ('error' in arrival && arrival.endsStream) isOver = true
    }
    wake()
  }

  async function readBody(): Promise<void> {
    try {
      for (;;) {
        await waitWhile(() => isFull() && !isOver)
        const chunk = await reader?.read()
        if (isOver) break
        if (chunk === undefined || chunk.done) {
          add(cutter.end())
          break
        }
        add(cutter.push(chunk.value))
        if (isOver) break
      }
    } catch {
      // The client has gone, and nobody is left to be told.
    }
    isOver = true
    cutter.close()
    wake()
  }

  void readBody()
  return {
    async next() {
      await waitWhile(() => queue.length === 0 && !isOver)
      const taken = queue.splice(0, streamLimits.aheadRecordsMax)
      queuedBytes -= taken.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
      wake()
      return taken.map(({ arrival }) => arrival)
    },
    close() {
      isOver = true
      wake()
      // It fails where the client has gone, which is as well.
      reader?.cancel().catch(() => {})
    },
  }
}

function read(document: CutDocument): Arrival {
  if ('error' in document) return { error: document.error, endsStream: true }
  const record = readRecord(document.text, Date.now())
  return 'value' in record ? record.value : record
}
