import type { ReplyId } from './effects.ts'

/** Requests that wait for an answer. Each is answered exactly once. */
export interface Parking<T> {
  /** `closed` ends the wait with `abandoned`: nobody is there any more to read an answer. */
  park(closed: AbortSignal): { readonly id: ReplyId; readonly answered: Promise<T> }
  /** Does nothing if the request is not waiting any more. */
  answer(id: ReplyId, value: T): void
  /** Answers everybody with `abandoned`, and from then on whoever parks. */
  close(): void
  readonly size: number
}

export function createParking<T>(abandoned: T): Parking<T> {
  const waiting = new Map<ReplyId, (value: T) => void>()
  let lastId: ReplyId = 0
  let isClosed = false

  return {
    park(closed) {
      const id = ++lastId
      const answered = new Promise<T>((resolve) => {
        if (isClosed || closed.aborted) {
          resolve(abandoned)
          return
        }
        const abandon = () => {
          if (waiting.delete(id)) resolve(abandoned)
        }
        // A connection outlives many requests: the listener goes with the answer.
        closed.addEventListener('abort', abandon)
        waiting.set(id, (value) => {
          closed.removeEventListener('abort', abandon)
          resolve(value)
        })
      })
      return { id, answered }
    },
    answer(id, value) {
      const resolve = waiting.get(id)
      waiting.delete(id)
      resolve?.(value)
    },
    close() {
      isClosed = true
      for (const id of [...waiting.keys()]) this.answer(id, abandoned)
    },
    get size() {
      return waiting.size
    },
  }
}
