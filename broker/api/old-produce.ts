import { kafkaErrors } from '../errors.ts'
import { decodeRequest } from '../protocol/codec.ts'
import { decodeRequestHeader, encodeResponseFrame } from '../protocol/header.ts'
import {
  api,
  array,
  int16,
  int32,
  int64,
  records,
  string,
  throttleTimeMs,
} from '../protocol/schema.ts'

/**
 * Produce 0 to 2, as far as it takes to refuse it. Its versions are advertised, since librdkafka
 * before 2.11 looks there for the codecs that a broker knows (KAFKA-18659), but the old message sets
 * that they carry are gone since Kafka 4.0.
 */
const OldProduce = api({
  name: 'Produce',
  key: 0,
  versions: '0-2',
  flexible: 'none',
  request: {
    acks: int16(),
    timeoutMs: int32(),
    topicData: array({
      name: string(),
      partitionData: array({ index: int32(), records: records({ nullable: '0+' }) }),
    }),
  },
  response: {
    responses: array({
      name: string(),
      partitionResponses: array({
        index: int32(),
        errorCode: int16(),
        baseOffset: int64({ default: -1 }),
        logAppendTimeMs: int64({ versions: '2+', default: -1 }),
      }),
    }),
    throttleTimeMs: throttleTimeMs('1+'),
  },
})

/**
 * UNSUPPORTED_VERSION for every partition. Null where it does not decode, and with acks=0: where no
 * answer can carry the error, the end of the connection has to.
 */
export function refuseOldProduce(apiVersion: number, frame: Uint8Array): Uint8Array[] | null {
  try {
    const header = decodeRequestHeader(OldProduce, apiVersion, frame)
    const request = decodeRequest(OldProduce, apiVersion, frame, header.bodyOffset)
    if (request.acks === 0) {
      return null
    }
    const errorCode = kafkaErrors.UNSUPPORTED_VERSION.code
    return encodeResponseFrame(OldProduce, apiVersion, header.correlationId, {
      responses: request.topicData.map(({ name, partitionData }) => ({
        name,
        partitionResponses: partitionData.map(({ index }) => ({ index, errorCode })),
      })),
    })
  } catch {
    return null
  }
}
