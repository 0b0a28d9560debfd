import { type ClientRequest, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BrokerOptions, type RunningBroker, startBroker } from '../../broker/index.ts'
import { murmur2Partition } from '../../broker/rules/murmur2.ts'
import type { PartitionRecord } from '../kafka/cluster-client.ts'
import { createNodes, type Nodes } from '../kafka/nodes.ts'
import { readOffsets, readPartitionRange } from '../kafka/partition-reads.ts'
import {
  type AskedRow,
  ask,
  basic,
  clusterId,
  maya,
  ownCluster,
  type RestUnderTest,
  startRest,
} from './rest-for-tests.ts'

const clusters: BrokerOptions['clusters'] = [
  {
    ...ownCluster,
    topics: [
      { name: 'orders', partitions: 1 },
      { name: 'wide', partitions: 6 },
      { name: 'streamed', partitions: 2 },
      { name: 'stamped', partitions: 1, config: { 'message.timestamp.type': 'LogAppendTime' } },
      { name: 'compacted', partitions: 1, config: { 'cleanup.policy': 'compact' } },
      { name: 'small', partitions: 1, config: { 'max.message.bytes': '1000' } },
    ],
  },
]
let broker: RunningBroker
let rest: RestUnderTest
let nodes: Nodes

beforeAll(async () => {
  broker = await startBroker({ clusters, log: () => {} })
  rest = await startRest(broker)
  const bootstrap = broker.ports.map((port) => ({ host: '127.0.0.1', port }))
  nodes = createNodes({ bootstrap, username: maya.key, password: maya.secret })
})
afterAll(async () => {
  nodes.close()
  await rest.close()
})

const path = '/topics/orders/records'
const place = { error_code: 200, cluster_id: clusterId, topic_name: 'orders', partition_id: 0 }

interface Row extends AskedRow {
  readonly status?: number
  /** Every document of the answer. */
  readonly answers: readonly unknown[]
  /** What a consumer then finds behind the first answer's offset. */
  readonly stored?: Partial<PartitionRecord>
}

const bad = (message: unknown) => ({ error_code: 400, message })
const utf8 = (string: string) => Buffer.from(string, 'utf8')

