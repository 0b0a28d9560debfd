import { api, int16, int32, string, throttleTimeMs } from '../schema.ts'

/** Keeps a member of a classic group alive, and tells it of a rebalance. */
export const Heartbeat = api({
  name: 'Heartbeat',
  key: 12,
  versions: '0-4',
  flexible: '4+',
  request: {
    groupId: string({ entity: 'groupId' }),
    generationId: int32(),
    memberId: string(),
    groupInstanceId: string({ versions: '3+', nullable: '3+', default: null }),
  },
  response: {
    throttleTimeMs: throttleTimeMs('1+'),
    errorCode: int16(),
  },
})
