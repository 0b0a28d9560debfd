import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type JavaEvent, type JavaHost, type RunningProgram, startHost } from '../jvm/java-host.ts'
import { type JavaProduct, startJavaProduct } from '../jvm/java-product.ts'
import { javaRows } from '../jvm/java-rows.ts'
import { quick } from '../quick.ts'

/** Consumer groups of Java clients: assignors that move no more than they must, and static members. */
const rows = javaRows('kafka-clients')
const partitions = 4

let product: JavaProduct

beforeAll(async () => {
  if (!quick && rows.some(({ jars }) => jars !== null)) product = await startJavaProduct('groups')
})
afterAll(() => product?.stop())

describe.skipIf(quick).each(rows)('groups of $title', ({ version, jars }) => {
  const hosts: JavaHost[] = []

  function open(): JavaHost {
    const host = startHost(jars ?? '')
    hosts.push(host)
    return host
  }
  afterAll(() => Promise.all(hosts.map((host) => host.kill())))

  /** A topic, and what every member of the group of that name is told. */
  async function group(name: string, properties: Readonly<Record<string, string>> = {}) {
    const options = {
      properties: product.properties.plaintext,
      topic: `${name}-${version}`,
      group: `${name}-${version}`,
      partitions,
    }
    const host = open()
    await host.run('Administer', { ...options, ask: 'createTopic' })
    // Members learn of a rebalance by a heartbeat.
    const common = { 'heartbeat.interval.ms': '300', ...properties }
    const join = (on: JavaHost, own: Readonly<Record<string, string>> = {}) =>
      on.start('Member', { ...options, with: { ...common, ...own } })
    const ask = async (what: string, more: object = {}) => {
      const [answer] = await host.run('Administer', { ...options, ask: what, ...more })
      return answer?.value
    }
    const write = (values: readonly string[]) => host.run('ProduceText', { ...options, values })
    return { host, join, ask, write }
  }

  it.skipIf(jars === null)('moves no more than it must with the cooperative assignor', async () => {
    const cooperative = 'org.apache.kafka.clients.consumer.CooperativeStickyAssignor'
    const { host, join, ask, write } = await group('cooperative', {
      'partition.assignment.strategy': cooperative,
    })
    const first = join(host)
    await owns(first, 4)
    const second = join(host)
    await owns(second, 2)
    await owns(first, 2)
    // Two rounds: what moves is given back in the first, and nobody pauses for what stays.
    const moved = first.told('revoked').flatMap(numbersOf)
    expect(moved).toHaveLength(2)
    expect(latest(second)).toEqual(moved)
    expect([...latest(first), ...moved].sort()).toEqual([0, 1, 2, 3])
    expect(first.told('lost')).toEqual([])
    expect(await ask('describeGroup')).toMatchObject({ assignor: 'cooperative-sticky' })

    const values = Array.from({ length: 40 }, (_, index) => `v${index}`)
    await write(values)
    await first.until(() => read([first, second]).length === values.length, 'every value')
    expect(read([first, second])).toEqual([...values].sort())
    await second.stop()
    await owns(first, 4)
    expect(first.told('revoked').flatMap(numbersOf)).toEqual(moved)
    await first.stop()
  })

  it.skipIf(jars === null)('gives a static member back what it had', async () => {
    const { join, ask, write } = await group('static', { 'session.timeout.ms': '60000' })
    const [dying, staying] = [open(), open()]
    const mortal = join(dying, { 'group.instance.id': 'mortal' })
    await owns(mortal, 4)
    const stable = join(staying, { 'group.instance.id': 'stable' })
    await owns(stable, 2)
    await owns(mortal, 2)
    const before = { mortal: latest(mortal), stable: stable.events.length }
    const generation = generationOf(mortal)
    await dying.kill()

    // It comes back long before its session is over: nobody else is even asked (KIP-345).
    const reborn = open()
    const again = join(reborn, { 'group.instance.id': 'mortal' })
    await owns(again, 2)
    expect(latest(again)).toEqual(before.mortal)
    expect(generationOf(again)).toBe(generation)
    expect(stable.events).toHaveLength(before.stable)
    const members = [{ instanceId: 'mortal' }, { instanceId: 'stable' }]
    const described = await ask('describeGroup')
    expect(described).toMatchObject({ state: 'Stable' })
    expect(described).toHaveProperty('members', expect.arrayContaining(members.map(containing)))

    const values = Array.from({ length: 40 }, (_, index) => `v${index}`)
    await write(values)
    await again.until(() => read([again]).length === 20, 'its half of the values')
    await stable.until(() => read([stable]).length === 20, 'its half of the values')
    expect(read([again, stable])).toEqual([...values].sort())

    // A second one of the same name takes its place, and it is told so.
    const rival = join(reborn, { 'group.instance.id': 'mortal' })
    await owns(rival, 2)
    await expect(again.ended()).rejects.toThrow('FencedInstanceIdException')

    // One that closes stays a member: it has to be removed.
    await stable.stop()
    expect(await ask('describeGroup')).toHaveProperty('members.length', 2)
    await ask('removeStaticMember', { instanceId: 'stable' })
    await owns(rival, 4)
    await rival.stop()
  })
})

const containing = (fields: object) => expect.objectContaining(fields)

function owns(member: RunningProgram, count: number): Promise<void> {
  return member.until(() => latest(member).length === count, `${count} partitions`)
}

/** What a member owned after what it told last, or nothing before it was assigned anything. */
function latest(member: RunningProgram): readonly number[] {
  const owned = new Set<number>()
  for (const event of member.events) {
    if (event.event === 'assigned') for (const each of numbersOf(event)) owned.add(each)
    if (event.event === 'revoked') for (const each of numbersOf(event)) owned.delete(each)
  }
  return [...owned].sort()
}

function numbersOf(event: JavaEvent): number[] {
  return Array.isArray(event.partitions) ? event.partitions.map(Number) : []
}

function generationOf(member: RunningProgram): unknown {
  return member.told('assigned').at(-1)?.generation
}

function read(members: readonly RunningProgram[]): readonly string[] {
  return members.flatMap((member) => member.told('record').map(({ value }) => String(value))).sort()
}
