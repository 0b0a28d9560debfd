/**
 * The thread of one round of compaction: unpacks batches, goes over their records and packs what is
 * left, so that no socket waits for it. It opens no file; chunks come and go as memory that is moved.
 */
import { MessageChannel, parentPort, workerData } from 'node:worker_threads'
import type { Chunk } from '../../storage/storage.ts'
import type { CleanedRange } from './cleaned-ranges.ts'
import { type CleanerRules, createCleaner } from './cleaner.ts'
import type { CleanerReply, CleanerRequest } from './cleaner-messages.ts'

if (parentPort === null) throw new Error('The compaction thread runs as a worker.')
const port = parentPort
// Whoever starts the thread fills this in; see `cleaner-thread.ts`.
const cleaner = createCleaner(workerData as CleanerRules)
const { port1: nowhere, port2: closed } = new MessageChannel()
closed.close()

port.on('message', async (request: CleanerRequest) => {
  try {
    const { result, ranges } = await perform(request)
    send({ ok: true, result }, ranges)
  } catch (error) {
    send({ ok: false, reason: String(error) }, [])
  }
  if (request.method !== 'finish') release(request.chunks)
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

/**
 * Gives the memory of chunks back at once: what is moved to a port that nobody reads is freed. Left
 * to the garbage collector, which sees nothing but small views, it would add up to 64 MiB.
 */
function release(chunks: readonly Chunk[]): void {
  const buffers = new Set(chunks.map(({ bytes }) => bytes.buffer as ArrayBuffer))
  nowhere.postMessage(null, [...buffers])
}
