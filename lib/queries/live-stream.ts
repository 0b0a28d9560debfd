import 'server-only'
import type { TopicNow } from '../../broker/rules/services-control.ts'
import { findSession, type SignedIn } from '../auth/session.ts'
import { createEventOutput } from './event-output.ts'
import { noteSeenRate } from './learn.ts'
import {
  type FromServices,
  type LiveAsked,
  type LiveCard,
  type LiveUpdate,
  readLive,
  readLiveCards,
} from './live.ts'
import { closeStream } from './open-streams.ts'
import type { OwnCluster } from './ownership.ts'
import { isStillAllowed } from './route-access.ts'

/** Samples are taken on multiples of 5 s; they are there shortly after. */
const sampleMs = 5000
const lagMs = 400

/**
 * Events `live`, a `LiveUpdate` after every sample: the first whole, the later ones what is new. Both
 * functions here count on `openStream` having been called; the end is counted here.
 */
export function openLiveStream({
  access,
  asked,
  signal,
}: {
  readonly access: { readonly session: SignedIn; readonly cluster: OwnCluster }
  readonly asked: LiveAsked
  readonly signal: AbortSignal
}): ReadableStream<Uint8Array> {
  const changes = createChanges()
  let minutes = asked.minutes
  return openTickingStream<LiveUpdate>({
    sessionId: access.session.sessionId,
    signal,
    isAllowed: () => isStillAllowed(access),
    async read() {
      const read = await readLive(access.cluster, { ...asked, minutes })
      if ('error' in read) return read
      await noteSeenRate(access.session, access.cluster.id, read.ok)
      // The browser keeps the series; from here on it needs their newest end only.
      if (read.ok.cluster.series.storedBytes.length > 0) minutes = 1
      return { ok: changes.since(read.ok) }
    },
  })
}

/** Events `live`, all `LiveCard`s of the caller after every sample. */
export function openCardsStream({
  session,
  signal,
}: {
  readonly session: SignedIn
  readonly signal: AbortSignal
}): ReadableStream<Uint8Array> {
  return openTickingStream<readonly LiveCard[]>({
    sessionId: session.sessionId,
    signal,
    isAllowed: async () => (await findSession(session.sessionId)) !== null,
    read: () => readLiveCards(session),
  })
}

interface TickingStream<Value> {
  readonly sessionId: string
  readonly signal: AbortSignal
  readonly isAllowed: () => Promise<boolean>
  readonly read: () => Promise<FromServices<Value>>
}

function openTickingStream<Value>(options: TickingStream<Value>): ReadableStream<Uint8Array> {
  const cancelled = new AbortController()
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const gone = AbortSignal.any([options.signal, cancelled.signal])
      void tick(options, gone, controller)
    },
    cancel: () => cancelled.abort(),
  })
}

async function tick<Value>(
  { sessionId, isAllowed, read }: TickingStream<Value>,
  gone: AbortSignal,
  controller: ReadableStreamDefaultController<Uint8Array>,
): Promise<void> {
  const out = createEventOutput(controller, gone)
  try {
    while (!gone.aborted && (await isAllowed())) {
      // A browser that takes nothing gets nothing more until it does.
      if (!out.isBehind()) {
        const answer = await read()
        if ('error' in answer) {
          out.send('problem', answer.error)
          break
        }
        out.send('live', answer.ok)
      }
      await untilNextSample(gone)
    }
  } catch (error) {
    console.error('A stream of live figures failed:', error)
    out.send('problem', { code: 'UNEXPECTED', message: 'The stream failed.' })
  } finally {
    closeStream(sessionId)
    out.end()
  }
}

function untilNextSample(gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      gone.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, sampleMs - (Date.now() % sampleMs) + lagMs)
    gone.addEventListener('abort', end)
  })
}

/** Leaves out the topics whose figures are those of the update before: most of 10,000 rest. */
function createChanges() {
  let sent: ReadonlyMap<string, string> | undefined
  return {
    since(update: LiveUpdate): LiveUpdate {
      if (update.topics === undefined) return update
      const { byName } = update.topics
      const before = sent
      const now = new Map(Object.entries(byName).map(([name, it]) => [name, JSON.stringify(it)]))
      sent = now
      if (before === undefined) return update
      const changed: Record<string, TopicNow> = {}
      for (const [name, topic] of Object.entries(byName)) {
        if (now.get(name) !== before.get(name)) changed[name] = topic
      }
      const gone = [...before.keys()].filter((name) => !now.has(name))
      return { ...update, topics: { isWhole: false, byName: changed, gone } }
    },
  }
}
