import 'server-only'
import type { SignedIn } from '../auth/session.ts'
import {
  formatPositions,
  type MessageBatch,
  newestFirst,
  type OffsetRange,
} from '../format/messages.ts'
import type { PartitionRecord } from '../kafka/cluster-client.ts'
import { clusterClient } from '../kafka/cluster-clients.ts'
import { asKafkaFailure } from '../kafka/failure.ts'
import { toMessageRow } from '../kafka/message-rows.ts'
import { createEventOutput } from './event-output.ts'
import { closeStream } from './open-streams.ts'
import type { OwnCluster } from './ownership.ts'
import { isStillAllowed } from './route-access.ts'

/** At most ten frames a second reach the browser, however fast records are written. */
const frameMs = 100
/** A topic too busy to show anyway is read less often: its records cost the console and the broker. */
const busyFrameMs = 300
/** Rows in one frame, as many as a page keeps; what a busy topic has beyond that is counted. */
const rowsPerFrameMax = 200
/** This often a comment line shows that the stream lives, and who reads it is checked again. */
const heartbeatMs = 10_000

interface MessageStream {
  readonly access: { readonly session: SignedIn; readonly cluster: OwnCluster }
  readonly topic: string
  /** Next offset of each partition to follow. */
  readonly from: ReadonlyMap<number, number>
  /** Aborts when the browser goes away. */
  readonly signal: AbortSignal
}

/**
 * Events `messages` (a `MessageBatch`) and, before the end, `problem` (code and sentence). The caller
 * has counted the stream with `openStream`; its end is counted here.
 */
export function openMessageStream(options: MessageStream): ReadableStream<Uint8Array> {
  const gone = new AbortController()
  return new ReadableStream<Uint8Array>({
    start(controller) {
      void follow(options, AbortSignal.any([options.signal, gone.signal]), controller)
    },
    cancel: () => gone.abort(),
  })
}

async function follow(
  { access, topic, from }: MessageStream,
  gone: AbortSignal,
  controller: ReadableStreamDefaultController<Uint8Array>,
): Promise<void> {
  const out = createEventOutput(controller, gone)
  const over = new AbortController()
  const frame = createFrame(from)
  const frames = createFrames(() => {
    const batch = frame.take()
    if (batch !== null) out.send('messages', batch)
    return { isBehind: out.isBehind(), isBusy: batch !== null && batch.skipped > 0 }
  })
  const heartbeat = setInterval(async () => {
    out.comment()
    if (!(await isStillAllowed(access))) over.abort()
  }, heartbeatMs)
  try {
    await clusterClient(access.cluster.id).watch({
      topic,
      from,
      signal: AbortSignal.any([gone, over.signal]),
      onSkipped: frame.skip,
      onOffsets: frame.moveTo,
      onRecords(records) {
        frame.add(records)
        // Fetching goes on with the next frame, and not while the browser is behind.
        return frames.next()
      },
    })
  } catch (error) {
    const failure = asKafkaFailure(error)
    if (failure === null)
      console.error(`The stream of a topic in ${access.cluster.id} failed:`, error)
    const { code, message } = failure ?? { code: 'UNEXPECTED', message: 'The stream failed.' }
    out.send('problem', { code, message })
  } finally {
    clearInterval(heartbeat)
    closeStream(access.session.sessionId)
    out.end()
  }
}

/** One clock for all nodes: `next` resolves after the frame that carries what was added before. */
function createFrames(flush: () => { readonly isBehind: boolean; readonly isBusy: boolean }) {
  let notBeforeMs = 0
  let upcoming: Promise<void> | undefined
  async function runNext() {
    for (let isBehind = true; isBehind; ) {
      const waitMs = Math.max(0, notBeforeMs - performance.now())
      await new Promise((resolve) => setTimeout(resolve, waitMs))
      upcoming = undefined
      const flushed = flush()
      notBeforeMs = performance.now() + (flushed.isBusy ? busyFrameMs : frameMs)
      isBehind = flushed.isBehind
    }
  }
  return {
    next(): Promise<void> {
      upcoming ??= runNext()
      return upcoming
    },
  }
}

/** Collects what the next frame will say. */
function createFrame(from: ReadonlyMap<number, number>) {
  const next = new Map(from)
  const offsets = new Map<number, OffsetRange>()
  let records: PartitionRecord[] = []
  let skipped = 0
  return {
    add(arrived: readonly PartitionRecord[]) {
      records.push(...arrived)
      for (const { partition, offset } of arrived) next.set(partition, offset + 1)
    },
    skip(count: number) {
      skipped += count
    },
    moveTo(range: OffsetRange) {
      offsets.set(range.partition, range)
    },
    take(): MessageBatch | null {
      if (records.length === 0) return null
      const rows = newestFirst(records, rowsPerFrameMax)
      const batch = {
        rows: rows.map((record) => toMessageRow(record)),
        skipped: skipped + records.length - rows.length,
        next: formatPositions(next),
        offsets: [...offsets.values()],
      }
      records = []
      skipped = 0
      offsets.clear()
      return batch
    },
  }
}
