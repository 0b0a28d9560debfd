// One search of one topic: from where it begins up to the ends of that moment, oldest first within a
// partition, all partitions side by side.
//
// What is told as `positions` lies behind everything scanned and every match told, so that a search
// that paused, failed or was cancelled goes on there without a gap and without telling anything twice.

import type { z } from 'zod'
import type { SearchQuery } from '../../broker/rules/search-query.ts'
import type {
  SearchEvent,
  SearchProgress,
  searchBody,
} from '../../broker/rules/services-control.ts'
import type { ClusterAddress } from '../../lib/kafka/cluster-address.ts'
import { asKafkaFailure } from '../../lib/kafka/failure.ts'
import { previewBytes, toMessageRow, wholeBytes } from '../../lib/kafka/message-rows.ts'
import type { Nodes } from '../../lib/kafka/nodes.ts'
import { scanTopic } from '../../lib/kafka/scan-topic.ts'
import { type SearchState, searchBatches, type UndecodableBatch } from './batch-search.ts'
import type { LineStream } from './line-stream.ts'
import { compileQuery } from './matcher.ts'
import { requiredPattern } from './prefilter.ts'

export interface Search {
  readonly cluster: ClusterAddress
  readonly nodes: Nodes
  readonly topic: string
  readonly query: SearchQuery
  readonly positions: Map<number, number>
  /** Exclusive, by partition. */
  readonly ends: ReadonlyMap<number, number>
  readonly matchesMax: number | null
  readonly rows: z.output<typeof searchBody>['rows']
}

const progressMs = 250
const rowsPerEventMax = 100
/** Batches that cannot be read are told one by one up to here; all of them count. */
const undecodableToldMax = 100

/** Runs until the end, the limit, a failure or until the reader has gone. Never rejects. */
export async function runSearch(search: Search, out: LineStream): Promise<void> {
  const over = new AbortController()
  const found = createFindings(search, out, over)
  const progress = setInterval(() => {
    if (!out.isBehind()) void found.tell()
  }, progressMs)
  try {
    await scanTopic(search.cluster, search.nodes, {
      topic: search.topic,
      positions: search.positions,
      ends: search.ends,
      signal: AbortSignal.any([out.gone, over.signal]),
      onBatches: (partition, batches) => searchBatches(found.state, partition, batches),
    })
    await found.tell({ type: 'done', reason: over.signal.aborted ? 'limit' : 'end' })
  } catch (error) {
    const failure = asKafkaFailure(error)
    if (failure === null) console.error(`A search of ${search.topic} failed:`, error)
    await found.tell()
    const { code, message } = failure ?? { code: 'UNEXPECTED', message: 'The search failed.' }
    await out.write([{ type: 'problem', code, message } satisfies SearchEvent])
  } finally {
    clearInterval(progress)
    search.nodes.close()
    out.end()
  }
}

/** Counts and collects what is found until it is told. */
function createFindings(search: Search, out: LineStream, over: AbortController) {
  const { positions, ends, query, matchesMax } = search
  const startedMs = performance.now()
  const total = offsetsBetween(positions, ends)
  const cut = search.rows === 'whole' ? wholeBytes : previewBytes
  let rows: ReturnType<typeof toMessageRow>[] = []
  let rowsBytes = 0
  let unread: UndecodableBatch[] = []
  let matched = 0
  let undecodable = 0
  let undecodableTold = 0

  const state: SearchState = {
    matches: compileQuery(query),
    pattern: requiredPattern(query),
    positions,
    ends,
    scanned: 0,
    isOver: () => over.signal.aborted || out.gone.aborted,
    onMatch(record) {
      rows.push(toMessageRow(record.record(), cut))
      rowsBytes += record.end - record.start
      matched++
      if (matched === matchesMax) over.abort()
    },
    onUndecodable(batch) {
      undecodable += batch.recordCount
      if (undecodableTold + unread.length < undecodableToldMax) unread.push(batch)
    },
    async pause() {
      await new Promise<void>((resolve) => setImmediate(resolve))
      if (rows.length >= rowsPerEventMax || rowsBytes >= rowsBytesMax) await tell()
    },
  }

  /** Tells everything that was found so far, then how far the search is. */
  async function tell(end: { type: 'done'; reason: 'end' | 'limit' } | null = null): Promise<void> {
    const events: SearchEvent[] = unread.map(({ partition, fromOffset, toOffset, reason }) => ({
      type: 'undecodable',
      partition,
      fromOffset,
      toOffset,
      reason,
    }))
    undecodableTold += unread.length
    for (let at = 0; at < rows.length; at += rowsPerEventMax) {
      events.push({ type: 'matches', rows: rows.slice(at, at + rowsPerEventMax) })
    }
    unread = []
    rows = []
    rowsBytes = 0
    events.push({ ...(end ?? { type: 'progress' }), ...progress() })
    await out.write(events)
  }

  function progress(): SearchProgress {
    return {
      scanned: state.scanned,
      total,
      matched,
      undecodable,
      elapsedMs: Math.round(performance.now() - startedMs),
      positions: [...positions].map((pair) => pair.join(':')).join(','),
    }
  }

  return { state, tell }
}

/** Rows of large records are told before they pile up. */
const rowsBytesMax = 256 * 1024

function offsetsBetween(
  positions: ReadonlyMap<number, number>,
  ends: ReadonlyMap<number, number>,
): number {
  let total = 0
  for (const [partition, position] of positions) total += (ends.get(partition) ?? 0) - position
  return total
}
