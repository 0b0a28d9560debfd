import 'server-only'
import type { SearchBody } from '../../broker/rules/services-control.ts'
import { readSearchEvents } from '../control/search-events.ts'
import { csvColumns, toCsvLine, toJsonLine } from '../format/message-lines.ts'
import type { MessageRow, PlaceRun } from '../format/messages.ts'
import { clusterClient } from '../kafka/cluster-clients.ts'
import { toMessageRow, wholeBytes } from '../kafka/message-rows.ts'
import { openSearch } from './message-search.ts'
import type { OwnCluster } from './ownership.ts'

export const exportFormats = {
  ndjson: { type: 'application/x-ndjson; charset=utf-8', head: '', line: toJsonLine },
  csv: { type: 'text/csv; charset=utf-8', head: `${csvColumns.join(',')}\r\n`, line: toCsvLine },
} as const
export type ExportFormat = keyof typeof exportFormats

/** Records at given places, whole, partition after partition. */
export async function* rowsAt(
  cluster: OwnCluster,
  topic: string,
  places: readonly PlaceRun[],
  signal: AbortSignal,
): AsyncGenerator<MessageRow> {
  const client = clusterClient(cluster.id)
  for (const { partition, first, last } of places) {
    for (let fromOffset = first; fromOffset <= last && !signal.aborted; ) {
      const range = { topic, partition, fromOffset, toOffset: last + 1, keep: 'oldest' as const }
      const records = await client.readPartitionRange({ ...range, signal })
      for (const record of records) yield toMessageRow(record, wholeBytes)
      // Nothing more is there: it has expired, or was compacted away.
      const end = records.at(-1)?.offset
      if (end === undefined) break
      fromOffset = end + 1
    }
  }
}

/** All records that a search finds, whole, or the answer for the browser where it was refused. */
export async function rowsFound(
  cluster: OwnCluster,
  body: Omit<SearchBody, 'clusterId'>,
  signal: AbortSignal,
): Promise<AsyncGenerator<MessageRow> | Response> {
  const search = await openSearch(cluster, { ...body, matchesMax: null, rows: 'whole' }, signal)
  return search instanceof Response ? search : found(search)
}

async function* found(search: ReadableStream<Uint8Array>): AsyncGenerator<MessageRow> {
  for await (const event of readSearchEvents(search)) {
    if (event.type === 'matches') yield* event.rows
    // A file that ends early must not look whole: the browser is shown a failed download.
    if (event.type === 'problem') throw new Error(`${event.code}: ${event.message}`)
  }
}

/** The bytes of a file, made as fast as the browser takes them. */
export function exportStream(
  rows: AsyncGenerator<MessageRow>,
  format: ExportFormat,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const { head, line } = exportFormats[format]
  const lineEnd = format === 'csv' ? '\r\n' : '\n'
  let begun = head
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      for (;;) {
        const { done, value } = await rows.next()
        if (!done) begun += line(value) + lineEnd
        if (begun.length > chunkCharacters || done) {
          if (begun !== '') controller.enqueue(encoder.encode(begun))
          begun = ''
          if (done) controller.close()
          return
        }
      }
    },
    async cancel() {
      await rows.return(undefined)
    },
  })
}

const chunkCharacters = 64 * 1024
