import { api, array, int16, int32, string, throttleTimeMs, uuid } from '../schema.ts'

/** Deletes topics: by name, from version 6 on also by id. */
export const DeleteTopics = api({
  name: 'DeleteTopics',
  key: 20,
  versions: '1-6',
  flexible: '4+',
  request: {
    topics: array(
      { name: string({ nullable: '6+', default: null, entity: 'topicName' }), topicId: uuid() },
      { versions: '6+' },
    ),
    topicNames: array(string({ entity: 'topicName' }), { versions: '1-5' }),
    timeoutMs: int32(),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    responses: array({
      name: string({ nullable: '6+', entity: 'topicName' }),
      topicId: uuid({ versions: '6+' }),
      errorCode: int16(),
      errorMessage: string({ versions: '5+', nullable: '5+', default: null }),
    }),
  },
})
