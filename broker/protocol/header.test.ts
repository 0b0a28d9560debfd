import { expect, test } from 'vitest'
import { DecodeError } from './decode-error.ts'
import {
  decodeRequestHeader,
  decodeResponseHeader,
  encodeRequestFrame,
  encodeResponseFrame,
  peekHeader,
} from './header.ts'
import { ApiVersions } from './messages/api-versions.ts'
import { Fetch } from './messages/fetch.ts'
import { Heartbeat } from './messages/heartbeat.ts'

const heartbeat = { groupId: 'g', generationId: 1, memberId: 'm' }

test.each([
  [3, 'before flexible versions'],
  [4, 'in flexible versions'],
])('the header of version %i comes back (%s)', (version) => {
  const header = { correlationId: -7, clientId: 'clïent' }
  const bytes = Buffer.concat(encodeRequestFrame(Heartbeat, version, header, heartbeat))
  expect(bytes.readInt32BE(0)).toBe(bytes.length - 4)
  const frame = bytes.subarray(4)
  expect(peekHeader(frame)).toEqual({ apiKey: 12, apiVersion: version, correlationId: -7 })
  expect(decodeRequestHeader(Heartbeat, version, frame)).toMatchObject(header)
})

test('a missing client id is null', () => {
  const header = { correlationId: 1, clientId: null }
  const bytes = Buffer.concat(encodeRequestFrame(Heartbeat, 4, header, heartbeat))
  expect(decodeRequestHeader(Heartbeat, 4, bytes.subarray(4)).clientId).toBeNull()
})

test('tagged fields of a request header are skipped', () => {
  const tagged = Buffer.from('000c0004000000010001630200016105026262', 'hex')
  const { clientId, bodyOffset } = decodeRequestHeader(Heartbeat, 4, tagged)
  expect([clientId, bodyOffset]).toEqual(['c', tagged.length])
})

test('ApiVersions is answered with the oldest header in every version, others are not', () => {
  const apiVersions = Buffer.concat(
    encodeResponseFrame(ApiVersions, 3, 1, { errorCode: 0, apiKeys: [] }),
  )
  expect(apiVersions.toString('hex')).toBe('0000000c00000001000001000000000000'.slice(0, 32))
  expect(decodeResponseHeader(ApiVersions, 3, apiVersions.subarray(4)).bodyOffset).toBe(4)
  const answer = Buffer.concat(encodeResponseFrame(Heartbeat, 4, 1, { errorCode: 0 }))
  expect(decodeResponseHeader(Heartbeat, 4, answer.subarray(4)).bodyOffset).toBe(5)
})

test('record buffers count in the length of the frame and stay segments', () => {
  const records = [Buffer.alloc(100_000, 1), Buffer.alloc(7, 2)]
  const partition = { partitionIndex: 0, errorCode: 0, highWatermark: 1, records }
  const responses = [{ topic: 't', partitions: [partition] }]
  const segments = encodeResponseFrame(Fetch, 11, 5, { responses })
  expect(segments).toContain(records[0])
  expect(segments).toContain(records[1])
  const frame = Buffer.concat(segments)
  expect(frame.readInt32BE(0)).toBe(frame.length - 4)
})

test.each([
  '',
  '000c',
  '000c0004000000',
  '000c000400000001',
  '000c0004000000017fff',
  '000c000400000001fffe',
])('a header that is cut off or lies is refused: %s', (hex) => {
  expect(() => decodeRequestHeader(Heartbeat, 4, Buffer.from(hex, 'hex'))).toThrow(DecodeError)
})
