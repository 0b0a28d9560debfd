import { stored } from '../cluster/stored.ts'
import { errorCode, isRefusal, type KafkaErrorName } from '../errors.ts'
import { InitProducerId } from '../protocol/messages/init-producer-id.ts'
import type { RequestOf } from '../protocol/schema.ts'
import { handler } from './handler.ts'

/**
 * InitProducerId (key 22), versions 0–5.
 *
 * Gives an idempotent producer an id that no producer had before, in epoch 0 (KIP-98). Partitions
 * learn of it with its first batch. One that asks again with its old id (v3+, KIP-360) gets a new one
 * too, as in Kafka: epochs are only continued under a transactional id.
 * Differs from Kafka: transactional ids are refused.
 */
export const initProducerId = handler(InitProducerId, async (context, request) => {
  const problem = requestProblem(request)
  if (problem !== null) {
    return { errorCode: errorCode(problem), producerId: -1, producerEpoch: -1 }
  }
  const producerId = await stored(context.nextProducerId())
  // Where no block of ids can be reserved for now, Kafka says the same, and clients ask again.
  return isRefusal(producerId)
    ? { errorCode: errorCode('COORDINATOR_LOAD_IN_PROGRESS'), producerId: -1, producerEpoch: -1 }
    : { errorCode: 0, producerId, producerEpoch: 0 }
})

function requestProblem({
  transactionalId,
  producerId,
  producerEpoch,
}: RequestOf<typeof InitProducerId>): KafkaErrorName | null {
  if (transactionalId !== null) {
    return transactionalId === '' ? 'INVALID_REQUEST' : 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED'
  }
  // Both are given or neither is.
  return (producerId === -1) !== (producerEpoch === -1) ? 'INVALID_REQUEST' : null
}
