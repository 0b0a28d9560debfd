import fc from 'fast-check'
import { expect, test } from 'vitest'
import { limitsOf } from './limits.ts'
import { listElements, topicConfigProblem, topicConfigsProblem } from './topic-config-checks.ts'
import { topicConfigs } from './topic-configs.ts'

const limits = limitsOf('BASIC')
const longest = '9223372036854775807'

test.each([
  // Unreadable values: Kafka's sentences.
  ['foo', '1', 'INVALID_CONFIG', 'Unknown topic config name: foo'],
  ['__proto__', '1', 'INVALID_CONFIG', 'Unknown topic config name: __proto__'],
  [
    'retention.ms',
    'abc',
    'INVALID_CONFIG',
    'Invalid value abc for configuration retention.ms: Not a number of type LONG',
  ],
  [
    'retention.ms',
    '',
    'INVALID_CONFIG',
    'Invalid value  for configuration retention.ms: Not a number of type LONG',
  ],
  [
    'retention.ms',
    '1.5',
    'INVALID_CONFIG',
    'Invalid value 1.5 for configuration retention.ms: Not a number of type LONG',
  ],
  [
    'retention.ms',
    '9223372036854775808',
    'INVALID_CONFIG',
    'Invalid value 9223372036854775808 for configuration retention.ms: Not a number of type LONG',
  ],
  [
    'segment.bytes',
    '2147483648',
    'INVALID_CONFIG',
    'Invalid value 2147483648 for configuration segment.bytes: Not a number of type INT',
  ],
  [
    'retention.ms',
    '-2',
    'INVALID_CONFIG',
    'Invalid value -2 for configuration retention.ms: Value must be at least -1',
  ],
  [
    'max.message.bytes',
    '-1',
    'INVALID_CONFIG',
    'Invalid value -1 for configuration max.message.bytes: Value must be at least 0',
  ],
  [
    'min.compaction.lag.ms',
    '-1',
    'INVALID_CONFIG',
    'Invalid value -1 for configuration min.compaction.lag.ms: Value must be at least 0',
  ],
  [
    'message.timestamp.type',
    'Now',
    'INVALID_CONFIG',
    'Invalid value Now for configuration message.timestamp.type: String must be one of: CreateTime, LogAppendTime',
  ],
  [
    'cleanup.policy',
    ' ',
    'INVALID_CONFIG',
    'Invalid value  for configuration cleanup.policy: It must not be empty; use compact, delete',
  ],
  [
    'cleanup.policy',
    'shred',
    'INVALID_CONFIG',
    'Invalid value shred for configuration cleanup.policy: String must be one of: compact, delete',
  ],
  [
    'preallocate',
    'maybe',
    'INVALID_CONFIG',
    'Invalid value maybe for configuration preallocate: Expected value to be either true or false',
  ],
  [
    'min.cleanable.dirty.ratio',
    'half',
    'INVALID_CONFIG',
    'Invalid value half for configuration min.cleanable.dirty.ratio: Not a number of type DOUBLE',
  ],
  // Values that Kafka takes and the cloud does not: Confluent's sentences.
  [
    'segment.bytes',
    '1',
    'POLICY_VIOLATION',
    "Config property 'segment.bytes' with value '1' exceeded min limit of 52428800.",
  ],
  [
    'segment.bytes',
    '1073741825',
    'POLICY_VIOLATION',
    "Config property 'segment.bytes' with value '1073741825' exceeded max limit of 1073741824.",
  ],
  [
    'segment.ms',
    '14399999',
    'POLICY_VIOLATION',
    "Config property 'segment.ms' with value '14399999' exceeded min limit of 14400000.",
  ],
  [
    'max.message.bytes',
    '8388609',
    'POLICY_VIOLATION',
    "Config property 'max.message.bytes' with value '8388609' exceeded max limit of 8388608.",
  ],
  [
    'delete.retention.ms',
    '60566400001',
    'POLICY_VIOLATION',
    "Config property 'delete.retention.ms' with value '60566400001' exceeded max limit of 60566400000.",
  ],
  [
    'max.compaction.lag.ms',
    '604799999',
    'POLICY_VIOLATION',
    "Config property 'max.compaction.lag.ms' with value '604799999' exceeded min limit of 604800000.",
  ],
  [
    'min.insync.replicas',
    '5',
    'POLICY_VIOLATION',
    "Config property 'min.insync.replicas' with value '5' must be greater or equal to 1 and less than 3, or left empty.",
  ],
  [
    'min.insync.replicas',
    '0',
    'POLICY_VIOLATION',
    "Config property 'min.insync.replicas' with value '0' must be greater or equal to 1 and less than 3, or left empty.",
  ],
  [
    'preallocate',
    'true',
    'POLICY_VIOLATION',
    "Altering config property 'preallocate' is disallowed.",
  ],
  [
    'compression.type',
    'gzip',
    'POLICY_VIOLATION',
    "Altering config property 'compression.type' is disallowed.",
  ],
])('%s=%s is refused', (name, value, code, message) => {
  expect(topicConfigProblem(name, value, limits)).toEqual({ code, message })
})

