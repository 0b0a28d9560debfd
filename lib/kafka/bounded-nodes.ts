import { KafkaFailure } from './failure.ts'
import type { Nodes } from './nodes.ts'

export interface NodesBounds {
  /** Connections that are in use at a moment. */
  readonly usesMax: number
  /** Calls that may wait for one; further ones are refused. */
  readonly waitingMax: number
}

/** Nodes of which only so many connections are ever used at once: further calls wait in line. */
export function boundedNodes(nodes: Nodes, { usesMax, waitingMax }: NodesBounds): Nodes {
  const waiting: (() => void)[] = []
  let uses = 0

  async function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    if (uses < usesMax) uses += 1
    else if (waiting.length >= waitingMax) throw tooMany()
    // Whoever ends hands its place on, so that nobody new slips in between.
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) uses -= 1
      else next()
    }
  }

  return {
    findLeaders: (topic) => inTurn(() => nodes.findLeaders(topic)),
    ask: (use) => inTurn(() => nodes.ask(use)),
    withConnection: (node, use, signal) => inTurn(() => nodes.withConnection(node, use, signal)),
    close: () => nodes.close(),
  }
}

function tooMany(): KafkaFailure {
  return new KafkaFailure(
    'THROTTLING_QUOTA_EXCEEDED',
    'Too many requests of this API key are under way. Wait for answers before sending more.',
  )
}
