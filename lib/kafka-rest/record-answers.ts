import { asKafkaFailure, failureOfCode } from '../kafka/failure.ts'
import type { EachProducer, RecordOutcome, StoredRecord } from '../kafka/produce-each.ts'
import { errorBody, errorOfKafka } from './errors.ts'
import { streamLimits } from './limits.ts'
import type { Arrival, Arrivals } from './record-arrivals.ts'
import type { AskedRecord } from './record-documents.ts'

interface AnswerStream {
  readonly producer: EachProducer
  readonly arrivals: Arrivals
  /** What has arrived already. */
  readonly first: readonly Arrival[]
  readonly place: RecordPlace
  readonly onEnd: () => void
}

/** What every answer names. */
export interface RecordPlace {
  readonly cluster_id: string
  readonly topic_name: string
}

/** One line of JSON for each record, as soon as it is stored or refused. */
export function answerRecords(stream: AnswerStream): ReadableStream<Uint8Array> {
  const { arrivals, onEnd } = stream
  let arrived = stream.first
  let isEnded = false
  /** What answers to the last call for more. */
  let pulling = Promise.resolve()
  const end = () => {
    if (isEnded) return
    isEnded = true
    arrivals.close()
    onEnd()
  }
  async function answerNext(controller: ReadableStreamDefaultController<Uint8Array>) {
    try {
      if (arrived.length === 0) arrived = await arrivals.next()
      const { lines, isLast } = await answerAll(stream, arrived)
      // The client has gone meanwhile.
      if (isEnded) return
      if (lines !== '') controller.enqueue(Buffer.from(lines, 'utf8'))
      if (arrived.length > 0 && !isLast) {
        arrived = []
        return
      }
      end()
      controller.close()
    } catch (error) {
      end()
      console.error('A stream of records by Kafka REST failed:', error)
      throw error
    }
  }

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        arrivals.whenStalled(async () => {
          await pulling
          // Where there is room for answers, the error is the next of them. Else nobody reads any.
          if (isEnded || (controller.desiredSize ?? 0) > 0) return
          end()
          controller.error(new Error('Nobody read the answers to a stream of records.'))
        })
      },
      // Called while answers are read; what is not read keeps the next records from being taken.
      pull(controller) {
        pulling = answerNext(controller)
        return pulling
      },
      cancel: end,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: streamLimits.unreadBytesMax }),
  )
}

/** Stores what has arrived. After a refused sign-in nothing more can be. */
async function answerAll(
  { producer, place }: AnswerStream,
  arrived: readonly Arrival[],
): Promise<{ readonly lines: string; readonly isLast: boolean }> {
  const asked = arrived.filter((arrival) => 'record' in arrival)
  const outcomes = new Map<Arrival, RecordOutcome>(await storeAll(producer, asked))
  let isLast = false
  let lines = ''
  for (const arrival of arrived) {
    const outcome = outcomes.get(arrival)
    if ('error' in arrival) {
      lines += `${JSON.stringify(errorBody(arrival.error))}\n`
      isLast ||= arrival.endsStream
    } else if (outcome === undefined) {
      throw new Error('A record was neither stored nor refused.')
    } else if ('failure' in outcome) {
      lines += `${JSON.stringify(errorBody(errorOfKafka(outcome.failure)))}\n`
      isLast ||= outcome.failure.code === 'SASL_AUTHENTICATION_FAILED'
    } else {
      const answer = { error_code: 200, ...storedFields(arrival, outcome, place) }
      lines += `${JSON.stringify(answer)}\n`
    }
  }
  return { lines, isLast }
}

/** Where a record is, and what of it was repeated. */
export function storedFields(
  { key, value }: AskedRecord,
  { partition, offset, timestampMs }: StoredRecord,
  place: RecordPlace,
) {
  return {
    ...place,
    partition_id: partition,
    offset,
    timestamp: new Date(timestampMs).toISOString(),
    ...(key && { key }),
    ...(value && { value }),
  }
}

/** What became of each. Where the topic is gone, or the key, all of them are refused. */
export async function storeAll<Asked extends AskedRecord>(
  producer: EachProducer,
  asked: readonly Asked[],
): Promise<readonly (readonly [Asked, RecordOutcome])[]> {
  if (asked.length === 0) return []
  try {
    const outcomes = await producer.send(asked.map(({ record }) => record))
    return asked.map((one, i) => [one, outcomes[i] ?? { failure: failureOfCode(-1) }])
  } catch (error) {
    const failure = asKafkaFailure(error)
    if (failure === null) throw error
    return asked.map((one) => [one, { failure }])
  }
}
