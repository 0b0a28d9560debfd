import { api, int16, int32, int64, string, throttleTimeMs } from '../schema.ts'

/**
 * Gives an idempotent producer its id and epoch; from version 3 on also after an error (KIP-360).
 */
export const InitProducerId = api({
  name: 'InitProducerId',
  key: 22,
  versions: '0-5',
  flexible: '2+',
  request: {
    transactionalId: string({ nullable: '0+', entity: 'transactionalId' }),
    transactionTimeoutMs: int32(),
    producerId: int64({ versions: '3+', default: -1, entity: 'producerId' }),
    producerEpoch: int16({ versions: '3+', default: -1 }),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    errorCode: int16(),
    producerId: int64({ default: -1, entity: 'producerId' }),
    producerEpoch: int16(),
  },
})
