import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { isControlRefusal } from '../cluster/tenants.ts'
import { createClient, type KafkaClient } from '../protocol/client.ts'
import { Metadata } from '../protocol/messages/metadata.ts'
import { openListenerPorts } from '../rules/open-listener.ts'
import { openPortOf } from '../testing/open-port.ts'
import { dialPort, startTestBroker, type TestBroker } from '../testing/test-broker.ts'

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function start(options: Parameters<typeof startTestBroker>[0] = {}): Promise<TestBroker> {
  const broker = await startTestBroker(options)
  stops.push(() => broker.close())
  return broker
}

/** A port of this machine that another program has. */
async function takenPort(): Promise<{ readonly port: number; free(): Promise<void> }> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const free = () => new Promise<void>((resolve) => server.close(() => resolve()))
  stops.push(free)
  // A listening TCP server has an address that is no string (those are of pipes).
  return { port: (server.address() as AddressInfo).port, free }
}

async function connectWithoutKey(broker: TestBroker): Promise<KafkaClient> {
  return createClient(await dialPort(openPortOf(broker, broker.first.id)))
}

const asSet = { createTopics: false, partitions: 1 }

describe('the setting that opens a cluster without a key', () => {
  it('takes effect at once both ways, and keeps its port', async () => {
    const broker = await start()
    const { first, openListeners } = broker
    await openListeners.turnOn(first.id, asSet)
    const port = openPortOf(broker, first.id)
    expect(port).toBeGreaterThanOrEqual(openListenerPorts.from)
    expect(port).toBeLessThanOrEqual(openListenerPorts.to)
    await broker.logged(new RegExp(`${first.id} takes connections without a key at localhost:`))
    const client = await connectWithoutKey(broker)
    expect((await client.send(Metadata, 9, { topics: null })).clusterId).toBe(first.id)

    await openListeners.turnOff(first.id)
    await client.closed
    await expect(dialPort(port)).rejects.toThrow(/ECONNREFUSED/)
    // Who has a key is not concerned.
    await broker.connect()

    await openListeners.turnOn(first.id, asSet)
    expect(openPortOf(broker, first.id)).toBe(port)
  })

  it('moves to another port, and leaves no connection at the old one', async () => {
    const broker = await start({ first: { openListener: {} } })
    const before = openPortOf(broker, broker.first.id)
    const client = await connectWithoutKey(broker)
    await broker.openListeners.turnOn(broker.first.id, { ...asSet, port: 0 })
    await client.closed
    expect(openPortOf(broker, broker.first.id)).not.toBe(before)
    await connectWithoutKey(broker)
  })

  it('changes what holds for open connections without ending them', async () => {
    const broker = await start({ first: { openListener: {} } })
    const client = await connectWithoutKey(broker)
    const topics = [{ name: 'named' }]
    expect((await client.send(Metadata, 9, { topics })).topics[0]?.errorCode).not.toBe(0)
    await broker.openListeners.turnOn(broker.first.id, { createTopics: true, partitions: 4 })
    const { topics: found } = await client.send(Metadata, 9, { topics })
    expect(found[0]?.partitions).toHaveLength(4)
  })

  it('refuses a port that is taken, and changes nothing', async () => {
    const broker = await start({ first: { openListener: {} } })
    const before = broker.tenants.get(broker.first.id)?.openListener
    const { port } = await takenPort()
    const refusal = await broker.openListeners.turnOn(broker.first.id, { ...asSet, port })
    expect(isControlRefusal(refusal) && refusal).toMatchObject({
      refused: 'conflict',
      message: expect.stringContaining(`Port ${port} is already in use on this machine`),
    })
    expect(broker.tenants.get(broker.first.id)?.openListener).toEqual(before)
    await connectWithoutKey(broker)
    const ownPort = openPortOf(broker, broker.first.id)
    const sameForOther = await broker.openListeners.turnOn(broker.second.id, {
      ...asSet,
      port: ownPort,
    })
    expect(isControlRefusal(sameForOther)).toBe(true)
  })

  it('never takes a port of the program itself, whether or not the system would let it', async () => {
    // Nothing listens there yet: boot opens the console's port after the broker is ready.
    const { port: consolePort, free } = await takenPort()
    await free()
    const broker = await start({ reservedPorts: [consolePort] })
    for (const own of [...broker.ports, consolePort]) {
      const refusal = await broker.openListeners.turnOn(broker.first.id, { ...asSet, port: own })
      expect(refusal).toEqual({
        refused: 'conflict',
        message: `Port ${own} is already in use by Tributary itself: choose another, or 0 for a free one.`,
      })
    }
    expect(broker.tenants.get(broker.first.id)?.openListener?.isOn ?? false).toBe(false)
  })

  it('finds a free port beside those of the program itself', async () => {
    const { from, to } = openListenerPorts
    const reservedPorts = Array.from({ length: to - from + 1 }, (_, i) => from + i)
    const broker = await start({ reservedPorts, first: { openListener: {} } })
    expect(reservedPorts).not.toContain(openPortOf(broker, broker.first.id))
    await connectWithoutKey(broker)
  })

  it('does not keep the broker from starting where its port is taken, and can be tried again', async () => {
    const other = await takenPort()
    const broker = await start({ first: { openListener: { port: other.port } } })
    await broker.connect()
    expect(broker.openListeners.problemOf(broker.first.id)).toBe(
      `Port ${other.port} is already in use on this machine: choose another, or 0 for a free one.`,
    )
    expect(broker.tenants.get(broker.first.id)?.openListener?.isOn).toBe(true)
    await broker.logged(/takes no connections without a key: Port/)
    await other.free()
    await broker.openListeners.turnOn(broker.first.id, asSet)
    expect(openPortOf(broker, broker.first.id)).toBe(other.port)
    await connectWithoutKey(broker)
  })

  it('is as it was after a restart, whatever a preset says by then', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'open-listener-'))
    stops.push(() => rm(dataDir, { recursive: true }))
    const options = { storage: { dataDir }, first: { openListener: { createTopics: true } } }
    const once = await startTestBroker(options)
    const port = openPortOf(once, once.first.id)
    await once.close()

    const again = await startTestBroker(options)
    expect(again.tenants.get(again.first.id)?.openListener).toEqual({
      isOn: true,
      port,
      createTopics: true,
      partitions: 1,
    })
    await connectWithoutKey(again)
    // Who turns it off does not want a preset to turn it on at the next start.
    await again.openListeners.turnOff(again.first.id)
    await again.close()

    const last = await start(options)
    await expect(dialPort(port)).rejects.toThrow(/ECONNREFUSED/)
    expect(last.tenants.get(last.first.id)?.openListener).toMatchObject({ isOn: false, port })
  }, 60_000)

  it('ends with its cluster', async () => {
    const broker = await start({ first: { openListener: {} } })
    const port = openPortOf(broker, broker.first.id)
    const client = await connectWithoutKey(broker)
    await broker.tenants.deleteTenant(broker.first.id)
    await client.closed
    await expect(dialPort(port)).rejects.toThrow(/ECONNREFUSED/)
    const refusal = await broker.openListeners.turnOn(broker.first.id, asSet)
    expect(refusal).toMatchObject({ refused: 'absent' })
  })

  it('counts against the limit on connections, and lets nobody in beyond it', async () => {
    const broker = await start({ first: { openListener: {}, limits: { connections: 1 } } })
    const one = await connectWithoutKey(broker)
    await one.send(Metadata, 9, { topics: null })
    const other = await connectWithoutKey(broker)
    await other.closed
    await broker.logged(/has reached its limit of 1 client connections/)
    await one.send(Metadata, 9, { topics: null })
  })
})
