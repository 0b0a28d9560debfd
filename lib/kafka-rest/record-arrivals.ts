import { type RestError, restErrors } from './errors.ts'
import { type CutDocument, createDocumentCutter } from './json-documents.ts'
import { streamLimits } from './limits.ts'
import { type AskedRecord, readRecord } from './record-documents.ts'
import type { Share } from './shares.ts'

/** The records of a body as they arrive. */
export interface Arrivals {
  /**
   * At least one as soon as there is one, and whatever else has arrived; none at the end. Asking for
   * the next says that those before are done with.
   */
  next(): Promise<readonly Arrival[]>
  /** Reads no further. To be called once, however the stream ended. */
  close(): void
  /**
   * Calls `onStall` where nothing went on for too long while nobody was waiting for `next`, which
   * otherwise says so itself.
   */
  whenStalled(onStall: () => void | Promise<void>): void
}

/** A record, or what is wrong with it; after an error that `endsStream` nothing comes any more. */
export type Arrival = AskedRecord | { readonly error: RestError; readonly endsStream: boolean }

/** Reads ahead of whoever takes records, but only so far. Large ones have their place in `share`. */
export function readAhead(body: ReadableStream<Uint8Array> | null, share: Share): Arrivals {
  const cutter = createDocumentCutter(share)
  const reader = body?.getReader()
  const queue: Queued[] = []
  let queuedBytes = 0
  /** What records have of the share that were taken and may still be under way. */
  let takenBytes = 0
  let isOver = false
  let isAwaited = false
  let onStall: () => void | Promise<void> = () => {}
  /** Whoever waits: the reader for room, or the taker for records. */
  let wake = () => {}
  // Begins again with every record that comes to its end, and whenever records are taken.
  const stall = setTimeout(() => {
    if (isOver) return
    put({ arrival: { error: restErrors.stalled, endsStream: true }, sizeBytes: 0, heldBytes: 0 })
    cancel()
    if (!isAwaited) void onStall()
  }, streamLimits.stallMsMax).unref()

  const isFull = () =>
    queuedBytes >= streamLimits.aheadBytesMax || queue.length >= streamLimits.aheadRecordsMax

  async function waitWhile(condition: () => boolean): Promise<void> {
    while (condition()) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }

  function put(queued: Queued) {
    queue.push(queued)
    queuedBytes += queued.sizeBytes
    const { arrival } = queued
    if ('error' in arrival && arrival.endsStream) isOver = true
    wake()
  }

  function add(documents: readonly CutDocument[]) {
    if (documents.length > 0) stall.refresh()
    for (const document of documents) {
      const heldBytes = 'error' in document ? 0 : document.heldBytes
      const sizeBytes = 'error' in document ? 0 : document.sizeBytes
      if (isOver) share.give(heldBytes)
      else put({ arrival: read(document), sizeBytes, heldBytes })
    }
  }

  /** It fails where the client has gone, which is as well. */
  function cancel() {
    reader?.cancel().catch(() => {})
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
    clearTimeout(stall)
    cutter.close()
    wake()
  }

  void readBody()
  return {
    async next() {
      share.give(takenBytes)
      takenBytes = 0
      if (!isOver) stall.refresh()
      isAwaited = true
      await waitWhile(() => queue.length === 0 && !isOver)
      isAwaited = false
      const taken = queue.splice(0, streamLimits.aheadRecordsMax)
      for (const { sizeBytes, heldBytes } of taken) {
        queuedBytes -= sizeBytes
        takenBytes += heldBytes
      }
      wake()
      return taken.map(({ arrival }) => arrival)
    },
    close() {
      isOver = true
      clearTimeout(stall)
      share.give(takenBytes + queue.reduce((sum, { heldBytes }) => sum + heldBytes, 0))
      takenBytes = 0
      queue.length = 0
      wake()
      cancel()
    },
    whenStalled(call) {
      onStall = call
    },
  }
}

interface Queued {
  readonly arrival: Arrival
  readonly sizeBytes: number
  readonly heldBytes: number
}

function read(document: CutDocument): Arrival {
  if ('error' in document) return { error: document.error, endsStream: true }
  const record = readRecord(document.text, Date.now())
  return 'value' in record ? record.value : record
}
