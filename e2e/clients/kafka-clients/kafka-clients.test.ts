import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { murmur2Partition } from '../../../broker/rules/murmur2.ts'
import { followTopics } from '../jvm/followed-topics.ts'
import { type JavaHost, startHost } from '../jvm/java-host.ts'
import { type JavaProduct, startJavaProduct } from '../jvm/java-product.ts'
import { javaRows } from '../jvm/java-rows.ts'
import { quick } from '../quick.ts'
import { keyOf, rideLines, rideOf } from './rides.ts'

/**
 * Java producers and consumers as a course writes them: by SASL_SSL with nothing but a key, and with
 * the JVM told where to find the authority that it is to trust.
 */
const rows = javaRows('kafka-clients')
const rideCount = quick ? 20 : 100
const codecs = ['gzip', 'snappy', 'lz4', 'zstd']

let product: JavaProduct

beforeAll(async () => {
  if (rows.some(({ jars }) => jars !== null)) product = await startJavaProduct('java')
})
afterAll(() => product?.stop())

describe.each(rows)('$title', ({ version, jars }) => {
  const hosts: JavaHost[] = []
  const topic = `rides-${version}`
  const both = [`${topic}-0`, `${topic}-1`]

  function open(flags = product.trust): JavaHost {
    const host = startHost(jars ?? '', flags)
    hosts.push(host)
    return host
  }
  const createTopic = (host: JavaHost, name: string, partitions: number) =>
    host.run('Administer', {
      properties: product.properties.tls,
      ask: 'createTopic',
      topic: name,
      partitions,
    })

  afterAll(() => Promise.all(hosts.map((host) => host.kill())))

  it.skipIf(jars === null)(
    'writes rides as JSON one by one and reads them in a group',
    async () => {
      const properties = product.properties.tls
      const host = open()
      await createTopic(host, topic, 2)
      const lines = rideLines(rideCount)
      const pauseMs = quick ? 0 : 20
      const told = await host.run('ProduceRides', { properties, topic, lines, pauseMs })
      const next = [0, 0]
      const landed = lines.map((line) => {
        const key = keyOf(line)
        const partition = murmur2Partition(Buffer.from(key), 2)
        const offset = next[partition] ?? 0
        next[partition] = offset + 1
        return { key, partition, offset }
      })
      expect(told).toEqual(landed.map((each) => ({ event: 'sent', ...each })))

      const stored = await followTopics(product.key, [topic])
      await stored.until(
        () => stored.of(topic).length === rideCount,
        () => `${stored.of(topic).length} of ${rideCount} rides stored`,
      )
      await stored.close()
      const rides = lines.map((line, at) => ({ ...landed[at], value: rideOf(line) }))
      const parsed = stored
        .of(topic)
        .map((each) => ({ ...each, value: JSON.parse(String(each.value)) }))
      expect(parsed.sort(byPlace)).toEqual([...rides].sort(byPlace))

      const group = `readers-${version}`
      const read = await host.run('ConsumeRides', { properties, topic, group, count: rideCount })
      const expected = rides.map((ride) => ({ event: 'ride', ...ride }))
      expect([...read].sort(byPlace)).toEqual(expected.sort(byPlace))
    },
  )

  it.skipIf(jars === null || quick)(
    'that ends without closing is a member until its session times out',
    async () => {
      const group = `abandoned-${version}`
      const options = {
        properties: product.properties.tls,
        with: { 'session.timeout.ms': '10000', 'auto.commit.interval.ms': '100' },
        topic,
        group,
      }
      const [host, other] = [open(), open()]
      const describeGroup = () => other.run('Administer', { ...options, ask: 'describeGroup' })
      await host.run('ConsumeRides', { ...options, count: rideCount })
      // Asked before, so that no JVM has to be waited for when time counts.
      await describeGroup()
      await host.exit()
      const [described] = await describeGroup()
      expect(described?.value).toMatchObject({ state: 'Stable', members: [{ partitions: both }] })

      // Only now is it missed: what it had goes to who is there, from where it had committed.
      const heir = other.start('Member', options)
      await heir.until(
        () => String(heir.told('assigned').at(-1)?.owned) === '0,1',
        'two partitions',
      )
      const [line = ''] = rideLines(1)
      await other.run('ProduceRides', { properties: options.properties, topic, lines: [line] })
      await heir.until(() => heir.told('record').length > 0, 'a ride')
      expect(heir.told('record').map(({ value }) => JSON.parse(String(value)))).toEqual([
        rideOf(line),
      ])
      await heir.stop()
    },
  )

  it.skipIf(jars === null || quick).each(codecs)('writes and reads %s', async (codec) => {
    const properties = product.properties.plaintext
    const [host = open()] = hosts
    const name = `${codec}-${version}`
    await createTopic(host, name, 2)
    const values = Array.from({ length: 500 }, (_, index) => `${codec} ${index % 7} ${index}`)
    const packed = { 'compression.type': codec, 'linger.ms': '50' }
    await host.run('ProduceText', { properties, with: packed, topic: name, partitions: 2, values })
    const member = host.start('Member', { properties, topic: name, group: name })
    await member.until(() => member.told('record').length >= values.length, 'every value')
    await member.stop()
    expect(
      member
        .told('record')
        .map(({ value }) => String(value))
        .sort(),
    ).toEqual([...values].sort())
  })

  it.skipIf(jars === null || quick)('says in words what cannot be had', async () => {
    const properties = product.properties.tls
    const untrusting = open([])
    const ask = { properties, ask: 'describeCluster' }
    await expect(untrusting.run('Administer', ask)).rejects.toThrow('SslAuthenticationException')
    const write = { topic, partitions: 2, values: ['never'] }
    const [host = open()] = hosts
    const transactional = { 'transactional.id': 'mine' }
    await expect(
      host.run('ProduceText', { properties, with: transactional, ...write }),
    ).rejects.toThrow('TransactionalIdAuthorizationException')
    const impatient = { 'max.block.ms': '1000' }
    await expect(
      host.run('ProduceText', { properties, with: impatient, ...write, topic: 'absent' }),
    ).rejects.toThrow('Topic absent not present in metadata')
  })
})

/** Orders what comes from several partitions, each in an order of its own. */
function byPlace(one: Placed, other: Placed): number {
  return (
    Number(one.partition) - Number(other.partition) || Number(one.offset) - Number(other.offset)
  )
}

type Placed = { readonly [field: string]: unknown }
