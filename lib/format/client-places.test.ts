import { expect, it } from 'vitest'
import { readEnvironment } from '../boot/environment.ts'
import {
  addressesFrom,
  type ClientTransport,
  ciClusterName,
  ciScript,
  containerStart,
  type Reach,
} from './client-places.ts'

const told = { bootstrap: 'localhost:9092', restUrl: 'http://localhost:3000' }
const onlyHere: Reach = { host: null, advertisedHost: null, tlsNames: [] }

/** As a shell reads it: a line that ends in a backslash goes on. */
const words = (command: string | null) => command?.split(/[\s\\]+/)

it('gives a container the name of the machine that it runs on', () => {
  expect(addressesFrom('container', told)).toEqual({
    bootstrap: 'host.docker.internal:9092',
    restUrl: 'http://host.docker.internal:3000',
  })
  for (const place of ['machine', 'wsl', 'ci'] as const) {
    expect(addressesFrom(place, told)).toEqual(told)
  }
})

it('leaves a name that others know as it is', () => {
  const named = { bootstrap: 'kafka.lan:9092', restUrl: 'http://kafka.lan:3000' }
  expect(addressesFrom('container', named)).toEqual(named)
})

it.each<[ClientTransport, string]>([
  ['SASL_SSL', 'HOST=0.0.0.0 SECURITY_PROTOCOLS=SASL_SSL TLS_NAMES=host.docker.internal npm start'],
  ['SASL_PLAINTEXT', 'HOST=0.0.0.0 ALLOW_PLAINTEXT=1 npm start'],
  [
    'HTTP',
    'HOST=0.0.0.0 SECURITY_PROTOCOLS=SASL_SSL ADVERTISED_HOST=host.docker.internal npm start',
  ],
])('says how to start so that containers reach %s, which is then so', (transport, command) => {
  expect(words(containerStart(onlyHere, transport))).toEqual(command.split(' '))
  // The product takes these settings, and with them there is nothing left to say.
  const variables = command.split(' ').flatMap((word) => {
    const [name = '', value] = word.split('=')
    return value === undefined ? [] : [[name, value]]
  })
  const read = readEnvironment(Object.fromEntries(variables))
  if (!read.ok) throw new Error(read.reason)
  expect(containerStart(read.value, transport)).toBeNull()
})

it('keeps names that the certificate has already', () => {
  const open: Reach = { host: '0.0.0.0', advertisedHost: null, tlsNames: ['kafka.lan'] }
  expect(words(containerStart(open, 'SASL_SSL'))).toEqual([
    'TLS_NAMES=kafka.lan,host.docker.internal',
    'npm',
    'start',
  ])
  expect(containerStart(open, 'SASL_PLAINTEXT')).toBeNull()
})

it('starts a product for CI with a preset that holds key and topic', () => {
  const secret = 'it\'s "$HOME" \\n'
  const script = ciScript({ ...told, protocol: 'SASL_SSL', key: 'KEY', secret, topic: 'orders' })
  const [, json = ''] = /<<'END'\n(.*?)\nEND\n/s.exec(script) ?? []
  expect(JSON.parse(json).environments[0].clusters[0]).toMatchObject({
    name: ciClusterName,
    apiKeys: [{ key: 'KEY', secret }],
    topics: [{ name: 'orders' }],
  })
  expect(script).toContain('export PORT=3000 KAFKA_PORT=9092\n')
  expect(script).toMatch(/cp \.tributary\/tls\/ca\.pem \.\n$/)
})
