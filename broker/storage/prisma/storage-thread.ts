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

interface Start {
  /** The bundled `thread.ts`. */
  readonly file: URL
  readonly options: ThreadOptions
  /** The thread died although nobody asked it to. */
  readonly onFatal: (failure: StorageFailure) => void
}

/** The storage thread as the main thread sees it: it takes calls until it is closed, or dies. */
export class StorageThread {
  readonly #worker: Worker
  readonly #exited: Promise<void>
  readonly #onFatal: Start['onFatal']
  readonly #pending = new Map<number, (reply: ThreadReply) => void>()
  #lastId = OPENING_ID
  #state: 'opening' | 'open' | 'closing' = 'opening'
  /** Why no call is taken any more. */
  #refusal: StorageFailure | null = null
  #closing: Promise<void> | null = null

  /** Starts the thread; resolves when its databases are open. */
  static async start(start: Start): Promise<StorageThread> {
    const thread = new StorageThread(start)
    try {
      await thread.#reply(OPENING_ID)
    } catch (error) {
      await thread.#worker.terminate()
      throw error
    }
    thread.#state = 'open'
    return thread
  }

  private constructor({ file, options, onFatal }: Start) {
    this.#onFatal = onFatal
    this.#worker = new Worker(file, {
      workerData: options,
      name: 'storage',
      // Record bytes are no part of it, and by default it would grow to 48 MB.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    })
    let reason = 'it ended by itself'
    this.#worker.on('error', (error) => {
      reason = error.message
    })
    this.#worker.on('message', (reply: ThreadReply) => this.#settle(reply))
    this.#exited = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        this.#end(new StorageFailure('CLOSED', `The storage thread is gone: ${reason}.`))
        resolve()
      })
    })
  }

  /** Calls a method of a store. `Call` ties names and types, which a message cannot carry. */
  readonly call = ((store, method, ...args) => this.#request(store, method, args)) as Call

  /** Carries out what was asked before, then ends the thread. May be called twice. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    this.#state = 'closing'
    // A thread that died has nothing left to release.
    const closed = this.#refusal === null ? this.#request('thread', 'close', []) : null
    this.#refusal ??= new StorageFailure('CLOSED', 'The storage is closed.')
    await closed
    await this.#exited
  }

  #request(store: string, method: string, args: readonly unknown[]): Promise<unknown> {
    if (this.#refusal !== null) {
      return Promise.reject(new StorageFailure(this.#refusal.code, this.#refusal.message))
    }
    const id = ++this.#lastId
    this.#worker.postMessage({ id, store, method, args }, ownMemory(args))
    return this.#reply(id)
  }

  #reply(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#pending.set(id, (reply) => {
        if (reply.ok) resolve(reply.result)
        else reject(new StorageFailure(reply.code, reply.message))
      })
    })
  }

  #settle(reply: ThreadReply): void {
    const settle = this.#pending.get(reply.id)
    this.#pending.delete(reply.id)
    settle?.(reply)
  }

  #end(failure: StorageFailure): void {
    this.#refusal ??= failure
    const { code, message } = failure
    for (const id of [...this.#pending.keys()]) this.#settle({ id, ok: false, code, message })
    if (this.#state === 'open') this.#onFatal(failure)
  }
}

/** Memory that is moved instead of copied: of a packed write without a shared slot, of new chunks. */
function ownMemory(args: readonly unknown[]): ArrayBuffer[] {
  const [first] = args
  if (typeof first !== 'object' || first === null) return []
  if ('memory' in first) return first.memory instanceof ArrayBuffer ? [first.memory] : []
  if (!('chunks' in first) || !Array.isArray(first.chunks)) return []
  return first.chunks.flatMap((chunk: { readonly bytes: Uint8Array }) => wholeMemory(chunk.bytes))
}

/** Only where nothing else lies in it. */
function wholeMemory({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : []
}
