import { expect, test } from 'vitest'
import { presetClusterId } from './ids.ts'
import {
  clustersOf,
  type PresetInput,
  parseBrokerClusters,
  parsePreset,
  sectionsBeyondBroker,
} from './preset.ts'

const key = { key: 'TESTKEY234567ABC', secret: 'at least eight', description: 'ci' }
const example = {
  users: [{ email: 'me@example.com', password: 'correct horse', name: 'Me' }],
  environments: [
    {
      name: 'default',
      clusters: [
        {
          name: 'dev',
          provider: 'gcp',
          region: 'europe-west2',
          apiKeys: [key],
          topics: [{ name: 'rides', partitions: 2, config: { 'retention.ms': '86400000' } }],
          connectors: [
            {
              name: 'orders',
              config: { 'connector.class': 'DatagenSource', 'kafka.topic': 'orders' },
            },
          ],
        },
      ],
    },
  ],
} satisfies PresetInput

function parse(value: unknown) {
  return parsePreset(JSON.stringify(value))
}

function withCluster(change: object) {
  return parse({ environments: [{ name: 'default', clusters: [{ name: 'dev', ...change }] }] })
}

function messageOf(result: ReturnType<typeof parse>): string {
  return result.ok ? 'accepted' : result.message
}

test('the example of the documentation is read whole', () => {
  const result = parse(example)
  if (!result.ok) throw new Error(result.message)
  expect(result.value).toMatchObject(example)
  expect(clustersOf(result.value)).toMatchObject([
    { id: presetClusterId('default', 'dev'), environment: 'default', name: 'dev', type: 'BASIC' },
  ])
  expect(sectionsBeyondBroker(result.value)).toEqual(['users', 'connectors'])
})

test('a cluster is open without a key only where that is declared', () => {
  const declaredIn = (change: object) => {
    const result = withCluster(change)
    if (!result.ok) throw new Error(result.message)
    return clustersOf(result.value)[0]?.openListener
  }
  expect(declaredIn({})).toBe(undefined)
  expect(declaredIn({ openListener: {} })).toEqual({ port: 0, createTopics: false, partitions: 1 })
  const all = { port: 9192, createTopics: true, partitions: 3 }
  expect(declaredIn({ openListener: all })).toEqual(all)
})

test.each([
  [{ port: 80 }, 'openListener.port: The port must be a whole number from 1024 to 65535'],
  [{ port: 9192.5 }, 'openListener.port: The port must be'],
  [{ partitions: 0 }, 'openListener.partitions: The number of partitions must be'],
  [{ createTopic: true }, 'createTopic'],
])('an open listener of %j is refused', (openListener, message) => {
  expect(messageOf(withCluster({ openListener }))).toContain(message)
})

test('two clusters cannot be open at the same port', () => {
  const clusters = ['a', 'b'].map((name) => ({ name, openListener: { port: 9192 } }))
  expect(messageOf(parse({ environments: [{ name: 'default', clusters }] }))).toBe(
    "The port 9192 of openListener is declared in two clusters: 'a' of environment 'default' and 'b' of environment 'default'.",
  )
  const anyPort = clusters.map(({ name }) => ({ name, openListener: {} }))
  expect(parse({ environments: [{ name: 'default', clusters: anyPort }] }).ok).toBe(true)
})

test('what is left out has a default', () => {
  const result = parse({
    environments: [{ name: 'e', clusters: [{ name: 'c', topics: [{ name: 't' }] }] }],
  })
  if (!result.ok) throw new Error(result.message)
  expect(clustersOf(result.value)).toMatchObject([
    {
      type: 'BASIC',
      limits: {},
      apiKeys: [],
      connectors: [],
      topics: [{ name: 't', partitions: 6, config: {} }],
    },
  ])
  expect(sectionsBeyondBroker(result.value)).toEqual([])
  expect(parse({})).toMatchObject({ ok: true })
})

