import { Worker } from 'node:worker_threads'
import { fillTheirMemory } from '../../free-memory.ts'
import type { Chunk } from '../../storage/storage.ts'
import { findThreadFile } from '../../storage/thread-file.ts'
import type { CleanedRange } from './cleaned-ranges.ts'
import type { Cleaner, CleanerRules, FinishedRound, IndexedPart } from './cleaner.ts'
import type { CleanerReply, CleanerRequest } from './cleaner-messages.ts'

/**
 * A cleaner in a thread of its own, for one round: started with it and ended with it, which gives
 * all of its memory back. The bytes of chunks that it is given are gone afterwards.
 */
export async function openCleanerThread(rules: CleanerRules): Promise<Cleaner> {
  const source = new URL('./thread.ts', import.meta.url)
  const file = await findThreadFile({ name: 'compaction-thread', source })
  const worker = new Worker(file, {
    workerData: rules,
    name: 'compaction',
    // Nothing but views of chunks is made there; a small nursery lets go of their memory soon.
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  })
  let settle: ((reply: CleanerReply) => void) | null = null
  let ended: CleanerReply | null = null

  function end(reason: string): void {
    ended ??= { ok: false, reason }
    settle?.(ended)
  }
  worker.on('message', (reply: CleanerReply) => settle?.(reply))
  worker.on('error', (error) => end(error.message))
  worker.on('exit', () => end('it ended by itself'))

  async function call(request: CleanerRequest, chunks: readonly Chunk[] = []): Promise<unknown> {
    const reply = await new Promise<CleanerReply>((resolve) => {
      settle = resolve
      if (ended !== null) resolve(ended)
      else worker.postMessage(request, ownMemory(chunks))
    })
    settle = null
    if (!reply.ok) {
      throw new Error(`The compaction thread failed: ${reply.reason}`)
    }
    return reply.result
  }

  // Each request is answered by what its method gives; a message cannot carry that.
  return {
    index: (chunks, offset) =>
      call({ method: 'index', chunks, offset }, chunks) as Promise<IndexedPart>,
    clean: (chunks, offset) =>
      call({ method: 'clean', chunks, offset }, chunks) as Promise<readonly CleanedRange[]>,
    finish: () => call({ method: 'finish' }) as Promise<FinishedRound>,
    async close() {
      await worker.terminate()
    },
  }
}

/** Memory in which nothing else lies is moved instead of copied. */
function ownMemory(chunks: readonly Chunk[]): ArrayBuffer[] {
  const views = new Map<ArrayBuffer, Uint8Array[]>()
  for (const { bytes } of chunks) {
    if (bytes.buffer instanceof ArrayBuffer) {
      const within = views.get(bytes.buffer) ?? []
      within.push(bytes)
      views.set(bytes.buffer, within)
    }
  }
  return [...views].flatMap(([buffer, within]) => (fillTheirMemory(within) ? buffer : []))
}
