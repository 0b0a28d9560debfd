import { api, array, int8, int16, int32, string, throttleTimeMs } from '../schema.ts'

/**
 * Where a group or a transactional id is coordinated: one key until version 3, many from version 4
 * on (KIP-699).
 */
export const FindCoordinator = api({
  name: 'FindCoordinator',
  key: 10,
  versions: '0-6',
  flexible: '3+',
  request: {
    key: string({ versions: '0-3' }),
    keyType: int8({ versions: '1+', default: 0 }),
    coordinatorKeys: array(string(), { versions: '4+' }),
  },
  response: {
    throttleTimeMs: throttleTimeMs('1+'),
    errorCode: int16({ versions: '0-3' }),
    errorMessage: string({ versions: '1-3', nullable: '1-3', default: null }),
    nodeId: int32({ versions: '0-3', entity: 'brokerId' }),
    host: string({ versions: '0-3' }),
    port: int32({ versions: '0-3' }),
    coordinators: array(
      {
        key: string(),
        nodeId: int32({ entity: 'brokerId' }),
        host: string(),
        port: int32(),
        errorCode: int16(),
        errorMessage: string({ nullable: '4+', default: null }),
      },
      { versions: '4+' },
    ),
  },
})