const rows: Readonly<Record<string, Row>> = {
  'text as key, JSON as value': {
    path,
    body: {
      key: { type: 'STRING', data: 'order-1' },
      value: { type: 'JSON', data: { amount: 7 } },
      timestamp: '2021-02-05T19:14:42Z',
    },
    answers: [
      {
        ...place,
        offset: expect.any(Number),
        timestamp: '2021-02-05T19:14:42.000Z',
        key: { type: 'STRING', size: 7 },
        value: { type: 'JSON', size: 12 },
      },
    ],
    stored: {
      key: utf8('order-1'),
      value: utf8('{"amount":7}'),
      timestampMs: Date.UTC(2021, 1, 5, 19, 14, 42),
    },
  },
  'bytes, with headers': {
    path,
    body: {
      headers: [
        { name: 'trace', value: 'AAH/' },
        { name: 'trace', value: null },
      ],
      key: { type: 'BINARY', data: 'Zm9vYmFy' },
      value: { type: 'BINARY', data: '' },
    },
    answers: [
      expect.objectContaining({
        key: { type: 'BINARY', size: 6 },
        value: { type: 'BINARY', size: 0 },
      }),
    ],
    stored: {
      key: utf8('foobar'),
      value: Buffer.alloc(0),
      headers: [
        { key: 'trace', value: Buffer.from([0, 1, 255]) },
        { key: 'trace', value: null },
      ],
    },
  },
  'a value that is null deletes what its key had': {
    path,
    body: { key: { type: 'STRING', data: 'gone' }, value: null },
    answers: [{ ...place, ...anyTime(), key: { type: 'STRING', size: 4 } }],
    stored: { key: utf8('gone'), value: null },
  },
  'so does null data': {
    path,
    body: { key: { type: 'STRING', data: 'gone' }, value: { type: 'JSON', data: null } },
    answers: [expect.objectContaining({ value: { type: 'JSON', size: 0 } })],
    stored: { key: utf8('gone'), value: null },
  },
  'a record of nothing': {
    path,
    body: {},
    answers: [{ ...place, ...anyTime() }],
    stored: { key: null, value: null, headers: [] },
  },
  'JSON is stored as it was written, without the space between its parts': {
    path,
    body: `{"value": {"type": "JSON", "data":  {"n" : 12345678901234567890.10, "2": 1, "1" :[ 1e2 ],
      "s": "a \\" b : c" } } }`,
    answers: [expect.objectContaining({ value: { type: 'JSON', size: 62 } })],
    stored: { value: utf8('{"n":12345678901234567890.10,"2":1,"1":[1e2],"s":"a \\" b : c"}') },
  },
  'of a name that comes twice the last one counts': {
    path,
    body: '{"value":{"type":"JSON","data":1},"value":{"type":"JSON","data":{"a":[2]}}}',
    answers: [expect.objectContaining({ value: { type: 'JSON', size: 9 } })],
    stored: { value: utf8('{"a":[2]}') },
  },
  'the partition can be chosen': {
    path: '/topics/wide/records',
    body: { partition_id: 4, value: { type: 'STRING', data: 'there' } },
    answers: [expect.objectContaining({ error_code: 200, partition_id: 4 })],
  },
  'a partition that is not there': {
    path: '/topics/wide/records',
    body: { partition_id: 6 },
    answers: [{ error_code: 40403, message: 'This server does not host this topic-partition.' }],
  },
  'several records in one body': {
    path,
    body: '{"value":{"type":"STRING","data":"1"}}{"value":{"type":"STRING","data":"2"}}\n {}',
    answers: [
      expect.objectContaining({ error_code: 200, value: { type: 'STRING', size: 1 } }),
      expect.objectContaining({ error_code: 200 }),
      { ...place, ...anyTime() },
    ],
  },
  'each record has its own error, and the others are stored': {
    path,
    body: [
      { value: { type: 'BINARY', data: 1 } },
      { value: { type: 'BINARY', data: 'fooba' } },
      { value: { type: 'STRING', data: 'good' } },
      { value: { type: 'STRING', data: 5 } },
      { value: { type: 'TEXT', data: 'x' } },
      { value: { data: 'x' } },
      { value: { type: 'AVRO', schema_id: 1, data: 'x' } },
      { records: [] },
      { partition_id: 'A' },
      { timestamp: 'yesterday' },
      { headers: [{ name: 'h', value: '?' }] },
      { value: { type: 'STRING', data: 'last' } },
    ]
      .map((record) => JSON.stringify(record))
      .join(''),
    answers: [
      bad('Bad Request: data=1 is not a base64 string.'),
      bad('Bad Request: data=fooba is not a base64 string.'),
      expect.objectContaining({ error_code: 200 }),
      bad('Bad Request: data=5 is not a string.'),
      bad('Bad Request: value.type is one of BINARY, JSON and STRING.'),
      bad('Bad Request: value.type is one of BINARY, JSON and STRING.'),
      bad('Bad Request: value: there is no Schema Registry here yet.'),
      bad('Bad Request: Unrecognized field "records".'),
      bad(expect.stringContaining('partition_id')),
      bad(expect.stringContaining('timestamp')),
      bad(expect.stringContaining('headers.0.value')),
      expect.objectContaining({ error_code: 200 }),
    ],
  },
  'a record that is too large does not take its neighbours along': {
    path: '/topics/small/records',
    body: ['small', 'x'.repeat(2000), 'smaller']
      .map((data) => JSON.stringify({ value: { type: 'STRING', data } }))
      .join(''),
    answers: [
      expect.objectContaining({ error_code: 200 }),
      { error_code: 413, message: expect.stringContaining('larger than the maximum') },
      expect.objectContaining({ error_code: 200 }),
    ],
  },
  'a record without a key does not belong into a compacted topic': {
    path: '/topics/compacted/records',
    body: '{"value":{"type":"STRING","data":"x"}}{"key":{"type":"STRING","data":"k"}}',
    answers: [
      { error_code: 40002, message: expect.stringContaining('key') },
      expect.objectContaining({ error_code: 200, key: { type: 'STRING', size: 1 } }),
    ],
  },
  'what follows broken JSON is not guessed at': {
    path,
    body: '{"value":{"type":"STRING","data":"kept"}} {"value": nonsense} {}',
    answers: [
      expect.objectContaining({ error_code: 200 }),
      bad(expect.stringContaining('no JSON')),
    ],
  },
  'a list instead of records': {
    path,
    body: '[{}]',
    status: 400,
    answers: [bad('Bad Request: a record is a JSON object, and begins with "{".')],
  },
  'a body that is no JSON': {
    path,
    body: '{"value":}',
    status: 400,
    answers: [bad(expect.stringContaining('no JSON'))],
  },
  'a record that is cut off': {
    path,
    body: '{"value":{"type":"STRING"',
    status: 400,
    answers: [bad('Bad Request: the last record is cut off.')],
  },
  'JSON that is nested without end': {
    path,
    body: `{"value":{"type":"JSON","data":${'['.repeat(5000)}`,
    status: 400,
    answers: [bad('Bad Request: JSON may be nested 1000 deep.')],
  },
  'an empty body': {
    path,
    body: '',
    status: 422,
    answers: [
      { error_code: 422, message: 'Payload error. Request body is empty. Data is required.' },
    ],
  },
  'a body of white space': {
    path,
    body: ' \n\t ',
    status: 422,
    answers: [
      { error_code: 422, message: 'Payload error. Request body is empty. Data is required.' },
    ],
  },
  'a body of another type': {
    path,
    body: 'value=1',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 415,
    answers: [{ error_code: 415, message: 'HTTP 415 Unsupported Media Type' }],
  },
  'a body that is compressed': {
    path,
    body: {},
    headers: { 'content-encoding': 'gzip' },
    status: 415,
    answers: [{ error_code: 415, message: 'HTTP 415 Unsupported Media Type' }],
  },
  'a type with a character set': {
    path,
    body: { value: { type: 'STRING', data: 'ä' } },
    headers: { 'content-type': 'application/json; charset=utf-8' },
    answers: [expect.objectContaining({ value: { type: 'STRING', size: 2 } })],
    stored: { value: utf8('ä') },
  },
  'a topic that is not there': {
    path: '/topics/nowhere/records',
    body: {},
    status: 404,
    answers: [{ error_code: 40403, message: 'This server does not host this topic-partition.' }],
  },
  'records are not read here': {
    method: 'GET',
    path,
    status: 405,
    answers: [{ error_code: 405, message: 'HTTP 405 Method Not Allowed' }],
  },
}

