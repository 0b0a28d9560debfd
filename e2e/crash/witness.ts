import { setTimeout as delay } from 'node:timers/promises'
import { isDisconnection } from './ledger-target.ts'

/** Somebody who watches one promise of the product all the time, through every kill. */
export interface Witness {
  readonly name: string
  /** How often everything it knows of was looked at. */
  readonly looks: number
  /** A sentence for every breach that was seen. */
  readonly problems: readonly string[]
  stop(): Promise<void>
}

export interface Look {
  /** Everything was compared with what was promised. */
  looked(): void
  problem(sentence: string): void
}

const reconnectMs = 25

/**
 * Calls `look` again and again. It connects, compares what is there with what it was promised before,
 * then has more promised to it; it may end at any moment because the product does.
 */
export function startWitness(
  name: string,
  look: (to: Look) => Promise<void>,
  onChange: () => void,
): Witness {
  const problems: string[] = []
  let looks = 0
  let isStopping = false
  const to: Look = {
    looked() {
      looks++
      onChange()
    },
    problem(sentence) {
      problems.push(`${name}: ${sentence}`)
      onChange()
    },
  }
  async function run() {
    while (!isStopping) {
      try {
        await look(to)
      } catch (error) {
        if (!isDisconnection(error)) to.problem(String(error))
        await delay(reconnectMs)
      }
    }
  }
  const running = run()
  return {
    name,
    problems,
    get looks() {
      return looks
    },
    async stop() {
      isStopping = true
      await running
    },
  }
}
