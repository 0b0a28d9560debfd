import { expect, test } from 'vitest'
import { logConfigOf } from './log-config.ts'

test('what a topic does not set has the default', () => {
  expect(logConfigOf({})).toEqual({
    maxMessageBytes: 2_097_164,
    retentionMs: 604_800_000,
    retentionBytes: -1,
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
