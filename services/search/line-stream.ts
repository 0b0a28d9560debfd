/** Newline-delimited JSON for a reader who may be slow or go away. */
export interface LineStream {
  readonly stream: ReadableStream<Uint8Array>
  /** Aborts when the reader has gone, or has not read for so long that nobody can be there. */
  readonly gone: AbortSignal
  /** Resolves when the reader is ready for more. */
  write(values: readonly unknown[]): Promise<void>
  /** Whether what was written still waits for the reader. */
  isBehind(): boolean
  end(): void
}

const waitingBytesMax = 1024 * 1024
/** A forgotten tab must not keep a search, and its place among the few, for ever. */
const silenceMsMax = 60_000

export function createLineStream({ silenceMs = silenceMsMax } = {}): LineStream {
  const encoder = new TextEncoder()
  const gone = new AbortController()
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const waiting: (() => void)[] = []
  const wakeAll = () => {
    for (const wake of waiting.splice(0)) wake()
  }
  const stream = new ReadableStream<Uint8Array>(
    {
      start(own) {
        controller = own
      },
      pull: wakeAll,
      cancel() {
        gone.abort()
        wakeAll()
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: waitingBytesMax }),
  )
  function giveUp() {
    controller?.error(new Error('The search was ended because nobody read its answer.'))
    gone.abort()
    wakeAll()
  }
  const isBehind = () => !gone.signal.aborted && (controller?.desiredSize ?? 0) <= 0
  return {
    stream,
    gone: gone.signal,
    isBehind,
    async write(values) {
      if (gone.signal.aborted || values.length === 0) return
      const lines = values.map((value) => `${JSON.stringify(value)}\n`).join('')
      controller?.enqueue(encoder.encode(lines))
      while (isBehind()) {
        const timer = setTimeout(giveUp, silenceMs)
        await new Promise<void>((resolve) => waiting.push(resolve))
        clearTimeout(timer)
      }
    },
    end() {
      if (!gone.signal.aborted) controller?.close()
    },
  }
}