function anyTime() {
  return { offset: expect.any(Number), timestamp: expect.stringMatching(/^\d{4}-.*Z$/) }
}

test.each(Object.entries(rows))('%s', async (_name, { status = 200, answers, stored, ...row }) => {
  const found = await ask(rest, { method: 'POST', ...row })
  const documents = typeof found.body === 'string' ? lines(found.body) : [found.body]
  expect(documents).toEqual(answers)
  expect(found.status).toBe(status)
  if (stored === undefined) return
  const { partition_id: partition, offset } = placed(documents[0])
  const range = { topic: 'orders', partition, fromOffset: offset, toOffset: offset + 1 }
  expect(await readPartitionRange(nodes, range)).toMatchObject([stored])
})

function lines(body: string): readonly unknown[] {
  return body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

function placed(document: unknown) {
  expect(document).toMatchObject({ partition_id: expect.any(Number), offset: expect.any(Number) })
  // What has just been looked at.
  return document as { readonly partition_id: number; readonly offset: number }
}

test('a record goes where a Java client would put its key', async () => {
  for (const key of ['a', 'order-1', 'ключ']) {
    const body = { key: { type: 'STRING', data: key } }
    const { body: answer } = await ask(rest, { method: 'POST', path: '/topics/wide/records', body })
    expect(placed(answer).partition_id).toBe(murmur2Partition(utf8(key), 6))
  }
})

test('where the broker stamps records, the answer tells its time', async () => {
  const body = { timestamp: '2001-01-01T00:00:00Z' }
  const { body: answer } = await ask(rest, {
    method: 'POST',
    path: '/topics/stamped/records',
    body,
  })
  expect(answer).toMatchObject({ error_code: 200, timestamp: expect.stringMatching(/^20[2-9]/) })
})

test('answers come while the request is still open', async () => {
  const stream = openStream('streamed')
  stream.request.write('{"value":{"type":"STRING","data":"first"}}')
  const answers = documentsOf((await stream.answer) as AsyncIterable<Buffer>)
  expect((await answers.next()).value).toMatchObject({ error_code: 200 })
  stream.request.write('{"value":{"type":"STRING","data":')
  stream.request.write('"second"}} {"value":{"type":"BINARY","data":"?"}}')
  expect((await answers.next()).value).toMatchObject({ error_code: 200 })
  expect((await answers.next()).value).toMatchObject({ error_code: 400 })
  stream.request.end()
  expect((await answers.next()).done).toBe(true)
})

test('every record of a long stream is stored once, in order, and answered in order', async () => {
  const count = 20_000
  const { request: sent, answer } = openStream('streamed')
  for (let i = 0; i < count; i++) {
    const key = { type: 'STRING', data: `${i % 7}` }
    const value = { type: 'JSON', data: { i, text: 'x'.repeat(i % 100) } }
    sent.write(JSON.stringify({ key, value }))
  }
  sent.end()
  const answers = lines(await text(await answer)).map(placed)
  expect(answers).toHaveLength(count)
  const stored = new Map<string, unknown>()
  for (const { partition, start, end } of await readOffsets(nodes, 'streamed')) {
    const range = { topic: 'streamed', partition, fromOffset: start, toOffset: end }
    for (const { offset, value } of await readPartitionRange(nodes, range)) {
      const written = Buffer.from(value ?? []).toString('utf8')
      if (written.startsWith('{')) stored.set(`${partition} ${offset}`, JSON.parse(written).i)
    }
  }
  expect(stored.size).toBe(count)
  const found = answers.map(({ partition_id, offset }) => stored.get(`${partition_id} ${offset}`))
  expect(found).toEqual(Array.from({ length: count }, (_, i) => i))
})

test('a client that reads no answers is not read from without end', async () => {
  const { request: sent, answer } = openStream('streamed')
  const piece = Buffer.from('{"value":{"type":"STRING","data":"x"}}'.repeat(1000))
  const bytesMax = 64 * 1024 * 1024
  // What fills up meanwhile: answers in the endpoint and in both sockets, then the request itself.
  const stalled = new Promise<number>((resolve) => {
    let written = 0
    const writeOn = () => {
      written += piece.length
      sent.write(piece)
      const timer = setTimeout(() => resolve(written), 500)
      sent.once('drain', () => {
        clearTimeout(timer)
        if (written < bytesMax) writeOn()
        else resolve(written)
      })
    }
    writeOn()
  })
  const unread = await answer
  expect(await stalled).toBeLessThan(bytesMax)
  unread.destroy()
  sent.destroy()
})

test('a stream ends when its key is revoked', async () => {
  const { key, secret } = { key: 'REVOKEDKEY234567', secret: 'revoked-secret-is-long' }
  await broker.tenants.putApiKey(clusterId, key, secret)
  const stream = openStream('streamed', { key, secret })
  stream.request.write('{}')
  const answers = documentsOf((await stream.answer) as AsyncIterable<Buffer>)
  expect((await answers.next()).value).toMatchObject({ error_code: 200 })
  await broker.tenants.deleteApiKey(clusterId, key)
  let last: unknown
  // The broker ends the key's connections within two seconds; until then records may pass.
  for (const end = Date.now() + 5000; Date.now() < end; ) {
    stream.request.write('{}')
    const next = await answers.next()
    if (next.done) break
    last = next.value
  }
  expect(last).toEqual({ error_code: 40101, message: 'Authentication failed' })
  stream.request.destroy()
})

test('a client that goes away leaves what it sent whole, and nothing else', async () => {
  const before = await countOf('small')
  const { request: sent, answer } = openStream('small')
  sent.write('{"value":{"type":"STRING","data":"whole"}}{"value":{"type":"STRING"')
  const arrived = await answer
  await new Promise((resolve) => arrived.once('data', resolve))
  sent.destroy()
  expect(await countOf('small')).toBe(before + 1)
})

async function countOf(topic: string): Promise<number> {
  return (await readOffsets(nodes, topic)).reduce((sum, { start, end }) => sum + end - start, 0)
}

/** A request whose body is sent piece by piece. The answer comes after the first record. */
function openStream(topic: string, by = maya) {
  const sent: ClientRequest = request({
    host: '127.0.0.1',
    port: rest.port,
    method: 'POST',
    path: `/kafka/v3/clusters/${clusterId}/topics/${topic}/records`,
    headers: { authorization: basic(by), 'content-type': 'application/json' },
  })
  const answer = new Promise<NodeJS.ReadableStream & { destroy(): void }>((resolve, reject) => {
    sent.once('response', resolve)
    sent.once('error', reject)
  })
  return { request: sent, answer }
}

async function* documentsOf(answer: AsyncIterable<Buffer>): AsyncGenerator<unknown, void> {
  let rest = ''
  for await (const chunk of answer) {
    rest += chunk.toString('utf8')
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      yield JSON.parse(rest.slice(0, end))
      rest = rest.slice(end + 1)
    }
  }
}
