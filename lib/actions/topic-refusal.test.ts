import { expect, test } from 'vitest'
import { KafkaFailure } from '../kafka/failure.ts'
import { topicRefusal } from './topic-refusal.ts'

test.each([
  ['TOPIC_ALREADY_EXISTS', "Topic 'rides' already exists.", 'name'],
  ['INVALID_PARTITIONS', 'Number of partitions must be larger than 0.', 'partitions'],
  [
    'POLICY_VIOLATION',
    'You may not create more than 5 new partitions. Currently, there are 3.',
    'partitions',
  ],
  [
    'POLICY_VIOLATION',
    "Config property 'segment.ms' with value '1' exceeded min limit of 14400000.",
    'segment.ms',
  ],
  [
    'INVALID_CONFIG',
    'Invalid value x for configuration max.compaction.lag.ms: Not a number of type LONG',
    'max.compaction.lag.ms',
  ],
])('%s “%s” stands at %s', (code, message, field) => {
  expect(topicRefusal(new KafkaFailure(code, message)).error).toEqual({
    code,
    message,
    fields: { [field]: message },
  })
})

test('what belongs to no field stands above the form', () => {
  const failure = new KafkaFailure('BROKER_UNREACHABLE', 'The broker does not answer.')
  expect(topicRefusal(failure).error.fields).toBeUndefined()
})

test('what has nothing to do with Kafka is thrown on', () => {
  expect(() => topicRefusal(new TypeError('x'))).toThrow(TypeError)
})
