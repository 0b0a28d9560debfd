// Producing records: one, several in one body, or a stream whose answers come while it is still sent.
//
// Invariants: answers are in the order of the records, one for each; what has arrived is stored in
// batches, the next of which is read while one is being stored; a client that does not read its
// answers is not read from either. As on Confluent Cloud the status is 200 as soon as the first record
// was understood, and each answer has an `error_code` of its own.

import { createEachProducer } from '../kafka/produce-each.ts'
import type { Answer, RestCall, Route } from './calls.ts'
import { type RestError, restErrors } from './errors.ts'
import { mayBeJson } from './json-body.ts'
import { answerRecords } from './record-answers.ts'
import { type Arrival, readAhead } from './record-arrivals.ts'

export const recordRoutes: readonly Route[] = [
  { method: 'POST', path: '/topics/:topic/records', handle: produce },
]

async function produce(call: RestCall): Promise<Answer> {
  if (!mayBeJson(call.context.req.raw.headers)) return { error: restErrors.mediaType }
  const streams = call.shares.streams.of(call.cluster.clusterId)
  if (!streams.take(1)) return { error: restErrors.streams }
  let isHeld = false
  try {
    return await stream(call, () => {
      isHeld = true
      const release = call.hold()
      return () => {
        streams.give(1)
        release()
      }
    })
  } finally {
    if (!isHeld) streams.give(1)
  }
}

/** `hold` is called where the answer goes on after it was given, and what that gives at its end. */
async function stream(call: RestCall, hold: () => () => void): Promise<Answer> {
  const { raw } = call.context.req
  const topic = call.param('topic')
  const producer = createEachProducer(call.nodes, topic)
  // A topic that is not there is an answer of its own, before anything is read.
  await producer.open()
  const arrivals = readAhead(raw.body, call.shares.recordBytes.of(call.cluster.clusterId))
  const first = await arrivals.next()
  const [begin] = first
  const problem = problemOf(begin, raw.headers)
  if (problem !== null) {
    arrivals.close()
    return { error: problem }
  }
  const place = { cluster_id: call.cluster.clusterId, topic_name: topic }
  const answers = answerRecords({ producer, arrivals, first, place, onEnd: hold() })
  return call.context.body(answers, 200, { 'Content-Type': 'application/json' })
}

/** Why the request is refused as a whole, before anything of it is stored. */
function problemOf(first: Arrival | undefined, headers: Headers): RestError | null {
  if (first === undefined) return restErrors.emptyBody
  if (!headers.has('content-type')) return restErrors.mediaType
  return 'error' in first && first.endsStream ? first.error : null
}
