import { expect, it } from 'vitest'
import { readServicesEnvironment } from './environment.ts'

const told = {
  DATA_DIR: '/data',
  TRIBUTARY_SERVICES_PORT: '4001',
  TRIBUTARY_CONTROL_TOKEN: '0123456789abcdef',
  TRIBUTARY_CONTROL_URL: 'http://127.0.0.1:4000',
  TRIBUTARY_INTERNAL_KEY: '07'.repeat(32),
  TRIBUTARY_KAFKA_PORTS: '9092,9093,9094',
  TRIBUTARY_SECURITY_PROTOCOLS: 'SASL_SSL',
}

it('reads what boot tells', () => {
  expect(readServicesEnvironment(told)).toEqual({
    ok: true,
    value: {
      dataDir: '/data',
      controlPort: 4001,
      controlToken: '0123456789abcdef',
      brokerControlUrl: 'http://127.0.0.1:4000',
      internalKey: Buffer.alloc(32, 7),
      kafkaPorts: [9092, 9093, 9094],
      securityProtocols: ['SASL_SSL'],
    },
  })
})

it.each(Object.keys(told).filter((name) => name !== 'TRIBUTARY_SERVICES_PORT'))(
  'says that it cannot do without %s',
  (name) => {
    const read = readServicesEnvironment({ ...told, [name]: undefined })
    expect(read).toMatchObject({ ok: false, reason: expect.stringContaining(name) })
  },
)