test('numbers and booleans in configs become the strings that Kafka knows', () => {
  const result = withCluster({ topics: [{ name: 't', config: { 'retention.ms': 1000 } }] })
  if (!result.ok) throw new Error(result.message)
  expect(clustersOf(result.value)[0]?.topics[0]?.config).toEqual({ 'retention.ms': '1000' })
})

test.each([
  ['{', 'It is not JSON'],
  ['[]', 'expected object'],
  ['{"acls":[]}', '"acls"'],
])('the text %s is refused with a sentence', (text, part) => {
  const result = parsePreset(text)
  expect(result.ok).toBe(false)
  expect(messageOf(result)).toContain(part)
})

const place = 'environments[0].clusters[0]'

test.each([
  [{ apiKeys: [{ ...key, key: 'short' }] }, `${place}.apiKeys[0].key: An API key is 16 characters`],
  [{ apiKeys: [{ ...key, secret: 'short' }] }, `${place}.apiKeys[0].secret: An API secret is at`],
  [
    { apiKeys: [key, key] },
    `${place}.apiKeys[1]: The API key 'TESTKEY234567ABC' is declared twice`,
  ],
  [{ topics: [{ name: 'a b' }] }, `${place}.topics[0].name: Topic name is invalid: 'a b' contains`],
  [
    { topics: [{ name: 't' }, { name: 't' }] },
    `${place}.topics[1]: The topic 't' is declared twice`,
  ],
  [{ topics: [{ name: 't', partitions: 0 }] }, `${place}.topics[0].partitions`],
  [
    { topics: [{ name: 't', config: { 'retention.ms': 'abc' } }] },
    `${place}.topics[0].config: Invalid value abc for configuration retention.ms: Not a number`,
  ],
  [
    { topics: [{ name: 't', partitions: 1501 }] },
    "1501 partitions are more than the cluster's 1500",
  ],
  [{ limits: { partition: 1 } }, `${place}.limits: There is no limit 'partition'`],
  [{ type: 'DEDICATED' }, `${place}.type`],
  [{ provider: 'gcp', region: 'moon' }, `${place}.region: Google Cloud has no region 'moon'`],
  [{ name: '' }, `${place}.name: Enter a name.`],
  [{ schemas: [] }, '"schemas"'],
])('a cluster with %j is refused, naming the place', (change, part) => {
  expect(messageOf(withCluster(change))).toContain(part)
})

test('a raised limit makes room', () => {
  const topics = [{ name: 't', partitions: 20_000 }]
  expect(withCluster({ topics, limits: { partitions: 100_000 } })).toMatchObject({ ok: true })
})

test('a key belongs to one cluster of the whole installation', () => {
  const result = parse({
    environments: [
      { name: 'a', clusters: [{ name: 'one', apiKeys: [key] }] },
      { name: 'b', clusters: [{ name: 'two', apiKeys: [key] }] },
    ],
  })
  expect(messageOf(result)).toBe(
    "The API key TESTKEY234567ABC is declared in two clusters: 'one' of environment 'a' and 'two' of environment 'b'.",
  )
})

test('users are the same whatever the case of their address', () => {
  const users = [
    { email: 'me@example.com', password: 'correct horse' },
    { email: 'Me@Example.com', password: 'correct horse' },
  ]
  expect(messageOf(parse({ users }))).toContain("The user 'me@example.com' is declared twice.")
})

test('clusters given to the broker alone mean the same tenants as in a file', () => {
  const result = parseBrokerClusters([{ name: 'dev' }, { name: 'dev', environment: 'staging' }])
  expect(result).toMatchObject({
    ok: true,
    value: [{ id: presetClusterId('default', 'dev') }, { id: presetClusterId('staging', 'dev') }],
  })
  expect(parseBrokerClusters([{ name: 'dev' }, { name: 'dev' }])).toMatchObject({
    ok: false,
    message: expect.stringContaining('would have the same id'),
  })
})

test('a secret without its quotes is not repeated in what is wrong', () => {
  const text = JSON.stringify(example).replace('"at least eight"', 'SECRETWITHOUTQUOTES')
  expect(parsePreset(text)).toEqual({
    ok: false,
    message: "It is not JSON: Unexpected token 'S'",
  })
})
