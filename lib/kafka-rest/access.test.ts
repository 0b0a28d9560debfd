import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningBroker, startBroker } from '../../broker/index.ts'
import { attemptLimits } from '../auth/sign-in-attempts.ts'
import { restRoutes } from './app.ts'
import {
  type AskedRow,
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

const topics = [{ name: 'orders', partitions: 1 }]
const spare = { key: 'SPAREKEY234ABCDE', secret: 'spare-secret-that-is-long' }
const guessed = { key: 'GUESSEDKEY234567', secret: 'guessed-secret-is-long' }
const clusters = [{ ...ownCluster, apiKeys: [maya, spare, guessed], topics }, strangersCluster]
const here = `http://rest/kafka/v3/clusters/${clusterId}`
let broker: RunningBroker
let rest: RestUnderTest

beforeAll(async () => {
  broker = await startBroker({ clusters, log: () => {} })
  rest = await startRest(broker)
})
afterAll(() => rest.close())

const unauthenticated = { error_code: 40101, message: 'Authentication failed' }
const notFound = { error_code: 404, message: 'HTTP 404 Not Found' }
const clusterResource = {
  kind: 'KafkaCluster',
  metadata: { self: here, resource_name: `crn:///kafka=${clusterId}` },
  cluster_id: clusterId,
  controller: { related: `${here}/brokers/1` },
  acls: { related: `${here}/acls` },
  brokers: { related: `${here}/brokers` },
  broker_configs: { related: `${here}/broker-configs` },
  consumer_groups: { related: `${here}/consumer-groups` },
  topics: { related: `${here}/topics` },
  partition_reassignments: { related: `${here}/topics/-/partitions/-/reassignment` },
}

interface Row extends AskedRow {
  readonly status: number
  readonly answer: unknown
}

const clustersPath = '/kafka/v3/clusters'

const rows: Readonly<Record<string, Row>> = {
  'the clusters of a key are the one that it belongs to': {
    path: clustersPath,
    status: 200,
    answer: {
      kind: 'KafkaClusterList',
      metadata: { self: `http://rest${clustersPath}`, next: null },
      data: [clusterResource],
    },
  },
  'the cluster of the key': { path: '', status: 200, answer: clusterResource },
  'a cluster that does not exist': {
    path: `${clustersPath}/my-cluster`,
    status: 404,
    answer: { error_code: 404, message: 'Cluster my-cluster cannot be found.' },
  },
  'somebody else’s cluster': {
    path: `${clustersPath}/${strangersId}`,
    status: 404,
    answer: { error_code: 404, message: `Cluster ${strangersId} cannot be found.` },
  },
  'somebody else’s topic': {
    path: `${clustersPath}/${strangersId}/topics/foreign`,
    status: 404,
    answer: { error_code: 404, message: `Cluster ${strangersId} cannot be found.` },
  },
  'a record for somebody else’s topic': {
    method: 'POST',
    path: `${clustersPath}/${strangersId}/topics/foreign/records`,
    body: '{}',
    status: 404,
    answer: { error_code: 404, message: `Cluster ${strangersId} cannot be found.` },
  },
  'somebody else’s topic in one’s own cluster': {
    path: '/topics/foreign',
    status: 404,
    answer: {
      error_code: 40403,
      message: 'This server does not host this topic-partition.',
    },
  },
  'no key': { path: '/topics', by: null, status: 401, answer: unauthenticated },
  'no key, where nothing is': { path: '/nothing', by: null, status: 401, answer: unauthenticated },
  'a wrong secret': {
    path: '/topics',
    by: { ...spare, secret: 'another-secret' },
    status: 401,
    answer: unauthenticated,
  },
  'a key that does not exist': {
    path: '/topics',
    by: { key: 'NOBODYSKEY234567', secret: 'whatever-it-may-be' },
    status: 401,
    answer: unauthenticated,
  },
  'the name of one of our own principals': {
    path: '/topics',
    by: { key: `console.${clusterId}`, secret: 'whatever' },
    status: 401,
    answer: unauthenticated,
  },
  'a token of another kind': {
    path: '/topics',
    by: null,
    headers: { authorization: 'Bearer abc' },
    status: 401,
    answer: unauthenticated,
  },
  'a cookie instead of a key': {
    path: '/topics',
    by: null,
    headers: { cookie: 'next-auth.session-token=abc' },
    status: 401,
    answer: unauthenticated,
  },
  'a path that nothing is at': {
    path: '/kafka/v3/nothing',
    status: 404,
    answer: notFound,
  },
  'the older API': { path: '/kafka/v2/topics', status: 404, answer: notFound },
  'a method that clusters do not know': {
    method: 'POST',
    path: clustersPath,
    body: {},
    status: 405,
    answer: { error_code: 405, message: 'HTTP 405 Method Not Allowed' },
  },
}

test.each(Object.entries(rows))('%s', async (_name, { status, answer, ...asked }) => {
  const found = await ask(rest, asked)
  expect(found.body).toEqual(answer)
  expect(found.status).toBe(status)
  expect(found.headers.get('content-type')).toMatch(/^application\/json/)
  expect(found.headers.get('access-control-allow-origin')).toBeNull()
})

const there: Readonly<Record<string, string>> = {
  topic: 'orders',
  partition: '0',
  broker: '1',
  name: 'retention.ms',
}

describe.each(restRoutes.map(({ method, path }) => ({ method, path: filledIn(path) })))(
  '$method $path',
  ({ method, path }) => {
    const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} }
    const asked = { method, path: `${clustersPath}/${clusterId}${path}`, ...body }

    test('wants a key', async () => {
      const { status, body: answer } = await ask(rest, { ...asked, by: null })
      expect({ status, answer }).toEqual({ status: 401, answer: unauthenticated })
    })

    test('tells the key of another cluster nothing', async () => {
      const { status, body: answer } = await ask(rest, { ...asked, by: stranger })
      const message = `Cluster ${clusterId} cannot be found.`
      expect({ status, answer }).toEqual({ status: 404, answer: { error_code: 404, message } })
    })
  },
)

