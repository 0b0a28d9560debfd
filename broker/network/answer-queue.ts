import type { Answer } from '../api/dispatch.ts'
import type { ConnectionProblem } from '../rules/connection-problems.ts'
import type { WriteSegments } from './socket-writer.ts'

/** A request that was started and whose answer has not left yet. */
export interface Turn {
  /** For log lines, such as `Fetch v12`. */
  readonly name: string
  readonly isProduce: boolean
  readonly sizeBytes: number
  /** When the connection is given up if the answer is not there. */
  readonly dueMs: number
}

interface PendingTurn extends Turn {
  answer: Answer | null
}

/**
 * Lets answers leave in the order of their requests, whatever order they are ready in. After an
 * answer that ends the connection none leaves any more.
 */
export class AnswerQueue {
  readonly #write: WriteSegments
  readonly #onLast: (problem: ConnectionProblem) => void
  readonly #turns: PendingTurn[] = []
  #sizeBytes = 0
  #isOver = false

  constructor(write: WriteSegments, onLast: (problem: ConnectionProblem) => void) {
    this.#write = write
    this.#onLast = onLast
  }

  get length(): number {
    return this.#turns.length
  }

  /** Of the requests together. */
  get sizeBytes(): number {
    return this.#sizeBytes
  }

  /** The request that has waited longest. */
  get oldest(): Turn | undefined {
    return this.#turns[0]
  }

  /** Whether nothing but Produce waits, so that another Produce may join. */
  get isOnlyProduce(): boolean {
    // Nothing else is ever started beside a Produce, so that one of them speaks for all.
    return this.#turns[0]?.isProduce ?? true
  }

  /** Gives a request its place; the function given back takes its answer. */
  add(turn: Turn): (answer: Answer) => void {
    const pending: PendingTurn = { ...turn, answer: null }
    this.#turns.push(pending)
    this.#sizeBytes += turn.sizeBytes
    return (answer) => {
      if (this.#isOver) {
        answer.done?.()
        return
      }
      pending.answer = answer
      this.#flush()
    }
  }

  #flush(): void {
    for (let [first] = this.#turns; first?.answer; [first] = this.#turns) {
      this.#turns.shift()
      this.#sizeBytes -= first.sizeBytes
      this.#write(first.answer.segments, first.answer.done)
      if (first.answer.close !== undefined) {
        this.#isOver = true
        for (const { answer } of this.#turns.splice(0)) answer?.done?.()
        this.#onLast(first.answer.close)
      }
    }
  }
}
