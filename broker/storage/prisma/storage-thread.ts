import { Worker } from 'node:worker_threads'
import { StorageFailure } from '../failure.ts'
import { OPENING_ID, type ThreadOptions, type ThreadReply, type ThreadStores } from './messages.ts'

type MethodOf<S extends keyof ThreadStores> = Extract<keyof ThreadStores[S], string>
type FunctionOf<S extends keyof ThreadStores, M extends MethodOf<S>> = Extract<
  ThreadStores[S][M],
  (...args: never[]) => unknown
>

/** Calls a method of a store in the thread. */
export type Call = <S extends keyof ThreadStores, M extends MethodOf<S>>(
  store: S,
  method: M,
  ...args: Parameters<FunctionOf<S, M>>
) => ReturnType<FunctionOf<S, M>>

export interface StorageThread {
  readonly call: Call
  /** Carries out what was asked before, then ends the thread. May be called twice. */
  close(): Promise<void>
}

interface Start {
  readonly file: URL
  readonly options: ThreadOptions
  readonly onFatal: (failure: StorageFailure) => void
}

/** Starts the thread; resolves when its databases are open. */
export async function startStorageThread({
  file,
  options,
  onFatal,
}: Start): Promise<StorageThread> {
  const worker = new Worker(file, { workerData: options, name: 'storage' })
  const exited = new Promise((resolve) => worker.once('exit', resolve))
  const pending = new Map<number, (reply: ThreadReply) => void>()
  let lastId = OPENING_ID
  let closing: Promise<void> | null = null
  let ended: StorageFailure | null = null

  function end(failure: StorageFailure): void {
    ended ??= failure
    for (const [id, settle] of pending) settle({ id, ok: false, ...plain(failure) })
    pending.clear()
  }

  function reply(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      pending.set(id, (answer) => {
        if (answer.ok) resolve(answer.result)
        else reject(new StorageFailure(answer.code, answer.message))
      })
    })
  }

  function request(store: string, method: string, args: readonly unknown[]): Promise<unknown> {
    if (ended !== null) return Promise.reject(new StorageFailure(ended.code, ended.message))
    const id = ++lastId
    worker.postMessage({ id, store, method, args }, ownMemory(args))
    return reply(id)
  }

  worker.on('message', (answer: ThreadReply) => {
    const settle = pending.get(answer.id)
    pending.delete(answer.id)
    settle?.(answer)
  })
  let reason = 'it ended by itself'
  worker.on('error', (error) => {
    reason = error.message
  })
  worker.on('exit', () => {
    const wasOpen = pending.get(OPENING_ID) === undefined && ended === null && closing === null
    const failure = new StorageFailure('CLOSED', `The storage thread is gone: ${reason}.`)
    end(failure)
    if (wasOpen) onFatal(failure)
  })

  await reply(OPENING_ID).catch(async (failure: unknown) => {
    await worker.terminate()
    throw failure
  })

  async function close(): Promise<void> {
    // A thread that died has nothing left to release.
    const closed = ended === null ? request('thread', 'close', []) : Promise.resolve()
    ended ??= new StorageFailure('CLOSED', 'The storage is closed.')
    await closed
    await exited
  }

  return {
    // `Call` ties the names to the types of arguments and result, which a message cannot carry.
    call: ((store, method, ...args) => request(store, method, args)) as Call,
    close() {
      closing ??= close()
      return closing
    },
  }
}

function plain({ code, message }: StorageFailure) {
  return { code, message }
}

/** A packed write that found no shared slot brings memory that is moved instead of copied. */
function ownMemory(args: readonly unknown[]): ArrayBuffer[] {
  const [first] = args
  if (typeof first !== 'object' || first === null || !('memory' in first)) return []
  return first.memory instanceof ArrayBuffer ? [first.memory] : []
}
