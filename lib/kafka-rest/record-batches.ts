import { z } from 'zod'
import { createEachProducer } from '../kafka/produce-each.ts'
import type { Answer, RestCall, Route } from './calls.ts'
import { errorBody, errorOfKafka, type RestError } from './errors.ts'
import { checkShape, parseJson, readText } from './json-body.ts'
import { itemSources, sourceAt } from './json-source.ts'
import { bodyLimits } from './limits.ts'
import { storeAll, storedFields } from './record-answers.ts'
import { type AskedRecord, askedRecord, recordDocument } from './record-documents.ts'

export const recordBatchRoutes: readonly Route[] = [
  { method: 'POST', path: '/topics/:topic/:action{records:batch}', handle: produceBatch },
]

const batch = z.strictObject({
  entries: z.array(z.looseObject({ id: z.string().min(1).max(80) })),
})

/** A record that names itself, or what is wrong with it. */
type Entry = { readonly id: string } & (AskedRecord | { readonly error: RestError })

/** Several records in one JSON document, told apart by ids of the client's. */
async function produceBatch(call: RestCall): Promise<Answer> {
  const text = await readText(call, bodyLimits.batchBytesMax)
  if ('error' in text) return text
  const parsed = parseJson(text.value)
  if ('error' in parsed) return parsed
  const checked = checkShape(parsed.value, batch)
  if ('error' in checked) return checked
  const problem = problemOf(checked.value.entries.map(({ id }) => id))
  if (problem !== null) return { error: { status: 422, errorCode: 422, message: problem } }
  const topic = call.param('topic')
  const producer = createEachProducer(call.nodes, topic)
  await producer.open()
  const sources = itemSources(sourceAt(text.value, ['entries']) ?? '[]')
  const entries = checked.value.entries.map((entry, i) => readEntry(entry, sources[i] ?? '{}'))
  const asked = entries.filter((entry) => 'record' in entry)
  const place = { cluster_id: call.cluster.clusterId, topic_name: topic }
  const successes: object[] = []
  const failures = entries.flatMap((entry) =>
    'error' in entry ? [{ id: entry.id, ...errorBody(entry.error) }] : [],
  )
  for (const [entry, outcome] of await storeAll(producer, asked)) {
    const { id } = entry
    if ('failure' in outcome) failures.push({ id, ...errorBody(errorOfKafka(outcome.failure)) })
    else successes.push({ id, ...storedFields(entry, outcome, place) })
  }
  return call.context.json({ successes, failures }, 207)
}

function problemOf(ids: readonly string[]): string | null {
  const { batchEntriesMax } = bodyLimits
  if (ids.length === 0) return 'Payload error. The batch has no entries.'
  if (ids.length > batchEntriesMax) {
    return `Payload error. A batch has at most ${batchEntriesMax} entries.`
  }
  return new Set(ids).size < ids.length ? 'Payload error. Two entries have the same id.' : null
}

function readEntry({ id, ...rest }: { readonly id: string }, source: string): Entry {
  const checked = checkShape(rest, recordDocument)
  const read = 'error' in checked ? checked : askedRecord(checked.value, source, Date.now())
  return 'error' in read ? { id, error: read.error } : { id, ...read.value }
}
