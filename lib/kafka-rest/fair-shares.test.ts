import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startBroker } from '../../broker/index.ts'
import { streamLimits } from './limits.ts'
import {
  ask,
  basic,
  clusterId,
  maya,
  ownCluster,
  type RestUnderTest,
  startRest,
  stranger,
  strangersCluster,
  strangersId,
} from './rest-for-tests.ts'

type Key = typeof maya

const others: readonly Key[] = [3, 4, 5, 6].map((n) => ({
  key: `MAYAKEY${n}34ABCDEF`,
  secret: `maya-secret-${n}-that-is-long`,
}))
const topics = [{ name: 'orders', partitions: 1 }]
const clusters = [
  { ...ownCluster, apiKeys: [maya, ...others], topics },
  { ...strangersCluster, topics },
]

/** One cluster alone gets four keys, four streams, and two of the records below. */
const limits = { keysMax: 8, streamsMax: 8, recordBytesMax: 4_000_000 }

let rest: RestUnderTest
const open: ClientRequest[] = []
beforeEach(async () => {
  rest = await startRest(await startBroker({ clusters, log: () => {} }), {}, limits)
})
afterEach(async () => {
  vi.useRealTimers()
  for (const sent of open.splice(0)) sent.destroy()
  await rest.close()
})

/** Sends records and leaves the request open; resolves with the first answer, which may never come. */
function stream({ key, body }: Asked): Promise<unknown> {
  const own = key === stranger ? strangersId : clusterId
  const sent = request({
    host: '127.0.0.1',
    port: rest.port,
    method: 'POST',
    path: `/kafka/v3/clusters/${own}/topics/orders/records`,
    headers: { authorization: basic(key), 'content-type': 'application/json' },
    agent: false,
  })
  open.push(sent)
  // It fails where the test ends before.
  sent.on('error', () => {})
  sent.write(body)
  return new Promise((resolve) => {
    sent.once('response', (answer: IncomingMessage) => {
      answer.on('error', () => {})
      answer.once('data', (bytes) => resolve(JSON.parse(`${bytes}`.split('\n')[0] ?? '')))
    })
  })
}

interface Asked {
  readonly key: Key
  readonly body: string
}

const record = '{}'
const unfinished = `{"value":${' '.repeat(900_000)}`
const finished = `{"value":${' '.repeat(900_000)}null}`

interface Row {
  /** What one cluster opens: one more than its share. */
  readonly opened: readonly Asked[]
  readonly refused: string
  /** What another cluster can do nevertheless. */
  readonly asked: string
}

const rows: Readonly<Record<string, Row>> = {
  'open streams': {
    opened: Array(5).fill({ key: maya, body: record }),
    refused: 'Too many requests with records are under way in this cluster.',
    asked: record,
  },
  'keys whose streams are idle': {
    opened: [maya, ...others].map((key) => ({ key, body: record })),
    refused: 'Too many API keys have requests under way.',
    asked: record,
  },
  'unfinished records': {
    opened: Array(3).fill({ key: maya, body: unfinished }),
    refused: 'Too many large records are arriving in this cluster at once.',
    asked: finished,
  },
}

test.each(Object.entries(rows))(
  '%s of one cluster leave room for others, and for itself when they end',
  async (_what, row) => {
    const refusals = row.opened.map(
      (asked) =>
        new Promise<unknown>((resolve) => {
          void stream(asked).then((answer) => isRefusal(answer) && resolve(answer))
        }),
    )
    const message = expect.stringContaining(row.refused)
    expect(await Promise.race(refusals)).toEqual({ error_code: 429, message })
    expect(await stream({ key: stranger, body: row.asked })).toMatchObject({ error_code: 200 })

    for (const sent of open.splice(0)) sent.destroy()
    const again = () =>
      ask(rest, { method: 'POST', path: '/topics/orders/records', body: row.asked })
    await expect.poll(async () => (await again()).body).toMatchObject({ error_code: 200 })
  },
)

function isRefusal(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && JSON.stringify(answer).includes('429')
}

test('many streams that are not the cluster’s last share end one by one without a trace', async () => {
  for (let round = 0; round < 3 * limits.streamsMax; round++) {
    const path = '/topics/orders/records'
    const answers = [record, '', '[]', unfinished].map((body) =>
      ask(rest, { method: 'POST', path, body }),
    )
    const statuses = (await Promise.all(answers)).map(({ status }) => status)
    expect(statuses).toEqual([200, 422, 400, 400])
    const nowhere = await ask(rest, {
      method: 'POST',
      path: '/topics/nowhere/records',
      body: record,
    })
    expect(nowhere.status).toBe(404)
  }
})

test('a stream that stands still is ended with a sentence', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const lines: string[] = []
  const sent = request({
    host: '127.0.0.1',
    port: rest.port,
    method: 'POST',
    path: `/kafka/v3/clusters/${clusterId}/topics/orders/records`,
    headers: { authorization: basic(maya), 'content-type': 'application/json' },
    agent: false,
  })
  open.push(sent)
  sent.on('error', () => {})
  sent.write(`${record}{"value":`)
  await new Promise<void>((resolve) => {
    sent.once('response', (answer: IncomingMessage) => {
      answer.on('error', () => {})
      answer.on('close', resolve)
      answer.on('data', (bytes) => {
        lines.push(...`${bytes}`.trim().split('\n'))
        vi.advanceTimersByTime(streamLimits.stallMsMax)
      })
    })
  })
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ error_code: 200 }),
    { error_code: 408, message: expect.stringContaining('for 300 seconds') },
  ])
})
