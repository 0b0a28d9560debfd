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
      securityProtocols: ['SASL_PLAINTEXT', 'SASL_SSL'],
      tlsNames: [],
      controlPort: 0,
      upkeepTimes: 1,
      preset: { kind: 'default' },
    })
  })

  it('takes consecutive ports, free ones, or a list that wins', () => {
    expect(read({ KAFKA_PORT: '19092', BROKERS: '2' }).ports).toEqual([19092, 19093])
    expect(read({ KAFKA_PORT: '0' }).ports).toEqual([0, 0, 0])
    expect(read({ KAFKA_PORTS: '5,7', KAFKA_PORT: '1' }).ports).toEqual([5, 7])
  })

  it('knows the port of the console, unless that takes a free one', () => {
    expect(read({ TRIBUTARY_CONSOLE_PORT: '3000' }).consolePort).toBe(3000)
    expect(read({ TRIBUTARY_CONSOLE_PORT: '0' }).consolePort).toBeNull()
    expect(read({}).consolePort).toBeNull()
  })

  it('tells an empty preset from none named', () => {
    expect(read({ TRIBUTARY_PRESET: '' }).preset).toEqual({ kind: 'none' })
    expect(read({ TRIBUTARY_PRESET: '/p.json' }).preset).toEqual({ kind: 'named', path: '/p.json' })
  })

  it('takes names and addresses for the certificate', () => {
    const names = 'Kafka.lan, *.example.com,192.0.2.1, 2001:db8::1,'
    expect(read({ TLS_NAMES: names }).tlsNames).toEqual([
      'kafka.lan',
      '*.example.com',
      '192.0.2.1',
      '2001:db8::1',
    ])
    for (const wrong of ['a b', 'kafka.lan:9092', '-a', 'a.*', '1:2', 'x/y']) {
      expect(reasonFor({ TLS_NAMES: wrong }), wrong).toMatch(`TLS_NAMES=${wrong}`)
    }
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
      TRIBUTARY_UPKEEP_TIMES: '0',
      SECURITY_PROTOCOLS: 'SASL_SSL,PLAINTEXT',
      TLS_NAMES: 'https://kafka.lan',
    }
    for (const [name, value] of Object.entries(wrong)) {
      expect(reasonFor({ [name]: value })).toMatch(name)
    }
    expect(reasonFor({ KAFKA_PORT: '65534' })).toMatch('KAFKA_PORT')
  })

  it('sends keys in clear text beyond loopback only where that is allowed', () => {
    expect(reasonFor({ HOST: '0.0.0.0' })).toMatch('ALLOW_PLAINTEXT=1')
    expect(read({ HOST: '0.0.0.0', ALLOW_PLAINTEXT: '1' }).host).toBe('0.0.0.0')
    expect(reasonFor({ HOST: '0.0.0.0' })).toMatch('SECURITY_PROTOCOLS=SASL_SSL')
    expect(read({ HOST: '0.0.0.0', SECURITY_PROTOCOLS: 'SASL_SSL' }).host).toBe('0.0.0.0')
    expect(read({ HOST: '127.0.0.1' }).host).toBe('127.0.0.1')
    expect(read({ HOST: 'localhost' }).host).toBeNull()
  })
})
