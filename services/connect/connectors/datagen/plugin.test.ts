import { afterEach, expect, it } from 'vitest'
import type { PartitionRecord } from '../../../../lib/kafka/cluster-client.ts'
import { type ConnectWorld, startConnectWorld } from '../../testing/connect-world.ts'
import { datagenPlugin } from './plugin.ts'
import { datagenTemplates } from './templates/catalogue.ts'

const worlds: ConnectWorld[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})

async function startWorld(
  settings: Parameters<typeof startConnectWorld>[1] = {},
): Promise<ConnectWorld> {
  const world = await startConnectWorld([datagenPlugin], settings)
  worlds.push(world)
  return world
}

async function value<T>(answer: Promise<{ ok: true; value: T } | { ok: false; message: string }>) {
  const settled = await answer
  if (!settled.ok) throw new Error(settled.message)
  return settled.value
}

const orders = { quickstart: 'ORDERS', 'output.data.format': 'JSON', 'max.interval': '1000' }

async function create(world: ConnectWorld, more: Record<string, string>, name = 'generated') {
  await value(world.connect.create(world.place, { name, config: world.configOf(more) }))
  await world.until(async () => (await world.state(name)) !== 'PROVISIONING')
}

const made = async (world: ConnectWorld, name = 'generated') =>
  (await value(world.connect.status(world.place, name))).messagesProcessed

/** Lets time pass until so many records are written and stored. */
async function makeUntil(world: ConnectWorld, count: number, name = 'generated'): Promise<void> {
  for (let before = await made(world, name); before < count; before = await made(world, name)) {
    world.clock.advance(1000)
    await world.until(async () => (await made(world, name)) > before)
  }
}

const inOrder = (records: readonly PartitionRecord[]) =>
  [...records].sort((a, b) => iterationOf(a) - iterationOf(b))

const headerOf = (record: PartitionRecord, name: string) =>
  String(record.headers.find(({ key }) => key === name)?.value)

const iterationOf = (record: PartitionRecord) => Number(headerOf(record, 'current.iteration'))

it('writes where clients are told a name that means nothing on this machine', async () => {
  const world = await startWorld({ advertisedHost: 'kafka.invalid' })
  await create(world, orders)
  await makeUntil(world, 3)
  expect(await world.read('rides')).toHaveLength(await made(world))
})

it('writes records of a template with key and headers, and goes on after a restart', async () => {
  const world = await startWorld()
  await create(world, orders)
  await makeUntil(world, 5)
  const before = await made(world)
  await world.restart()
  await world.until(async () => (await world.state('generated')) === 'RUNNING')
  await makeUntil(world, before + 3)
  const counted = Array.from({ length: await made(world) }, (_, i) => i)
  const records = inOrder(await world.read('rides'))
  const values = records.map((record) => JSON.parse(String(record.value)))
  expect(values.map(({ orderid }) => orderid)).toEqual(counted)
  expect(records.map(iterationOf)).toEqual(counted)
  expect(records.map((record) => String(record.key))).toEqual(
    values.map(({ orderid }) => String(orderid)),
  )
  expect(records.map((record) => headerOf(record, 'task.generation'))).toEqual(
    counted.map((i) => (i < before ? '0' : '1')),
  )
  expect(records.map((record) => headerOf(record, 'task.id'))).toEqual(records.map(() => '0'))
  expect(Object.keys(values[0])).toEqual([
    'ordertime',
    'orderid',
    'itemid',
    'orderunits',
    'address',
  ])
})

it('takes a template’s name in lower case', async () => {
  const world = await startWorld()
  await create(world, { ...orders, quickstart: 'stock_trades' })
  expect(await world.state('generated')).toBe('RUNNING')
  await makeUntil(world, 1)
  const [record] = await world.read('rides')
  expect(JSON.parse(String(record?.value))).toMatchObject({ symbol: String(record?.key) })
})

it('makes on average two records a second at the default interval', async () => {
  const world = await startWorld()
  await create(world, orders)
  const startedMs = world.clock.nowMs()
  const seconds = () => (world.clock.nowMs() - startedMs) / 1000
  // In steps finer than a pause, so that none is cut short.
  for (let before = 0; before < 400; ) {
    world.clock.advance(5)
    await new Promise(setImmediate)
    before = world.runtime().readCounters()[0]?.recordsOut ?? 0
  }
  // 400 pauses of 500 ms on average, each spread evenly over 1000: four deviations are 23 s.
  expect(Math.abs(seconds() - 200)).toBeLessThan(25)
})

it('fails once it has made as many messages as it was told to', async () => {
  const world = await startWorld()
  await create(world, { ...orders, iterations: '3' })
  await makeUntil(world, 3)
  await world.until(async () => {
    world.clock.advance(1000)
    return (await world.state('generated')) === 'FAILED'
  })
  const { connector } = await value(world.connect.status(world.place, 'generated'))
  expect(connector.trace).toBe('Stopping connector: generated the configured 3 number of messages')
  expect(await made(world)).toBe(3)
})

