/**
 * The thread of one round of compaction: unpacks batches, goes over their records and packs what is
 * left, so that no socket waits for it. It opens no file; chunks come and go as memory that is moved.
 */
import { parentPort, workerData } from 'node:worker_threads'
import type { CleanedRange } from './cleaned-ranges.ts'
import { type CleanerRules, createCleaner } from './cleaner.ts'
import type { CleanerReply, CleanerRequest } from './cleaner-messages.ts'

if (parentPort === null) throw new Error('The compaction thread runs as a worker.')
const port = parentPort
// Whoever starts the thread fills this in; see `cleaner-thread.ts`.
const cleaner = createCleaner(workerData as CleanerRules)

port.on('message', (request: CleanerRequest) => {
  perform(request).then(
    ({ result, ranges }) => send({ ok: true, result }, ranges),
    (error: unknown) => send({ ok: false, reason: String(error) }, []),
  )
})

async function perform(request: CleanerRequest) {
  switch (request.method) {
    case 'index':
      return { result: await cleaner.index(request.chunks, request.offset), ranges: [] }
    case 'clean': {
      const ranges = await cleaner.clean(request.chunks, request.offset)
      return { result: ranges, ranges }
    }
    case 'finish': {
      const round = await cleaner.finish()
      return { result: round, ranges: round.ranges }
    }
  }
}

function send(reply: CleanerReply, ranges: readonly CleanedRange[]): void {
  const chunks = ranges.flatMap((range) => range.chunks)
  port.postMessage(
    reply,
    // A gatherer gives each chunk memory of its own.
    chunks.map(({ bytes }) => bytes.buffer as ArrayBuffer),
  )
}
