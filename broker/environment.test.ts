import { describe, expect, it } from 'vitest'
import { readEnvironment } from './environment.ts'

function read(variables: Record<string, string>) {
  const result = readEnvironment(variables)
  if (!result.ok) throw new Error(result.reason)
  return result.environment
}

function reasonFor(variables: Record<string, string>): string {
  const result = readEnvironment(variables)
  return result.ok ? '' : result.reason
}

describe("the broker's environment", () => {
  it('has a default for everything', () => {
    expect(read({})).toMatchObject({
      host: null,
      ports: [9092, 9093, 9094],
      synchronous: 'NORMAL',
      maxKafkaVersion: null,
      controlPort: 0,
      preset: { kind: 'default' },
    })
  })

  it('takes consecutive ports, free ones, or a list that wins', () => {
    expect(read({ KAFKA_PORT: '19092', BROKERS: '2' }).ports).toEqual([19092, 19093])
    expect(read({ KAFKA_PORT: '0' }).ports).toEqual([0, 0, 0])
    expect(read({ KAFKA_PORTS: '5,7', KAFKA_PORT: '1' }).ports).toEqual([5, 7])
  })

  it('tells an empty preset from none named', () => {
    expect(read({ TRIBUTARY_PRESET: '' }).preset).toEqual({ kind: 'none' })
    expect(read({ TRIBUTARY_PRESET: '/p.json' }).preset).toEqual({ kind: 'named', path: '/p.json' })
  })

  it('refuses in a sentence that names the variable', () => {
    const wrong = {
      KAFKA_PORT: '90921',
      KAFKA_PORTS: '1,2,3,4',
      BROKERS: '4',
      SYNCHRONOUS: 'OFF',
      MAX_KAFKA_VERSION: '1.0',
      TRIBUTARY_INTERNAL_KEY: 'short',
      TRIBUTARY_CONTROL_PORT: 'x',
      SECURITY_PROTOCOLS: 'SASL_SSL',
    }
    for (const [name, value] of Object.entries(wrong)) {
      expect(reasonFor({ [name]: value })).toMatch(name)
    }
    expect(reasonFor({ KAFKA_PORT: '65534' })).toMatch('KAFKA_PORT')
  })

  it('sends keys in clear text beyond loopback only where that is allowed', () => {
    expect(reasonFor({ HOST: '0.0.0.0' })).toMatch('ALLOW_PLAINTEXT=1')
    expect(read({ HOST: '0.0.0.0', ALLOW_PLAINTEXT: '1' }).host).toBe('0.0.0.0')
    expect(read({ HOST: '127.0.0.1' }).host).toBe('127.0.0.1')
    expect(read({ HOST: 'localhost' }).host).toBeNull()
  })
})