const refused: readonly [string, Record<string, string>, Record<string, string>][] = [
  [
    'neither schema nor quickstart',
    { quickstart: '' },
    {
      quickstart: 'Must set exactly one of schema.string, quickstart',
      'schema.string': 'Must set exactly one of schema.string, quickstart',
    },
  ],
  [
    'both of them',
    { 'schema.string': '{}' },
    {
      quickstart: 'Must set exactly one of schema.string, quickstart',
      'schema.string': 'Must set exactly one of schema.string, quickstart',
    },
  ],
  [
    'an unknown template',
    { quickstart: 'RIDES' },
    {
      quickstart: `quickstart must be one out of ${datagenTemplates.map(({ id }) => id.toLowerCase()).join(',')}`,
    },
  ],
  [
    'a key field that is not there',
    { 'schema.keyfield': 'absent' },
    {
      'schema.keyfield': "The schema does not contain the field provided in 'schema.keyfield'",
    },
  ],
  [
    'an interval that is no number',
    { 'max.interval': 'abc' },
    {
      'max.interval': 'Invalid value abc for configuration max.interval: Not a number of type INT',
    },
  ],
  [
    'too short an interval',
    { 'max.interval': '4' },
    {
      'max.interval': 'Invalid value 4 for configuration max.interval: Value must be at least 5',
    },
  ],
  [
    'a format that needs a Schema Registry',
    { 'output.data.format': 'AVRO' },
    {
      'output.data.format':
        'AVRO needs a Schema Registry, which does not exist here yet: choose JSON.',
    },
  ],
  [
    'an unknown format',
    { 'output.data.format': 'XML' },
    {
      'output.data.format':
        'Invalid value XML for configuration output.data.format: String must be one of: AVRO, JSON, JSON_SR, PROTOBUF',
    },
  ],
  [
    'no topic',
    { 'kafka.topic': '' },
    { 'kafka.topic': 'Missing required configuration "kafka.topic" which has no default value.' },
  ],
]

it.each(refused)('refuses %s beside its field', async (_what, more, expected) => {
  const world = await startWorld()
  const config = world.configOf({ ...orders, name: 'generated', ...more })
  const validation = await value(world.connect.validate(world.place, 'DatagenSource', config))
  const errors = Object.fromEntries(
    validation.configs.flatMap(
      ({
        value: {
          name,
          errors: [first],
        },
      }) => (first === undefined ? [] : [[name, first]]),
    ),
  )
  expect(errors).toEqual(expected)
  expect(validation.error_count).toBe(Object.keys(expected).length)
  const created = await world.connect.create(world.place, { name: 'generated', config })
  expect(created).toMatchObject({ ok: false, code: 'INVALID' })
})

it('says where a schema of one’s own is wrong, and refuses one that is too long', async () => {
  const world = await startWorld()
  const errorsOf = async (schema: string) => {
    const config = world.configOf({
      'output.data.format': 'JSON',
      'schema.string': schema,
      name: 'own',
    })
    const { configs } = await value(world.connect.validate(world.place, 'DatagenSource', config))
    return configs.find(({ definition }) => definition.name === 'schema.string')?.value.errors
  }
  expect(await errorsOf('{"type":"record"')).toEqual([
    expect.stringContaining('Unable to parse the provided schema'),
  ])
  const fields = '{"name":"n","type":{"type":"int","arg.properties":{"iteration":{"start":0}}}}'
  const good = `{"type":"record","name":"own","fields":[${fields}]}`
  expect(await errorsOf(good)).toEqual([])
  expect(await errorsOf(good + ' '.repeat(10_000))).toEqual([
    'Schema has 10119 characters: at most 10000 are possible.',
  ])
})

it('shows samples before anything else is decided', async () => {
  const world = await startWorld()
  const sample = (config: Record<string, string>) =>
    world.connect.preview(world.place, 'DatagenSource', config)
  const records = await value(sample({ quickstart: 'pageviews' }))
  expect(records).toHaveLength(3)
  expect(records.map(({ key }) => Number(key))).toEqual([1, 11, 21])
  expect(JSON.parse(records[0]?.value ?? '')).toMatchObject({ viewtime: 1 })
  expect(await sample({ quickstart: 'RIDES' })).toMatchObject({ ok: false, code: 'INVALID' })
})

it('lists the templates with their fields', async () => {
  const world = await startWorld()
  const templates = await value(world.connect.templates(world.place, 'DatagenSource'))
  expect(templates).toHaveLength(38)
  expect(templates.find(({ id }) => id === 'ORDERS')).toMatchObject({
    title: 'Orders',
    keyField: 'orderid',
    fields: ['ordertime', 'orderid', 'itemid', 'orderunits', 'address'],
  })
})
