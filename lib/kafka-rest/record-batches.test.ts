import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBroker } from '../../broker/index.ts'
import {
  type AskedRow,
  ask,
  clusterId,
  ownCluster,
  type RestUnderTest,
  startRest,
} from './rest-for-tests.ts'

const topics = [{ name: 'orders', partitions: 1 }]
let rest: RestUnderTest

beforeAll(async () => {
  rest = await startRest(
    await startBroker({ clusters: [{ ...ownCluster, topics }], log: () => {} }),
  )
})
afterAll(() => rest.close())

const path = '/topics/orders/records:batch'
const stored = {
  cluster_id: clusterId,
  topic_name: 'orders',
  partition_id: 0,
  offset: expect.any(Number),
  timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
}
const entries = (...ids: readonly string[]) => ({ entries: ids.map((id) => ({ id })) })

interface Row extends AskedRow {
  readonly status: number
  readonly answer: unknown
}

const rows: Readonly<Record<string, Row>> = {
  'records and what is wrong with some of them': {
    path,
    body: `{"entries": [
      {"id": "1", "key": {"type": "BINARY", "data": "Zm9v"}, "value": {"type": "JSON", "data": {"n": 1.0}}},
      {"id": "2", "value": {"type": "BINARY", "data": 1}},
      {"id": "3", "valeu": {}},
      {"id": "4", "partition_id": 7},
      {"id": "5"}
    ]}`,
    status: 207,
    answer: {
      successes: [
        {
          id: '1',
          ...stored,
          key: { type: 'BINARY', size: 3 },
          value: { type: 'JSON', size: 9 },
        },
        { id: '5', ...stored },
      ],
      failures: [
        { id: '2', error_code: 400, message: 'Bad Request: data=1 is not a base64 string.' },
        { id: '3', error_code: 400, message: 'Bad Request: Unrecognized field "valeu".' },
        {
          id: '4',
          error_code: 40403,
          message: 'This server does not host this topic-partition.',
        },
      ],
    },
  },
  'no entries': {
    path,
    body: entries(),
    status: 422,
    answer: { error_code: 422, message: 'Payload error. The batch has no entries.' },
  },
  'too many entries': {
    path,
    body: entries(...'abcdefghijk'),
    status: 422,
    answer: { error_code: 422, message: 'Payload error. A batch has at most 10 entries.' },
  },
  'an id that comes twice': {
    path,
    body: entries('a', 'a'),
    status: 422,
    answer: { error_code: 422, message: 'Payload error. Two entries have the same id.' },
  },
  'an entry without an id': {
    path,
    body: { entries: [{}] },
    status: 400,
    answer: { error_code: 400, message: expect.stringContaining('entries.0.id') },
  },
  'an empty body': {
    path,
    body: '',
    status: 422,
    answer: {
      error_code: 422,
      message: 'Payload error. Request body is empty. Data is required.',
    },
  },
  'a topic that is not there': {
    path: '/topics/nowhere/records:batch',
    body: entries('a'),
    status: 404,
    answer: {
      error_code: 40403,
      message: 'This server does not host this topic-partition.',
    },
  },
}

test.each(Object.entries(rows))('%s', async (_name, { status, answer, ...asked }) => {
  const found = await ask(rest, { method: 'POST', ...asked })
  expect(found.body).toEqual(answer)
  expect(found.status).toBe(status)
})
