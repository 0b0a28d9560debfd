import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readEnvironment, variableNames } from './environment.ts'

function reasonOf(source: Record<string, string>): string {
  const read = readEnvironment(source)
  return read.ok ? 'accepted' : read.reason
}

describe('the environment', () => {
  it('has a default for every variable', () => {
    const read = readEnvironment({ PORT: '', HOST: '' })
    expect(read).toEqual({
      ok: true,
      value: {
        port: 3000,
        kafkaPort: 9092,
        brokers: 3,
        host: null,
        advertisedHost: null,
        dataDir: resolve('.tributary'),
        preset: { kind: 'default', path: resolve('tributary.json') },
        synchronous: 'NORMAL',
        maxKafkaVersion: null,
        securityProtocols: ['SASL_PLAINTEXT', 'SASL_SSL'],
        tlsNames: [],
        signUpOpen: true,
      },
    })
  })

  it('is described in the README, variable by variable', () => {
    const section = readFileSync('README.md', 'utf8').split('\n## Configuration\n')[1] ?? ''
    const described = [...section.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1])
    expect(described.sort()).toEqual([...variableNames].sort())
  })

  it('keeps a preset out where its variable is set to nothing', () => {
    const read = readEnvironment({ TRIBUTARY_PRESET: '' })
    expect(read.ok && read.value.preset).toEqual({ kind: 'none' })
  })

  it.each([
    ['PORT', '65536'],
    ['PORT', '3e3'],
    ['KAFKA_PORT', '-1'],
    ['KAFKA_PORT', '65534'],
    ['BROKERS', '4'],
    ['HOST', 'example.com'],
    ['ADVERTISED_HOST', 'kafka.example.com:9092'],
    ['SYNCHRONOUS', 'OFF'],
    ['MAX_KAFKA_VERSION', '2'],
    ['SECURITY_PROTOCOLS', 'PLAINTEXT'],
    ['TLS_NAMES', 'kafka.lan:9092'],
    ['ALLOW_PLAINTEXT', 'yes'],
  ])('names %s when it is %s', (name, value) => {
    expect(reasonOf({ [name]: value })).toMatch(
      new RegExp(`^${name}=${value} cannot be used: set it`),
    )
  })

  it('wants plaintext beyond loopback to be accepted in so many words', () => {
    expect(reasonOf({ HOST: '0.0.0.0' })).toContain('ALLOW_PLAINTEXT=1')
    expect(reasonOf({ HOST: '0.0.0.0', ALLOW_PLAINTEXT: '0' })).toContain('ALLOW_PLAINTEXT=1')
    expect(reasonOf({ HOST: '0.0.0.0', SECURITY_PROTOCOLS: 'SASL_SSL' })).toBe('accepted')
    expect(reasonOf({ HOST: '127.0.0.2' })).toBe('accepted')
    expect(reasonOf({ HOST: '::1' })).toBe('accepted')
  })

  it('takes localhost for both loopback addresses', () => {
    const read = readEnvironment({ HOST: 'localhost' })
    expect(read.ok && read.value.host).toBe(null)
  })

  it('closes sign-up beyond loopback until it is opened', () => {
    const closed = readEnvironment({ HOST: '192.0.2.1', ALLOW_PLAINTEXT: '1' })
    const open = readEnvironment({ HOST: '192.0.2.1', ALLOW_PLAINTEXT: '1', ALLOW_SIGN_UP: '1' })
    expect(closed.ok && closed.value.signUpOpen).toBe(false)
    expect(open.ok && open.value.signUpOpen).toBe(true)
  })
})
