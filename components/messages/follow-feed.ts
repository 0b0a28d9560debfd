import type { MessageBatch } from '../../lib/format/messages.ts'
import { paths, type TopicAt } from '../../lib/paths.ts'
import { followStream, type LiveStatus } from '../live/follow-stream.ts'

export interface Feed {
  readonly at: TopicAt
  /** Where to go on, as of now. */
  readonly next: () => string
  readonly onBatch: (batch: MessageBatch) => void
  readonly onStatus: (status: LiveStatus) => void
  readonly signal: AbortSignal
}

/** Keeps a page's messages up to date until `signal` aborts. */
export function followFeed({ at, next, onBatch, onStatus, signal }: Feed): Promise<void> {
  return followStream({
    streamUrl: () => paths.messagesStream(at, { from: next() }),
    pollUrl: () => paths.messagesPoll(at, { from: next() }),
    onEvent(event, data) {
      if (event === 'messages') onBatch(JSON.parse(data))
    },
    onPolled: (text) => onBatch(JSON.parse(text)),
    onStatus,
    goneMessage: 'This topic no longer exists.',
    goneCode: 'UNKNOWN_TOPIC_OR_PARTITION',
    signal,
  })
}
