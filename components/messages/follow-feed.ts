import type { MessageBatch } from '../../lib/format/messages.ts'
import { paths, type TopicAt } from '../../lib/paths.ts'
import { readServerEvents } from './event-stream.ts'
import { withStreamLock } from './stream-lock.ts'

/** How the page is kept up to date right now. */
export type FeedStatus =
  | { readonly kind: 'live' }
  /** Every 5 s: this tab may not hold a stream open. */
  | { readonly kind: 'polling' }
  | { readonly kind: 'reconnecting'; readonly message: string }
  /** Over for good, such as when the topic was deleted. */
  | { readonly kind: 'ended'; readonly message: string }

export interface Feed {
  readonly at: TopicAt
  /** Where to go on, as of now. */
  readonly next: () => string
  readonly onBatch: (batch: MessageBatch) => void
  readonly onStatus: (status: FeedStatus) => void
  readonly signal: AbortSignal
}

const pollMs = 5000
const retryMs = [500, 1000, 2000, 5000]

/** Keeps a page's messages up to date until `signal` aborts, by stream where a lock is free. */
export async function followFeed(feed: Feed): Promise<void> {
  for (let failures = 0; !feed.signal.aborted; ) {
    try {
      const isStreamed = await withStreamLock(() =>
        readStream(feed, () => {
          failures = 0
        }),
      )
      if (feed.signal.aborted) return
      if (!isStreamed) {
        await pollOnce(feed)
        failures = 0
        await pause(pollMs, feed.signal)
      }
    } catch (error) {
      if (feed.signal.aborted) return
      if (error instanceof FeedEnded) {
        feed.onStatus({ kind: 'ended', message: error.message })
        return
      }
      const message =
        error instanceof FeedInterrupted ? error.message : 'The console does not answer.'
      feed.onStatus({ kind: 'reconnecting', message })
      await pause(retryMs[Math.min(failures, retryMs.length - 1)] ?? pollMs, feed.signal)
      failures += 1
    }
  }
}

/** Trying again changes nothing. */
class FeedEnded extends Error {}
/** Trying again may help; the message says what the broker said. */
class FeedInterrupted extends Error {}

async function readStream(feed: Feed, onOpen: () => void): Promise<void> {
  const url = paths.messagesStream(feed.at, { from: feed.next() })
  const answer = await fetch(url, { signal: feed.signal, cache: 'no-store' })
  await checkStatus(answer)
  if (answer.body === null) throw new FeedInterrupted('The stream ended.')
  onOpen()
  feed.onStatus({ kind: 'live' })
  for await (const { event, data } of readServerEvents(answer.body)) {
    if (event === 'messages') feed.onBatch(JSON.parse(data))
    if (event === 'problem') throw problemIn(JSON.parse(data))
  }
  if (!feed.signal.aborted) throw new FeedInterrupted('The stream ended.')
}

async function pollOnce(feed: Feed): Promise<void> {
  const url = paths.messagesPoll(feed.at, { from: feed.next() })
  const answer = await fetch(url, { signal: feed.signal, cache: 'no-store' })
  await checkStatus(answer)
  feed.onBatch(await answer.json())
  feed.onStatus({ kind: 'polling' })
}

async function checkStatus(answer: Response): Promise<void> {
  if (answer.ok) return
  if (answer.status === 401) throw new FeedEnded('You are signed out. Log in to go on.')
  if (answer.status === 404) throw new FeedEnded('This topic no longer exists.')
  throw problemIn((await answer.json()).error)
}

function problemIn(problem: { readonly code: string; readonly message: string }): Error {
  return problem.code === 'UNKNOWN_TOPIC_OR_PARTITION'
    ? new FeedEnded('This topic no longer exists.')
    : new FeedInterrupted(problem.message)
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
