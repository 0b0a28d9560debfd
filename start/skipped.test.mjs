import { expect, it } from 'vitest'
import { describeSkipped, skippedOfVitest } from './skipped.mjs'

const test = (status, ...titles) => ({
  status,
  ancestorTitles: titles.slice(0, -1),
  title: titles.at(-1),
})

it('names each reason once, and not what a filter left out', () => {
  const reasons = skippedOfVitest({
    testResults: [
      {
        assertionResults: [
          test('passed', "'kcat'", 'writes'),
          test('skipped', "'sarama (skipped: there is no Go)'", 'writes'),
          test('skipped', "'sarama (skipped: there is no Go)'", 'reads'),
          test('pending', 'zstd', "is read by 'kafka-python (skipped: pip failed (no network))'"),
          test('skipped', "'kafkajs'", 'writes'),
        ],
      },
    ],
  })
  expect(describeSkipped(reasons)).toEqual([
    '━━ what was skipped',
    'Skipped: sarama (skipped: there is no Go)',
    'Skipped: zstd › is read by kafka-python (skipped: pip failed (no network))',
    '',
  ])
  expect(describeSkipped([])).toEqual([])
})
