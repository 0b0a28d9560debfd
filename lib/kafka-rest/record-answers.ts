import { asKafkaFailure } from '../kafka/failure.ts'
import type { EachProducer, RecordOutcome } from '../kafka/produce-each.ts'
import { errorBody, errorOfKafka } from './errors.ts'
import { streamLimits } from './limits.ts'
import type { Arrival, Arrivals } from './record-arrivals.ts'

interface AnswerStream {
  readonly producer: EachProducer
  readonly arrivals: Arrivals
  /** What has arrived already. */
  readonly first: readonly Arrival[]
  /** What every answer names. */
  readonly place: { readonly cluster_id: string; readonly topic_name: string }
  readonly onEnd: () => void
}

/** One line of JSON for each record, as soon as it is stored or refused. */
export function answerRecords(stream: AnswerStream): ReadableStream<Uint8Array> {
  const { arrivals, onEnd } = stream
  let arrived = stream.first
  const end = () => {
    arrivals.close()
    onEnd()
  }
  return new ReadableStream<Uint8Array>(
    {
      // Called while answers are read; what is not read keeps the next records from being taken.
      async pull(controller) {
        try {
          if (arrived.length === 0) arrived = await arrivals.next()
          if (arrived.length > 0) {
            const { lines, isLast } = await answerAll(stream, arrived)
            arrived = []
            controller.enqueue(Buffer.from(lines, 'utf8'))
            if (!isLast) return
          }
          end()
          controller.close()
        } catch (error) {
          end()
          throw error
        }
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
  const outcomes = await storeAll(
    producer,
    asked.map(({ record }) => record),
  )
  const byRecord = new Map(asked.map((arrival, i) => [arrival, outcomes[i]]))
  let isLast = false
  let lines = ''
  for (const arrival of arrived) {
    if ('error' in arrival) {
      lines += `${JSON.stringify(errorBody(arrival.error))}\n`
      isLast ||= arrival.endsStream
      continue
    }
    const outcome = byRecord.get(arrival)
    if (outcome === undefined) throw new Error('A record was neither stored nor refused.')
    if ('failure' in outcome) {
      lines += `${JSON.stringify(errorBody(errorOfKafka(outcome.failure)))}\n`
      isLast ||= outcome.failure.code === 'SASL_AUTHENTICATION_FAILED'
      continue
    }
    const { partition, offset, timestampMs } = outcome
    const answer = {
      error_code: 200,
      ...place,
      partition_id: partition,
      offset,
      timestamp: new Date(timestampMs).toISOString(),
      ...(arrival.key && { key: arrival.key }),
      ...(arrival.value && { value: arrival.value }),
    }
    lines += `${JSON.stringify(answer)}\n`
  }
  return { lines, isLast }
}

/** Where the topic is gone, or the key, all of them are refused. */
async function storeAll(
  producer: EachProducer,
  records: Parameters<EachProducer['send']>[0],
): Promise<readonly RecordOutcome[]> {
  try {
    return records.length === 0 ? [] : await producer.send(records)
  } catch (error) {
    const failure = asKafkaFailure(error)
    if (failure === null) throw error
    return records.map(() => ({ failure }))
  }
}
