/**
 * Bytes that other implementations made, in `golden/`: our codec on both sides would hide a
 * mistake that both sides share.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { apis } from './apis.ts'
import { decodeMessage, encodeMessage } from './codec.ts'
import { decodeRequestHeader } from './header.ts'
import { defaultValue } from './layout.ts'
import { ConsumerProtocolAssignment } from './messages/consumer-protocol-assignment.ts'
import { ConsumerProtocolSubscription } from './messages/consumer-protocol-subscription.ts'
import { checkBatch, readBatchHeader } from './record-batch.ts'
import { decodeRecords } from './records.ts'
import type { Field, Fields, Message } from './schema.ts'

const messages: ReadonlyMap<string, Message> = new Map(
  [
    ...apis.flatMap((api) => [api.request, api.response]),
    ConsumerProtocolSubscription,
    ConsumerProtocolAssignment,
  ].map((message) => [message.name, message]),
)

const cases = [
  'kafka-clients-4.1.0.bodies.txt',
  'platformatic-kafka-1.35.0.bodies.txt',
  'kafkajs-2.2.4.frames.txt',
  'librdkafka-2.0.2.frames.txt',
].flatMap((file) =>
  readLines(file).map((line) => {
    const [name = '', version, hex = '', ...json] = line.split(' ')
    const value: unknown = JSON.parse(json.join(' '))
    return { file, name, version: Number(version), bytes: Buffer.from(hex, 'hex'), value }
  }),
)

describe.each(cases)('$name v$version in $file', ({ file, name, version, bytes, value }) => {
  const message = messages.get(name)
  if (message === undefined) {
    throw new Error(`${name} is not declared`)
  }
  const at = file.endsWith('.frames.txt') ? bodyOffset(name, version, bytes) : 0
  const expected = complete(message.fields, value)

  test('is decoded as its value', () => {
    expect(decodeMessage(message, version, bytes, at)).toEqual(expected)
  })

  test('is what we make of its value', () => {
    // The value follows the declaration, which the type cannot know.
    const segments = encodeMessage(message, version, expected as Record<string, never>)
    expect(Buffer.concat(segments).toString('hex')).toBe(bytes.subarray(at).toString('hex'))
  })
})

test('every message is there as Apache Kafka writes it, in its oldest and its newest version', () => {
  const apache = cases.filter(({ file }) => file.startsWith('kafka-clients'))
  const seen = new Set(apache.map(({ name, version }) => `${name} ${version}`))
  const wanted = [...messages.values()].flatMap(({ name, versions }) => [
    `${name} ${versions.min}`,
    `${name} ${versions.max}`,
  ])
  expect(wanted.filter((one) => !seen.has(one))).toEqual([])
})

const batches = readLines('batches.txt').map((line) => {
  const [origin = '', compression = '', hex = ''] = line.split(' ')
  return { origin, compression, bytes: Buffer.from(hex, 'hex') }
})

const T = 1_763_629_923_000
const threeRecords = [
  { offset: 0, timestampMs: T, key: '186', value: 'first', headers: { h: 'x', hh: 'y' } },
  { offset: 1, timestampMs: T + 5, key: null, value: 'second', headers: {} },
  { offset: 2, timestampMs: T + 1, key: 'gone', value: null, headers: {} },
]

describe.each(batches.filter(({ compression }) => compression !== 'control'))(
  'the batch of $origin, compression $compression',
  ({ origin, compression, bytes }) => {
    const header = checkBatch(bytes)
    if ('error' in header) {
      throw new Error(header.message)
    }

    test('passes the checks and holds its records', async () => {
      expect(header.compression).toBe(compression)
      const decoded = (await decodeRecords(bytes, header)).map(asText)
      if (/^(librdkafka|kafka-python)/.test(origin)) {
        // kcat took the time itself.
        const timeless = decoded.map(({ timestampMs: _time, ...record }) => record)
        const headers = { h: 'x', hh: 'y' }
        expect(timeless).toEqual([
          { offset: 0, key: '186', value: 'first', headers },
          { offset: 1, key: '187', value: Array(6).fill('second').join(' '), headers },
          { offset: 2, key: '188', value: 'third', headers },
        ])
      } else {
        expect(decoded).toEqual(threeRecords)
      }
    })
  },
)

test('a transaction marker is a control batch, which clients may not send', () => {
  const marker = batches.find(({ compression }) => compression === 'control')?.bytes
  expect(readBatchHeader(marker ?? Buffer.alloc(0))).toMatchObject({
    isControl: true,
    isTransactional: true,
    baseOffset: 5,
    producerId: 4001,
    recordCount: 1,
  })
  expect(checkBatch(marker ?? Buffer.alloc(0))).toMatchObject({ error: 'INVALID_RECORD' })
})

function readLines(file: string): string[] {
  const text = readFileSync(join(import.meta.dirname, 'golden', file), 'utf8')
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
}

function bodyOffset(name: string, version: number, frame: Buffer): number {
  const api = apis.find(({ request }) => request.name === name)
  if (api === undefined) {
    throw new Error(`${name} is no request`)
  }
  const header = decodeRequestHeader(api, version, frame)
  expect(header).toMatchObject({ apiKey: api.key, apiVersion: version })
  expect(['kafkajs-client', 'rdkafka']).toContain(header.clientId)
  return header.bodyOffset
}

/** A value as decoding gives it: defaults for what is not there, buffers for bytes. */
function complete(fields: Fields, value: unknown): unknown {
  const given = new Map(Object.entries(value ?? {}))
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      given.has(name) ? completeField(field, given.get(name)) : defaultValue(field),
    ]),
  )
}

function completeField(field: Field, value: unknown): unknown {
  if (value === null) {
    return null
  }
  if (Array.isArray(value)) {
    return value.map((item) => (field.element ? completeField(field.element, item) : item))
  }
  if (field.kind === 'struct') {
    return complete(field.fields ?? {}, value)
  }
  if (field.kind === 'bytes' || field.kind === 'records') {
    const [hex] = Object.values(value ?? {})
    const bytes = Buffer.from(String(hex), 'hex')
    return field.kind === 'bytes' ? bytes : bytes.length === 0 ? [] : [bytes]
  }
  return value
}

function asText(record: Awaited<ReturnType<typeof decodeRecords>>[number]) {
  const text = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString())
  return {
    ...record,
    key: text(record.key),
    value: text(record.value),
    headers: Object.fromEntries(record.headers.map(({ key, value }) => [key, text(value)])),
  }
}
