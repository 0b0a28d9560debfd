import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { maskedSecret } from '../../broker/rules/connect.ts'
import { createBrokerControl } from '../../lib/control/broker.ts'
import { type ConnectWorld, startConnectWorld } from './testing/connect-world.ts'
import { type CountingPlugin, createCountingPlugin } from './testing/counting-plugin.ts'

const worlds: ConnectWorld[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})

async function startWorld(
  limits: Record<string, number> = {},
): Promise<ConnectWorld & CountingPlugin> {
  const counting = createCountingPlugin()
  const world = await startConnectWorld([counting.plugin], { limits })
  worlds.push(world)
  return { ...world, ...counting }
}

async function value<T>(answer: Promise<{ ok: true; value: T } | { ok: false; message: string }>) {
  const settled = await answer
  if (!settled.ok) throw new Error(settled.message)
  return settled.value
}

/** Creates a connector and waits until it runs. */
async function create(world: ConnectWorld, name: string, more = {}) {
  const info = await value(
    world.connect.create(world.place, { name, config: world.configOf(more) }),
  )
  await world.until(async () => (await world.state(name)) === 'RUNNING')
  return info
}

const valuesIn = async (world: ConnectWorld, topic = 'rides') =>
  (await world.read(topic)).map((record) => Number(String(record.value))).sort((a, b) => a - b)

it('writes records with the connector’s own key, and counts them as stored', async () => {
  const world = await startWorld()
  const info = await create(world, 'counting')
  expect(info).toMatchObject({
    name: 'counting',
    type: 'source',
    config: {
      name: 'counting',
      'kafka.api.key': maskedSecret,
      'kafka.api.secret': maskedSecret,
      'kafka.endpoint': `SASL_PLAINTEXT://localhost:${world.broker.ports[0]}`,
    },
    tasks: [{ connector: 'counting', task: 0 }],
  })
  for (let i = 0; i < 4; i++) expect(await world.tick()).toEqual([true])
  expect(await valuesIn(world)).toEqual([0, 1, 2, 3])
  const status = await value(world.connect.status(world.place, 'counting'))
  expect(status).toMatchObject({
    connector: { state: 'RUNNING', trace: '' },
    tasks: [{ id: 0, state: 'RUNNING', msg: '' }],
    apiKey: world.broker.first.key,
    messagesProcessed: 4,
  })
  expect(status.lastRecord?.offset).toBeGreaterThanOrEqual(0)
  const control = createBrokerControl({
    url: world.broker.controlUrl ?? '',
    token: 'token-of-this-start',
  })
  const counted = (await value(control.counters())).tenants[world.broker.first.id]?.topics.rides
  expect(world.runtime().readCounters()).toEqual([
    {
      clusterId: world.broker.first.id,
      id: status.id,
      name: 'counting',
      bytesOut: counted?.bytesIn,
      recordsOut: 4,
    },
  ])
})

it('goes on where it was, in a new generation, when the services start again', async () => {
  const world = await startWorld()
  await create(world, 'one')
  await create(world, 'paused', { 'kafka.topic': 'rides' })
  await value(world.connect.pause(world.place, 'paused'))
  for (let i = 0; i < 3; i++) await world.tick()
  await world.restart()
  await world.until(async () => (await world.state('one')) === 'RUNNING')
  expect(await world.state('paused')).toBe('PAUSED')
  await world.tick()
  expect(await valuesIn(world)).toEqual([0, 1, 2, 3])
  const generations = (await world.read('rides')).map(({ headers }) => String(headers[0]?.value))
  expect(generations.sort()).toEqual(['0', '0', '0', '1'])
  expect((await value(world.connect.status(world.place, 'one'))).messagesProcessed).toBe(4)
  await value(world.connect.resume(world.place, 'paused'))
  await world.until(async () => (await world.state('paused')) === 'RUNNING')
  await world.tick()
  expect(await valuesIn(world)).toEqual([0, 0, 1, 2, 3, 4])
})

