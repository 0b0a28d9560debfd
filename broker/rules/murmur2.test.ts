import { expect, test } from 'vitest'
import { murmur2, murmur2Partition } from './murmur2.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

// Values of Apache Kafka's own UtilsTest.testMurmur2 and of the course's taxi zones.
test.each([
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
])('the hash of %s is that of Java', (key, hash) => {
  expect(murmur2(bytes(key))).toBe(hash)
})

test.each([
  ['186', 0],
  ['74', 0],
  ['1', 1],
  ['2', 0],
  ['263', 1],
])('key %s goes to partition %i of 2', (key, partition) => {
  expect(murmur2Partition(bytes(key), 2)).toBe(partition)
})

test('a key that is a view into a larger buffer hashes as its own bytes', () => {
  const buffer = bytes('xxfoobarxx')
  expect(murmur2(buffer.subarray(2, 8))).toBe(-790332482)
})
