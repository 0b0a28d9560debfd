import { api, array, int16, int64, string, throttleTimeMs } from '../schema.ts'

/**
 * The transactions that a node coordinates (KIP-664), from version 1 on by how long they run
 * (KIP-994), from version 2 on by a pattern of their ids (KIP-1152).
 */
export const ListTransactions = api({
  name: 'ListTransactions',
  key: 66,
  versions: '0-2',
  flexible: '0+',
  request: {
    stateFilters: array(string()),
    producerIdFilters: array(int64({ entity: 'producerId' })),
    durationFilter: int64({ versions: '1+', default: -1 }),
    transactionalIdPattern: string({ versions: '2+', nullable: '2+', default: null }),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    errorCode: int16(),
    unknownStateFilters: array(string()),
    transactionStates: array({
      transactionalId: string({ entity: 'transactionalId' }),
      producerId: int64({ entity: 'producerId' }),
      transactionState: string(),
    }),
  },
})
