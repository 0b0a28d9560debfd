import { expect, test } from 'vitest'
import { logConfigOf } from './log-config.ts'

test('what a topic does not set has the default', () => {
  expect(logConfigOf({})).toEqual({
    maxMessageBytes: 2_097_164,
    isDeleted: true,
    isCompacted: false,
    retentionMs: 604_800_000,
    retentionBytes: -1,
    segmentBytes: 104_857_600,
    segmentMs: 604_800_000,
    minCleanableRatio: 0.5,
    minCompactionLagMs: 0,
    maxCompactionLagMs: 2 ** 63,
    deleteRetentionMs: 86_400_000,
    timestampType: 'CreateTime',
    timestampBeforeMaxMs: 2 ** 63,
    timestampAfterMaxMs: 2 ** 63,
  })
})

test('what a topic sets holds', () => {
  expect(
    logConfigOf({
      'max.message.bytes': '100',
      'retention.ms': '-1',
      'retention.bytes': '+7',
      'message.timestamp.type': 'LogAppendTime',
    }),
  ).toMatchObject({
    maxMessageBytes: 100,
    retentionMs: -1,
    retentionBytes: 7,
    timestampType: 'LogAppendTime',
  })
})

test('the old bound on timestamps holds in both directions, unless one has its own', () => {
  const difference = { 'message.timestamp.difference.max.ms': '5' }
  expect(logConfigOf(difference)).toMatchObject({ timestampBeforeMaxMs: 5, timestampAfterMaxMs: 5 })
  expect(logConfigOf({ ...difference, 'message.timestamp.after.max.ms': '9' })).toMatchObject({
    timestampBeforeMaxMs: 5,
    timestampAfterMaxMs: 9,
  })
})

test('a policy may have both parts, in any order', () => {
  const policy = (value: string) => logConfigOf({ 'cleanup.policy': value })
  expect(policy('compact')).toMatchObject({ isCompacted: true, isDeleted: false })
  expect(policy('compact, delete')).toMatchObject({ isCompacted: true, isDeleted: true })
  expect(policy('delete,compact')).toMatchObject({ isCompacted: true, isDeleted: true })
})
