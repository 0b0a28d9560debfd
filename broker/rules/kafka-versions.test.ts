import { expect, test } from 'vitest'
import {
  highestVersionIn,
  kafkaReleases,
  newestRelease,
  parseKafkaRelease,
} from './kafka-versions.ts'

const produce = 0
const fetch = 1
const metadata = 3
const describeTransactions = 65
const consumerGroupHeartbeat = 68
const describeTopicPartitions = 75

test.each([
  ['2.8', produce, 9],
  ['3.6', produce, 9],
  ['3.7', produce, 10],
  ['4.1', produce, 13],
  ['3.0', fetch, 12],
  ['3.1', fetch, 13],
  ['4.1', fetch, 18],
  ['2.8', metadata, 11],
  ['3.9', metadata, 12],
  ['4.0', metadata, 13],
  ['2.8', describeTransactions, null],
  ['3.0', describeTransactions, 0],
  ['3.6', consumerGroupHeartbeat, null],
  ['4.0', consumerGroupHeartbeat, 1],
  ['3.9', describeTopicPartitions, null],
  ['4.0', describeTopicPartitions, 0],
  ['4.1', 9999, null],
] as const)('Kafka %s has API %i up to version %s', (release, apiKey, version) => {
  expect(highestVersionIn(release, apiKey)).toBe(version)
})

test('no release takes back what an older one had', () => {
  for (let apiKey = 0; apiKey < 100; apiKey++) {
    const highest = kafkaReleases.map((release) => highestVersionIn(release, apiKey) ?? -1)
    expect(highest).toEqual([...highest].sort((a, b) => a - b))
  }
})

test.each([
  ['2.8', '2.8'],
  ['3.3.1', '3.3'],
  [' 4.1 ', '4.1'],
  ['2.7', null],
  ['5.0', null],
  ['3', null],
  ['', null],
  ['latest', null],
])('the setting %j means release %s', (text, release) => {
  expect(parseKafkaRelease(text)).toBe(release)
})

test('the newest release is the last of the list', () => {
  expect(kafkaReleases.at(-1)).toBe(newestRelease)
})
