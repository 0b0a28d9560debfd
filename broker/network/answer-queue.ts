import type { Answer } from '../api/dispatch.ts'
import type { ConnectionProblem } from '../rules/connection-problems.ts'

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
  readonly #write: (segments: readonly Uint8Array[]) => void
  readonly #onLast: (problem: ConnectionProblem) => void
  readonly #turns: PendingTurn[] = []
  #sizeBytes = 0

  constructor(
    write: (segments: readonly Uint8Array[]) => void,
    onLast: (problem: ConnectionProblem) => void,
  ) {
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
      pending.answer = answer
      this.#flush()
    }
  }

  #flush(): void {
    for (let [first] = this.#turns; first?.answer; [first] = this.#turns) {
      this.#turns.shift()
      this.#sizeBytes -= first.sizeBytes
      this.#write(first.answer.segments)
      if (first.answer.close !== undefined) {
        this.#turns.length = 0
        this.#onLast(first.answer.close)
      }
    }
  }
}