test.each([
  ['retention.ms', '-1'],
  ['retention.ms', ' 1000 '],
  ['retention.ms', '+5'],
  ['retention.ms', longest],
  ['retention.bytes', '-1'],
  ['segment.bytes', '52428800'],
  ['segment.bytes', '1073741824'],
  ['segment.ms', '14400000'],
  ['max.message.bytes', '0'],
  ['max.message.bytes', '8388608'],
  ['max.compaction.lag.ms', longest],
  ['delete.retention.ms', '60566400000'],
  ['min.insync.replicas', '1'],
  ['min.insync.replicas', '2'],
  ['message.timestamp.type', 'LogAppendTime'],
  ['message.timestamp.after.max.ms', '0'],
  ['cleanup.policy', 'delete'],
  ['cleanup.policy', 'compact'],
  ['cleanup.policy', 'compact, delete'],
  ['cleanup.policy', ' delete '],
])('%s=%s is accepted', (name, value) => {
  expect(topicConfigProblem(name, value, limits)).toBeNull()
})

test('the bound of max.message.bytes is the limit of the cluster', () => {
  const wide = limitsOf('BASIC', { messageBytes: 20_971_520 })
  expect(topicConfigProblem('max.message.bytes', '20971520', wide)).toBeNull()
  expect(topicConfigProblem('max.message.bytes', '20971521', wide)?.message).toContain('20971520')
})

test('a config without a value is refused with the names of all such', () => {
  expect(
    topicConfigsProblem({ 'retention.ms': null, foo: '1', 'segment.ms': null }, limits),
  ).toEqual({
    code: 'INVALID_CONFIG',
    message: 'Null value not supported for topic configs : retention.ms,segment.ms',
  })
})

test('the shortest lag of compaction may not exceed the longest', () => {
  const max = '604800000'
  expect(
    topicConfigsProblem({ 'min.compaction.lag.ms': max, 'max.compaction.lag.ms': max }, limits),
  ).toBeNull()
  expect(
    topicConfigsProblem(
      { 'min.compaction.lag.ms': '604800001', 'max.compaction.lag.ms': max },
      limits,
    ),
  ).toEqual({
    code: 'INVALID_CONFIG',
    message:
      'conflict topic config setting min.compaction.lag.ms (604800001) > max.compaction.lag.ms (604800000)',
  })
})

test('every default passes its own check, editable or not', () => {
  for (const rule of topicConfigs) {
    const problem = topicConfigProblem(rule.name, rule.default, limits)
    if (rule.editable) expect(problem).toBeNull()
    else expect(problem?.code).toBe('POLICY_VIOLATION')
  }
})

test('whatever is given, a check gives a verdict and never throws', () => {
  const name = fc.oneof(fc.constantFrom(...topicConfigs.map((rule) => rule.name)), fc.string())
  fc.assert(
    fc.property(
      fc.dictionary(name, fc.oneof(fc.string(), fc.maxSafeInteger().map(String))),
      (configs) => {
        const problem = topicConfigsProblem(configs, limits)
        expect(problem === null || problem.message.length > 0).toBe(true)
      },
    ),
  )
})

test('a list is split at its commas', () => {
  expect(listElements(' compact , delete')).toEqual(['compact', 'delete'])
  expect(listElements('  ')).toEqual([])
})