it('writes nothing while it is paused, and nothing twice around a pause', async () => {
  const world = await startWorld()
  await create(world, 'counting')
  const underWay = world.tick()
  await value(world.connect.pause(world.place, 'counting'))
  await underWay
  expect(await world.state('counting')).toBe('PAUSED')
  expect(await world.tick()).toEqual([])
  await value(world.connect.resume(world.place, 'counting'))
  await world.until(async () => (await world.state('counting')) === 'RUNNING')
  await world.tick()
  expect(await valuesIn(world)).toEqual([0, 1])
})

/** Whether `counting` has said that it waits. */
const isWaiting = (world: ConnectWorld) => async () =>
  (await value(world.connect.logs(world.place, 'counting'))).some(({ level }) => level === 'WARN')

it('waits for a broker that is away, and writes the record that it was at', async () => {
  const world = await startWorld()
  await create(world, 'counting')
  await world.tick()
  await world.stopBroker()
  const written = world.tick()
  await world.until(isWaiting(world))
  expect(await world.state('counting')).toBe('RUNNING')
  await world.startBrokerAgain()
  world.clock.advance(100)
  expect(await written).toEqual([true])
  // The first went with the broker that kept it in memory.
  expect(await valuesIn(world)).toEqual([1])
  const lines = await value(world.connect.logs(world.place, 'counting'))
  expect(lines.at(-1)).toMatchObject({ level: 'INFO', message: 'It works again.' })
})

it('can be paused while the broker is away, and writes what it was at when it is resumed', async () => {
  const world = await startWorld()
  await create(world, 'counting')
  await world.tick()
  await world.stopBroker()
  const written = world.tick()
  await world.until(isWaiting(world))
  await value(world.connect.pause(world.place, 'counting'))
  expect(await written).toEqual([false])
  expect(await world.state('counting')).toBe('PAUSED')
  await world.startBrokerAgain()
  await value(world.connect.resume(world.place, 'counting'))
  await world.until(async () => (await world.state('counting')) === 'RUNNING')
  await world.tick()
  // The first went with the broker that kept it in memory.
  expect(await valuesIn(world)).toEqual([1, 2])
  const status = await value(world.connect.status(world.place, 'counting'))
  expect(status.messagesProcessed).toBe(3)
})

it('writes records that come together as one batch a partition, in their order', async () => {
  const world = await startWorld()
  await create(world, 'counting')
  const ticks = Array.from({ length: 50 }, () => world.tick())
  expect((await Promise.all(ticks)).flat()).toEqual(ticks.map(() => true))
  const records = await world.read('rides')
  expect(records).toHaveLength(50)
  for (const partition of [0, 1]) {
    const own = records.filter((record) => record.partition === partition)
    const values = own.map(({ value: bytes }) => Number(String(bytes)))
    expect(values).toEqual([...values].sort((a, b) => a - b))
  }
  const [counters] = world.runtime().readCounters()
  expect(counters?.recordsOut).toBe(50)
  // Headers of batches are 61 bytes; 50 of them would be more than these records.
  expect(counters?.bytesOut).toBeLessThan(50 * 61)
})

it('sends again what it was about to send when it was killed, and the broker has it once', async () => {
  const world = await startWorld()
  await create(world, 'counting')
  await world.tick()
  await world.tick()
  // After a kill the row names the batch that was sent last, and counts it not.
  const asKilled = await world.rows()
  expect(asKilled.map(({ pending }) => pending)).not.toContain(null)
  await world.putRowsAndRestart(asKilled)
  await world.until(async () => (await world.state('counting')) === 'RUNNING')
  await world.tick()
  expect(await valuesIn(world)).toEqual([0, 1, 2])
  const status = await value(world.connect.status(world.place, 'counting'))
  expect(status.messagesProcessed).toBe(3)
})

