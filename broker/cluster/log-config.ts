import type { LogConfig } from '../log/log-config.ts'
import { effectiveTopicConfig } from '../rules/topic-configs.ts'

/**
 * Parses what the logs of a topic obey out of its overrides and the defaults. Values were checked
 * before they were stored. Beyond 2^53 they stand for "without bound", and rounding keeps that.
 */
export function logConfigOf(overrides: Readonly<Record<string, string>>): LogConfig {
  const difference = effectiveTopicConfig(overrides, 'message.timestamp.difference.max.ms')
  return {
    maxMessageBytes: Number(effectiveTopicConfig(overrides, 'max.message.bytes')),
    retentionMs: Number(effectiveTopicConfig(overrides, 'retention.ms')),
    retentionBytes: Number(effectiveTopicConfig(overrides, 'retention.bytes')),
    timestampType:
      effectiveTopicConfig(overrides, 'message.timestamp.type') === 'LogAppendTime'
        ? 'LogAppendTime'
        : 'CreateTime',
    // KIP-937: where only the older config for both directions is set, it holds for both.
    timestampBeforeMaxMs: Number(overrides['message.timestamp.before.max.ms'] ?? difference),
    timestampAfterMaxMs: Number(overrides['message.timestamp.after.max.ms'] ?? difference),
  }
}
