import { readFileSync } from 'node:fs'

/** What the console's *Download and continue* saves: all that a Kafka client needs. */
export interface KeyFile {
  readonly clusterId: string
  readonly key: string
  readonly secret: string
  /** `host:port` of the first node. */
  readonly bootstrapServer: string
}

/**
 * Reads the text file that Confluent Cloud's console, and ours, hands out with a new API key: a
 * heading that names the cluster, then label and value on lines of their own.
 */
export function readKeyFile(path: string): KeyFile {
  const text = readFileSync(path, 'utf8')
  const clusterId = /^=== Confluent Cloud API key: (lkc-\w+) ===$/m.exec(text)?.[1]
  if (clusterId === undefined) throw new Error(`${path} has no heading that names a cluster`)
  return {
    clusterId,
    key: valueBelow(text, 'API key:'),
    secret: valueBelow(text, 'API secret:'),
    bootstrapServer: valueBelow(text, 'Bootstrap server:'),
  }
}

function valueBelow(text: string, label: string): string {
  const lines = text.split('\n').map((line) => line.trim())
  const value = lines[lines.indexOf(label) + 1]
  if (!lines.includes(label) || !value)
    throw new Error(`The key file has no value below "${label}"`)
  return value
}
