import { expect, test } from 'vitest'
import { effectiveTopicConfig, topicConfigEntries, topicConfigs } from './topic-configs.ts'

test('the table is in the order of names and says what each config means', () => {
  const names = topicConfigs.map((rule) => rule.name)
  expect(names).toEqual([...names].sort())
  for (const rule of topicConfigs) expect(rule.documentation).toMatch(/\.$/)
})

test('exactly what Confluent Cloud lets a user set may be set', () => {
  expect(topicConfigs.filter((rule) => rule.editable).map((rule) => rule.name)).toEqual([
    'cleanup.policy',
    'delete.retention.ms',
    'max.compaction.lag.ms',
    'max.message.bytes',
    'message.timestamp.after.max.ms',
    'message.timestamp.before.max.ms',
    'message.timestamp.difference.max.ms',
    'message.timestamp.type',
    'min.compaction.lag.ms',
    'min.insync.replicas',
    'retention.bytes',
    'retention.ms',
    'segment.bytes',
    'segment.ms',
  ])
})

test('a config that nobody set has the default and says whose it is', () => {
  const entries = new Map(topicConfigEntries({}).map((entry) => [entry.rule.name, entry]))
  expect(entries.get('retention.ms')).toMatchObject({
    value: '604800000',
    source: 'DEFAULT_CONFIG',
    synonyms: [{ name: 'log.retention.ms', value: '604800000', source: 'DEFAULT_CONFIG' }],
  })
  expect(entries.get('max.message.bytes')).toMatchObject({
    value: '2097164',
    source: 'STATIC_BROKER_CONFIG',
    synonyms: [
      { name: 'message.max.bytes', value: '2097164', source: 'STATIC_BROKER_CONFIG' },
      { name: 'message.max.bytes', value: '1048588', source: 'DEFAULT_CONFIG' },
    ],
  })
  expect(entries.get('leader.replication.throttled.replicas')).toMatchObject({
    value: '',
    source: 'DEFAULT_CONFIG',
    synonyms: [],
  })
})

test('a config that was set holds, before what would hold instead', () => {
  const overrides = { 'segment.bytes': '52428800' }
  const entry = topicConfigEntries(overrides).find(({ rule }) => rule.name === 'segment.bytes')
  expect(entry).toMatchObject({
    value: '52428800',
    source: 'DYNAMIC_TOPIC_CONFIG',
    synonyms: [
      { name: 'segment.bytes', value: '52428800', source: 'DYNAMIC_TOPIC_CONFIG' },
      { name: 'log.segment.bytes', value: '104857600', source: 'STATIC_BROKER_CONFIG' },
      { name: 'log.segment.bytes', value: '1073741824', source: 'DEFAULT_CONFIG' },
    ],
  })
  expect(effectiveTopicConfig(overrides, 'segment.bytes')).toBe('52428800')
  expect(effectiveTopicConfig(overrides, 'segment.ms')).toBe('604800000')
})