it('fails with the reason when its key is deleted, and runs again with another key', async () => {
  const world = await startWorld()
  await create(world, 'counting')
  await world.tick()
  const control = createBrokerControl({
    url: world.broker.controlUrl ?? '',
    token: 'token-of-this-start',
  })
  const other = { key: 'OTHERKEY2345ABCD', secret: 'other-secret' }
  await value(control.putKey(world.broker.first.id, other.key, { secret: other.secret }))
  await value(control.deleteKey(world.broker.first.id, world.broker.first.key))
  expect(await world.tick()).toEqual([false])
  const { connector, tasks } = await value(world.connect.status(world.place, 'counting'))
  const reason = `The API key ${world.broker.first.key} does not exist in this cluster. Choose another key and enter its secret, then restart the connector.`
  expect(connector).toMatchObject({ state: 'FAILED', trace: reason })
  expect(tasks[0]).toMatchObject({ state: 'FAILED', msg: reason })
  const lines = await value(world.connect.logs(world.place, 'counting'))
  expect(lines.at(-1)).toMatchObject({ level: 'ERROR', taskId: 0, message: reason })
  // It stays failed over a restart of the services: only a person can put it right.
  await world.restart()
  expect(await world.state('counting')).toBe('FAILED')
  const changed = { 'kafka.api.key': other.key, 'kafka.api.secret': other.secret }
  await value(world.connect.putConfig(world.place, 'counting', world.configOf(changed)))
  await world.until(async () => (await world.state('counting')) === 'RUNNING')
  expect(await world.tick()).toEqual([true])
  const status = await value(world.connect.status(world.place, 'counting'))
  expect(status).toMatchObject({ messagesProcessed: 3, apiKey: other.key })
})

it('fails with the reason when its topic is deleted, and runs again once it is there', async () => {
  const world = await startWorld()
  await create(world, 'counting')
  await world.tick()
  await world.cluster.admin.deleteTopic('rides')
  expect(await world.tick()).toEqual([false])
  const { connector } = await value(world.connect.status(world.place, 'counting'))
  expect(connector).toMatchObject({
    state: 'FAILED',
    trace:
      'The topic "rides" does not exist in this cluster. Create it or choose another one, then restart the connector.',
  })
  await world.cluster.admin.createTopic({ name: 'rides', partitionCount: 1, configs: {} })
  await value(world.connect.restart(world.place, 'counting'))
  await world.until(async () => (await world.state('counting')) === 'RUNNING')
  await world.tick()
  // The record that the deleted topic did not take is written first.
  expect(await valuesIn(world)).toEqual([1, 2])
})

it('writes what a deleted topic did not take to the topic that is chosen instead', async () => {
  const world = await startWorld()
  await create(world, 'counting')
  await world.tick()
  await world.cluster.admin.deleteTopic('rides')
  expect(await world.tick()).toEqual([false])
  await world.restart()
  expect(await world.state('counting')).toBe('FAILED')
  await world.cluster.admin.createTopic({ name: 'other', partitionCount: 1, configs: {} })
  const changed = world.configOf({ 'kafka.topic': 'other' })
  await value(world.connect.putConfig(world.place, 'counting', changed))
  await world.until(async () => (await world.state('counting')) === 'RUNNING')
  await world.tick()
  expect(await valuesIn(world, 'other')).toEqual([1, 2])
})

it('fails with the reason when its key has another secret now', async () => {
  const world = await startWorld()
  await create(world, 'counting')
  const { id, key } = world.broker.first
  const control = createBrokerControl({
    url: world.broker.controlUrl ?? '',
    token: 'token-of-this-start',
  })
  await value(control.deleteKey(id, key))
  await value(control.putKey(id, key, { secret: 'quite-another-secret' }))
  expect(await world.tick()).toEqual([false])
  const { connector } = await value(world.connect.status(world.place, 'counting'))
  expect(connector).toMatchObject({
    state: 'FAILED',
    trace: `The secret does not belong to the API key ${key}. Enter the secret of this key, or choose another key, then restart the connector.`,
  })
})

it('fails with the reason when its cluster is deleted under it', async () => {
  const world = await startWorld()
  await create(world, 'counting')
  const control = createBrokerControl({
    url: world.broker.controlUrl ?? '',
    token: 'token-of-this-start',
  })
  await value(control.deleteTenant(world.place.clusterId))
  expect(await world.tick()).toEqual([false])
  const { connector } = await value(world.connect.status(world.place, 'counting'))
  expect(connector.state).toBe('FAILED')
  expect(connector.trace).toContain(`The cluster refuses the API key ${world.broker.first.key}`)
})