/** With the names of what there is, in the other cluster's eyes. */
function filledIn(path: string): string {
  return path.replace(
    /:(\w+)(?:\{([^}]*)\})?/g,
    (_all, name: string, literal: string | undefined) => literal ?? there[name] ?? 'anything',
  )
}

test('whoever is not signed in is told how to', async () => {
  const { headers } = await ask(rest, { path: '/topics', by: null })
  expect(headers.get('www-authenticate')).toMatch(/^Basic realm=/)
})

test('a wrong method is told the right ones', async () => {
  const { headers } = await ask(rest, { method: 'PUT', path: '/topics/orders', body: {} })
  expect(headers.get('allow')?.split(', ').sort()).toEqual(['DELETE', 'GET', 'PATCH'])
})

test('another name of this machine, and a page of another site, get nowhere', async () => {
  const path = `/kafka/v3/clusters/${clusterId}/topics`
  expect(await statusOf({ path, headers: { host: 'evil.example' } })).toBe(421)
  const post = { method: 'POST', path, headers: { origin: 'http://evil.example' } }
  expect(await statusOf(post)).toBe(403)
})

/** As a program may send it that sets every header itself. */
function statusOf(asked: {
  readonly method?: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}): Promise<number | undefined> {
  const headers = { ...asked.headers, authorization: basic(maya) }
  return new Promise((resolve, reject) => {
    const sent = request({ ...asked, headers, host: '127.0.0.1', port: rest.port }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    sent.on('error', reject)
    sent.end()
  })
}

test('secrets cannot be guessed at speed, and whoever is in stays in', async () => {
  const right = { path: '/topics', by: guessed }
  expect((await ask(rest, right)).status).toBe(200)
  const statuses: number[] = []
  for (let i = 0; i <= attemptLimits.perEmailAndAddress; i++) {
    const by = { ...guessed, secret: `wrong-secret-${i}` }
    statuses.push((await ask(rest, { path: '/topics', by })).status)
  }
  expect(statuses.filter((status) => status === 401)).toHaveLength(attemptLimits.perEmailAndAddress)
  expect(statuses.at(-1)).toBe(429)
  expect((await ask(rest, right)).status).toBe(200)
})

test('many requests at once with one key are all answered', async () => {
  const asked = Array.from({ length: 100 }, () => ask(rest, { path: '/topics/orders', by: maya }))
  const statuses = new Set((await Promise.all(asked)).map(({ status }) => status))
  expect([...statuses]).toEqual([200])
})

test('each key sees its own cluster however requests are mixed', async () => {
  const asked = Array.from({ length: 40 }, async (_, i) => {
    const { body } = await ask(rest, { path: clustersPath, by: i % 2 === 0 ? maya : stranger })
    return [i % 2 === 0 ? clusterId : strangersId, body] as const
  })
  for (const [own, body] of await Promise.all(asked)) {
    expect(body).toMatchObject({ data: [{ cluster_id: own }] })
  }
})

test('a key that is revoked opens nothing any more', async () => {
  const asked = { path: '/topics', by: spare }
  expect((await ask(rest, asked)).status).toBe(200)
  await broker.tenants.deleteApiKey(clusterId, spare.key)
  await expect.poll(async () => (await ask(rest, asked)).status, { timeout: 5000 }).toBe(401)
})

test('while the broker is away requests say so, and go on when it is back', async () => {
  const first = await startBroker({ clusters, log: () => {} })
  const away = await startRest(first)
  try {
    expect((await ask(away, { path: '/topics/orders' })).status).toBe(200)
    await first.close()
    const refused = await ask(away, { path: '/topics/orders' })
    expect(refused.status).toBe(503)
    expect(refused.body).toMatchObject({ error_code: 50302 })
    expect(refused.headers.get('retry-after')).toBe('5')
    const again = await startBroker({ clusters, ports: first.ports, log: () => {} })
    expect((await ask(away, { path: '/topics/orders' })).status).toBe(200)
    await again.close()
  } finally {
    await away.close()
  }
})

test('records are written and read where clients are told a name that means nothing here', async () => {
  const advertisedHost = 'kafka.invalid'
  const named = await startRest(await startBroker({ clusters, advertisedHost, log: () => {} }))
  try {
    const record = { method: 'POST', path: '/topics/orders/records', body: {} }
    expect((await ask(named, record)).body).toMatchObject({ error_code: 200 })
    const path = '/internal/topics/orders/partitions/-/records:consume_guarantee_progress'
    const viewed = await ask(named, { method: 'POST', path, body: { from_beginning: true } })
    expect(JSON.stringify(viewed.body)).toContain('"offset":0')
  } finally {
    await named.close()
  }
})

test('where the broker takes TLS alone, keys sign in by TLS', async () => {
  const securityProtocols = ['SASL_SSL'] as const
  const secured = await startBroker({ clusters, securityProtocols, log: () => {} })
  const overTls = await startRest(secured, { authority: await secured.certificateAuthority() })
  try {
    expect((await ask(overTls, { path: '/topics/orders' })).status).toBe(200)
    const wrong = { ...maya, secret: 'another-secret' }
    expect((await ask(overTls, { path: '/topics/orders', by: wrong })).status).toBe(401)
    const record = { method: 'POST', path: '/topics/orders/records', body: {} }
    expect((await ask(overTls, record)).body).toMatchObject({ error_code: 200 })
  } finally {
    await overTls.close()
  }
})
