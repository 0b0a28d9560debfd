import { afterEach, beforeEach, expect, it } from 'vitest'
import { parsePreset } from '../../broker/rules/preset.ts'
import {
  type ConnectWorld,
  startConnectWorld,
} from '../../services/connect/testing/connect-world.ts'
import {
  type CountingPlugin,
  createCountingPlugin,
} from '../../services/connect/testing/counting-plugin.ts'
import { createBrokerControl } from '../control/broker.ts'
import { prepareConnectors } from './connectors.ts'
import type { PresetFile } from './preset.ts'

let counting: CountingPlugin
let world: ConnectWorld
beforeEach(async () => {
  counting = createCountingPlugin()
  world = await startConnectWorld([counting.plugin])
})
afterEach(() => world.close())

/** What a file declares in the cluster that the broker calls `first`. */
function presetOf(connectors: object[], apiKeys: object[] = [keyOfFirst()]): PresetFile {
  const clusters = [{ name: 'first', apiKeys, connectors }]
  const parsed = parsePreset(JSON.stringify({ environments: [{ name: 'default', clusters }] }))
  if (!parsed.ok) throw new Error(parsed.message)
  return { path: '/tributary.json', preset: parsed.value }
}

function keyOfFirst() {
  const { key, secret } = world.broker.first
  return { key, secret }
}

const prepare = (preset: PresetFile | null) =>
  prepareConnectors({
    brokerControl: { url: world.broker.controlUrl ?? '', token: 'token-of-this-start' },
    servicesControl: world.address,
    preset,
  })

const config = { 'connector.class': 'CountingSource', 'kafka.topic': 'rides', 'tasks.max': 1 }

it('creates what a preset declares, with the first key of its cluster, once', async () => {
  const preset = presetOf([
    { name: 'plain', config },
    { name: 'keyed', config: { ...config, 'kafka.api.key': world.broker.first.key } },
  ])
  expect(await prepare(preset)).toMatchObject({ ok: true })
  const allRun = async () =>
    (await world.state('plain')) === 'RUNNING' && (await world.state('keyed')) === 'RUNNING'
  await world.until(allRun)
  const before = await world.connect.connectors(world.place)
  expect(before).toMatchObject({
    value: { plain: { status: { apiKey: world.broker.first.key } } },
  })
  // What a person did to it since stays.
  await world.connect.pause(world.place, 'plain')
  expect(await prepare(preset)).toMatchObject({ ok: true })
  expect(await world.state('plain')).toBe('PAUSED')
})

it.each([
  [{ 'kafka.topic': 'absent' }, 'The topic "absent" does not exist in this cluster'],
  [{ 'kafka.api.secret': 'of another key' }, 'The secret does not belong to the API key'],
  [{ 'connector.class': 'Unknown' }, 'There is no connector plugin "Unknown"; there is Counting'],
])('ends the start for a connector that cannot be: %j', async (wrong, sentence) => {
  const answer = await prepare(presetOf([{ name: 'wrong', config: { ...config, ...wrong } }]))
  expect(answer.ok || answer.reason).toContain(
    "/tributary.json declares connector 'wrong' in cluster 'first', which cannot be created.",
  )
  expect(answer.ok || answer.reason).toContain(sentence)
})

it('asks for a key where the cluster declares none', async () => {
  const answer = await prepare(presetOf([{ name: 'keyless', config }], []))
  expect(answer.ok || answer.reason).toContain('Enter the API key')
})

it('removes the connectors of a cluster that is gone', async () => {
  expect(await prepare(presetOf([{ name: 'left', config }]))).toMatchObject({ ok: true })
  const broker = createBrokerControl({
    url: world.broker.controlUrl ?? '',
    token: 'token-of-this-start',
  })
  await broker.deleteTenant(world.place.clusterId)
  expect(await prepare(null)).toMatchObject({ ok: true })
  expect(await world.connect.clusterIds()).toEqual({ ok: true, value: [] })
})
