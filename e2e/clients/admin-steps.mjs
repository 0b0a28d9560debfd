// What the Node.js clients' `admin` commands have in common (see README.md).
import { createInterface } from 'node:readline'
import { report } from './key-file.mjs'

/**
 * Answers the requests on standard input until it ends. What is not among the steps is what the client
 * cannot do. `codeOf` tells Kafka's error code from an error of the client's own, or undefined.
 */
export async function serveAdmin(steps, codeOf) {
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line)
    const step = steps[request.do]
    if (step === undefined) {
      report({ event: 'answer', unsupported: true })
      continue
    }
    try {
      report({ event: 'answer', result: (await step(request)) ?? null })
    } catch (error) {
      const code = codeOf(error)
      if (code === undefined) throw error
      report({ event: 'answer', error: code })
    }
  }
}

/** The numbers of a topic's partitions. */
export function partitionsOf(request) {
  return Array.from({ length: request.partitions }, (_, partition) => partition)
}
