/**
 * The storage thread: opens broker.db and log.db and carries out what the main thread asks, one
 * call after another. Prisma's SQLite drivers never yield, so a 4 MiB commit blocks this thread
 * for its whole duration, and no socket waits for it.
 */
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { raisePartitionIds } from './catalogue-sequences.ts'
import { createCatalogueStore } from './catalogue-store.ts'
import { type Databases, openDatabases } from './databases.ts'
import { storageFailure } from './failures.ts'
import { createLogStore } from './log-store.ts'
import { emptyJournal } from './log-trim.ts'
import { OPENING_ID, type ThreadOptions, type ThreadReply, type ThreadRequest } from './messages.ts'
import { unpack } from './packing.ts'

if (parentPort === null) throw new Error('The storage thread runs as a worker.')
const port = parentPort
// Whoever starts the thread fills this in; see `storage-thread.ts`.
const options = workerData as ThreadOptions

/** What is under way, and everything that came before it. */
let last: Promise<void> = openThread()

async function openThread(): Promise<void> {
  await answer(OPENING_ID, 'broker.db or log.db', async () => {
    const databases = await openDatabases(options)
    const perform = await createDispatcher(databases)
    port.on('message', (request: ThreadRequest) => {
      last = last.then(async () => {
        await answer(request.id, FILES[request.store], () => perform(request))
        // Only now, since a closed port sends nothing; without it the thread ends by itself.
        if (request.store === 'thread') port.close()
      })
    })
  })
}

type Method = (...args: readonly unknown[]) => Promise<unknown>

async function createDispatcher(
  databases: Databases,
): Promise<(request: ThreadRequest) => Promise<unknown>> {
  await raisePartitionIds(databases)
  const log = await createLogStore(databases.log)
  const stores = {
    catalogue: createCatalogueStore(databases.broker),
    log: {
      ...log,
      write: (packed: Parameters<typeof unpack>[0]) => log.write(unpack(packed, options.slots)),
      async checkpoint() {
        await log.checkpoint()
        await emptyJournal(databases.broker.client)
      },
    },
    thread: { close: () => databases.close() },
  }
  return ({ store, method, args }) => {
    // The main thread calls through typed interfaces, so names and arguments fit.
    const methods = stores[store] as unknown as Readonly<Record<string, Method | undefined>>
    const perform = methods[method]
    if (perform === undefined) throw new Error(`The storage thread has no ${store}.${method}.`)
    return perform(...args)
  }
}

/** What a failure is the failure of. */
const FILES = { catalogue: 'broker.db', log: 'log.db', thread: 'broker.db or log.db' } as const

async function answer(id: number, file: string, perform: () => Promise<unknown>): Promise<void> {
  try {
    const result = await perform()
    send({ id, ok: true, result }, buffersOf(result))
  } catch (error) {
    const { code, message } = storageFailure(error, join(options.dataDir, file))
    send({ id, ok: false, code, message })
  }
}

function send(reply: ThreadReply, transfer: readonly ArrayBuffer[] = []): void {
  port.postMessage(reply, transfer)
}

/** Chunks that were read leave with their memory; nothing here needs it any more. */
function buffersOf(result: unknown): ArrayBuffer[] {
  if (!Array.isArray(result)) return []
  const buffers = new Set<ArrayBuffer>()
  for (const item of result) {
    if (typeof item !== 'object' || item === null || !('bytes' in item)) continue
    const { bytes } = item
    if (bytes instanceof Uint8Array && bytes.buffer instanceof ArrayBuffer) {
      buffers.add(bytes.buffer)
    }
  }
  return [...buffers]
}
