import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import {
  type SearchBody,
  type SearchEvent,
  searchEvent,
} from '../../broker/rules/services-control.ts'

export interface SearchTarget {
  readonly url: string
  readonly token: string
  readonly clusterId: string
  readonly topic: string
}

export interface SearchRun {
  readonly scanned: number
  readonly matched: number
  readonly seconds: number
}

/** Searches a topic from the beginning to its end, pausing nowhere; counts matches, keeps none. */
export async function searchTopic(target: SearchTarget, query: string): Promise<SearchRun> {
  const { clusterId, topic } = target
  const body: SearchBody = { clusterId, topic, query, matchesMax: null }
  const startMs = performance.now()
  const response = await fetch(`${target.url}/v1/search`, {
    method: 'POST',
    headers: { authorization: `Bearer ${target.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok || response.body === null) throw new Error(await response.text())
  // Node's own type of a web stream and the browser's differ in name only.
  const lines = createInterface({ input: Readable.fromWeb(response.body as NodeReadableStream) })
  let last: SearchEvent | undefined
  for await (const line of lines) {
    if (!line.startsWith('{"type":"matches"')) last = searchEvent.parse(JSON.parse(line))
  }
  if (last?.type !== 'done') throw new Error(`The search ended with ${JSON.stringify(last)}`)
  const seconds = (performance.now() - startMs) / 1000
  return { scanned: last.scanned, matched: last.matched, seconds }
}
