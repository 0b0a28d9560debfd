import { describe, expect, it } from 'vitest'
import { apis } from '../protocol/apis.ts'
import { createClient } from '../protocol/client.ts'
import { ApiVersions } from '../protocol/messages/api-versions.ts'
import { startTestBroker } from '../testing/test-broker.ts'
import { createApiTable, handlers, signInHandlers } from './table.ts'

const handled = [...handlers, ...signInHandlers].map(({ api }) => api)

async function advertisedBy(maxKafkaVersion?: string) {
  const broker = await startTestBroker(maxKafkaVersion === undefined ? {} : { maxKafkaVersion })
  const client = createClient(await broker.dial())
  const software = { clientSoftwareName: 'test', clientSoftwareVersion: '1' }
  const { apiKeys } = await client.send(ApiVersions, 3, software)
  await broker.close()
  return apiKeys
}

describe('the table of APIs', () => {
  it('handles every API that is declared, once, and no other', () => {
    expect(handled.map(({ key }) => key).sort((a, b) => a - b)).toEqual(
      apis.map(({ key }) => key).sort((a, b) => a - b),
    )
    for (const api of handled) expect(apis).toContain(api)
  })

  it('advertises what is declared, at the socket', async () => {
    const declared = [...apis]
      .sort((a, b) => a.key - b.key)
      .map(({ key, advertise }) => ({
        apiKey: key,
        minVersion: advertise.min,
        maxVersion: advertise.max,
      }))
    expect(await advertisedBy()).toEqual(declared)
  })

  it('begins Produce and JoinGroup at 0, for librdkafka before 2.11', () => {
    const { advertised } = createApiTable(null)
    expect(advertised.find(({ apiKey }) => apiKey === 0)).toMatchObject({ minVersion: 0 })
    expect(advertised.find(({ apiKey }) => apiKey === 11)).toMatchObject({ minVersion: 0 })
  })

  it('is that of an older Kafka where it is capped', async () => {
    const apiKeys = await advertisedBy('2.8')
    const maxOf = (key: number) => apiKeys.find(({ apiKey }) => apiKey === key)?.maxVersion
    expect(maxOf(0)).toBe(9)
    expect(maxOf(1)).toBe(12)
    // DescribeTopicPartitions came with 4.0.
    expect(maxOf(75)).toBeUndefined()
  })
})
