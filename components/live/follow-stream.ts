import { readServerEvents } from './server-events.ts'
import { withStreamLock } from './stream-lock.ts'

/** How the page is kept up to date right now. */
export type LiveStatus =
  | { readonly kind: 'live' }
  /** Every 5 s: this tab may not hold a stream open. */
  | { readonly kind: 'polling' }
  | { readonly kind: 'reconnecting'; readonly message: string }
  /** Over for good, such as when what is shown was deleted. */
  | { readonly kind: 'ended'; readonly message: string }

/** A stream of server-sent events, and the same data by single requests. */
export interface LiveSource {
  /**
   * Addresses as of now: a stream that is opened again goes on where the page stands. Null where there
   * is no stream and asking every 5 s is enough.
   */
  readonly streamUrl: (() => string) | null
  readonly pollUrl: () => string
  /** How long to wait between two requests; 5 s where absent. */
  readonly pollMs?: number
  readonly onEvent: (event: string, data: string) => void
  readonly onPolled: (text: string) => void
  readonly onStatus: (status: LiveStatus) => void
  /** Said when the thing that the page shows is no longer there. */
  readonly goneMessage: string
  /** A code of a `problem` that means the same. */
  readonly goneCode?: string
  readonly signal: AbortSignal
}

const pollMsUsual = 5000
const retryMs = [500, 1000, 2000, 5000]

/** Keeps a page up to date until `signal` aborts, by stream where a lock is free, else every 5 s. */
export async function followStream(source: LiveSource): Promise<void> {
  for (let failures = 0; !source.signal.aborted; ) {
    try {
      const { streamUrl } = source
      const isStreamed =
        streamUrl !== null &&
        (await withStreamLock(() =>
          readStream(source, streamUrl(), () => {
            failures = 0
          }),
        ))
      if (source.signal.aborted) return
      if (!isStreamed) {
        await pollOnce(source)
        failures = 0
        await pause(source.pollMs ?? pollMsUsual, source.signal)
      }
    } catch (error) {
      if (source.signal.aborted) return
      if (error instanceof StreamEnded) {
        source.onStatus({ kind: 'ended', message: error.message })
        return
      }
      const message =
        error instanceof StreamInterrupted ? error.message : 'The console does not answer.'
      source.onStatus({ kind: 'reconnecting', message })
      await pause(retryMs[Math.min(failures, retryMs.length - 1)] ?? pollMsUsual, source.signal)
      failures += 1
    }
  }
}

/** Trying again changes nothing. */
class StreamEnded extends Error {}
/** Trying again may help; the message says what the console said. */
class StreamInterrupted extends Error {}

async function readStream(source: LiveSource, url: string, onOpen: () => void): Promise<void> {
  const answer = await fetch(url, { signal: source.signal, cache: 'no-store' })
  await checkStatus(source, answer)
  if (answer.body === null) throw new StreamInterrupted('The stream ended.')
  onOpen()
  source.onStatus({ kind: 'live' })
  for await (const { event, data } of readServerEvents(answer.body)) {
    if (event === 'problem') throw problemIn(source, JSON.parse(data))
    source.onEvent(event, data)
  }
  if (!source.signal.aborted) throw new StreamInterrupted('The stream ended.')
}

async function pollOnce(source: LiveSource): Promise<void> {
  const answer = await fetch(source.pollUrl(), { signal: source.signal, cache: 'no-store' })
  await checkStatus(source, answer)
  source.onPolled(await answer.text())
  source.onStatus({ kind: 'polling' })
}

async function checkStatus(source: LiveSource, answer: Response): Promise<void> {
  if (answer.ok) return
  if (answer.status === 401) throw new StreamEnded('You are signed out. Log in to go on.')
  if (answer.status === 404) throw new StreamEnded(source.goneMessage)
  throw problemIn(source, (await answer.json()).error)
}

function problemIn(
  { goneCode, goneMessage }: LiveSource,
  problem: { readonly code: string; readonly message: string },
): Error {
  return problem.code === goneCode
    ? new StreamEnded(goneMessage)
    : new StreamInterrupted(problem.message)
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