it('is degraded while some of its tasks have failed, and each can be restarted', async () => {
  const world = await startWorld({ tasksPerConnector: 3 })
  await create(world, 'counting', { 'tasks.max': '2' })
  world.failAll('Enough.')
  expect(await world.state('counting')).toBe('FAILED')
  await value(world.connect.restartTask(world.place, 'counting', 1))
  const tasks = async () => (await value(world.connect.status(world.place, 'counting'))).tasks
  await world.until(async () => (await tasks())[1]?.state === 'RUNNING')
  const status = await value(world.connect.status(world.place, 'counting'))
  expect(status.connector.state).toBe('DEGRADED')
  expect(status.connector.trace).toBe('Enough.')
  expect(status.tasks.map(({ state }) => state)).toEqual(['FAILED', 'RUNNING'])
  expect(await world.connect.restartTask(world.place, 'counting', 2)).toMatchObject({
    ok: false,
    code: 'NOT_FOUND',
  })
  // Fewer tasks: the second goes, the first begins again.
  await value(world.connect.putConfig(world.place, 'counting', world.configOf()))
  await world.until(async () => (await world.state('counting')) === 'RUNNING')
  expect((await value(world.connect.connector(world.place, 'counting'))).tasks).toHaveLength(1)
})

it('keeps the stored secret where it is sent back as stars', async () => {
  const world = await startWorld()
  const { config } = await create(world, 'counting')
  await value(world.connect.putConfig(world.place, 'counting', { ...config, step: '5' }))
  await world.until(async () => (await world.state('counting')) === 'RUNNING')
  await world.tick()
  await world.tick()
  expect(await valuesIn(world)).toEqual([0, 5])
  expect(world.runtime().connectors(world.place.clusterId)[0]?.config()).not.toHaveProperty(
    'kafka.endpoint',
  )
})

it('keeps secrets out of its database file', async () => {
  const world = await startWorld()
  await create(world, 'counting')
  await world.restart()
  await world.until(async () => (await world.state('counting')) === 'RUNNING')
  const files = readdirSync(world.dataDir).filter((name) => name.startsWith('services.db'))
  expect(files.length).toBeGreaterThan(0)
  for (const name of files) {
    const file = join(world.dataDir, name)
    expect(readFileSync(file).includes(world.broker.first.secret)).toBe(false)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  }
})

it('runs a hundred connectors of one cluster, and refuses more tasks in a sentence', async () => {
  const world = await startWorld({ connectorTasks: 100 })
  const names = Array.from({ length: 100 }, (_, i) => `c${i}`)
  for (const name of names) {
    await value(world.connect.create(world.place, { name, config: world.configOf() }))
  }
  const allRun = () =>
    world
      .runtime()
      .connectors(world.place.clusterId)
      .every((connector) => connector.status().connector.state === 'RUNNING')
  await world.until(allRun)
  expect(await world.tick()).toEqual(names.map(() => true))
  expect(await valuesIn(world)).toEqual(names.map(() => 0))
  expect(
    await world.connect.create(world.place, { name: 'more', config: world.configOf() }),
  ).toEqual({
    ok: false,
    code: 'LIMIT',
    message: 'This cluster runs 100 of at most 100 connector tasks: delete a connector first.',
  })
  await world.restart()
  await world.until(allRun)
  expect(Object.keys(await value(world.connect.connectors(world.place)))).toEqual(names)
})

it('forgets a deleted connector, and every connector of a deleted cluster', async () => {
  const world = await startWorld()
  await create(world, 'one')
  await create(world, 'two')
  await value(world.connect.delete(world.place, 'one'))
  expect(await world.state('one')).toBe('NOT_FOUND')
  expect(await value(world.connect.clusterIds())).toEqual([world.place.clusterId])
  await value(world.connect.deleteCluster(world.place.clusterId))
  await value(world.connect.deleteCluster(world.place.clusterId))
  expect(await world.tick()).toEqual([])
  await world.restart()
  expect(await value(world.connect.clusterIds())).toEqual([])
})
