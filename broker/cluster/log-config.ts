import type { LogConfig } from '../log/log-config.ts'
import { listElements } from '../rules/topic-config-checks.ts'
import { effectiveTopicConfig, type TopicConfigName } from '../rules/topic-configs.ts'

/**
 * Parses what the logs of a topic obey out of its overrides and the defaults. Values were checked
 * before they were stored. Beyond 2^53 they stand for "without bound", and rounding keeps that.
 */
export function logConfigOf(overrides: Readonly<Record<string, string>>): LogConfig {
  const difference = effectiveTopicConfig(overrides, 'message.timestamp.difference.max.ms')
  const policy = listElements(effectiveTopicConfig(overrides, 'cleanup.policy'))
  const number = (name: TopicConfigName) => Number(effectiveTopicConfig(overrides, name))
  return {
    maxMessageBytes: number('max.message.bytes'),
    isDeleted: policy.includes('delete'),
    isCompacted: policy.includes('compact'),
    retentionMs: number('retention.ms'),
    retentionBytes: number('retention.bytes'),
    segmentBytes: number('segment.bytes'),
    segmentMs: number('segment.ms'),
    minCleanableRatio: number('min.cleanable.dirty.ratio'),
    minCompactionLagMs: number('min.compaction.lag.ms'),
    maxCompactionLagMs: number('max.compaction.lag.ms'),
    deleteRetentionMs: number('delete.retention.ms'),
    timestampType:
      effectiveTopicConfig(overrides, 'message.timestamp.type') === 'LogAppendTime'
        ? 'LogAppendTime'
        : 'CreateTime',
    // KIP-937: where only the older config for both directions is set, it holds for both.
    timestampBeforeMaxMs: Number(overrides['message.timestamp.before.max.ms'] ?? difference),
    timestampAfterMaxMs: Number(overrides['message.timestamp.after.max.ms'] ?? difference),
  }
}
