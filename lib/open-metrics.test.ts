import { expect, it } from 'vitest'
import { metricDescriptors } from '../broker/rules/metrics.ts'
import { parseOpenMetrics } from '../e2e/support/open-metrics.ts'
import { openMetricsText } from './open-metrics.ts'

const minuteMs = 1_700_000_040_000
const consumerLag = { takenMs: null, lags: [] }

it('is read by a strict reader, under Confluent’s names and with the time of the minute', () => {
  const metrics = metricDescriptors.map(({ name: metric, exported }) => ({
    metric,
    values: [{ id: exported === 'cluster' ? '' : 'rides', value: 12 }],
  }))
  const samples = parseOpenMetrics(
    openMetricsText('lkc-abc123', { minuteMs, metrics, consumerLag }),
  )
  expect(samples).toContainEqual({
    name: 'confluent_kafka_server_received_bytes',
    labels: { kafka_id: 'lkc-abc123', topic: 'rides' },
    value: 12,
    timestampSeconds: 1_700_000_040,
  })
  expect(samples).toContainEqual({
    name: 'confluent_kafka_server_active_connection_count',
    labels: { kafka_id: 'lkc-abc123' },
    value: 12,
    timestampSeconds: 1_700_000_040,
  })
  expect(samples).toContainEqual({
    name: 'confluent_kafka_connect_sent_records',
    labels: { kafka_id: 'lkc-abc123', connector_id: 'rides' },
    value: 12,
    timestampSeconds: 1_700_000_040,
  })
  expect(samples).toHaveLength(metricDescriptors.length)
})

it('keeps labels that would break the line, and large numbers', () => {
  const [metric] = metricDescriptors
  const ids = ['say "hello"', 'back\\slash', 'two\nlines', 'end\\', '} 1 2', '😀', '\\n']
  const values = ids.map((id, index) => ({ id, value: 2 ** 50 + index }))
  const text = openMetricsText('lkc-1', {
    minuteMs,
    metrics: [{ metric: metric.name, values }],
    consumerLag,
  })
  const samples = parseOpenMetrics(text)
  expect(samples.map(({ labels }) => labels.topic)).toEqual(ids)
  expect(samples.map(({ value }) => value)).toEqual(values.map(({ value }) => value))
})

it('tells what groups are behind, by partition and by whom it is read', () => {
  const at = { groupId: 'riders "a"', topic: 'rides', lag: 7 }
  const lags = [
    { ...at, partition: 0, clientId: 'till' },
    { ...at, partition: 1, clientId: null },
  ]
  const takenMs = 1_700_000_055_000
  const text = openMetricsText('lkc-1', {
    ...{ minuteMs: null, metrics: [], consumerLag: { takenMs, lags } },
  })
  const name = 'confluent_kafka_server_consumer_lag_offsets'
  const labels = { kafka_id: 'lkc-1', consumer_group_id: 'riders "a"', topic: 'rides' }
  expect(parseOpenMetrics(text)).toEqual([
    {
      ...{ name, value: 7, timestampSeconds: 1_700_000_055 },
      labels: { ...labels, partition: '0', client_id: 'till' },
    },
    { name, value: 7, timestampSeconds: 1_700_000_055, labels: { ...labels, partition: '1' } },
  ])
})

it('is empty where nothing was measured', () => {
  expect(openMetricsText('lkc-1', { minuteMs: null, metrics: [], consumerLag })).toBe('# EOF\n')
  const metrics = metricDescriptors.map(({ name: metric }) => ({ metric, values: [] }))
  expect(openMetricsText('lkc-1', { minuteMs, metrics, consumerLag })).toBe('# EOF\n')
})

it('the reader refuses what is not OpenMetrics', () => {
  const head = '# TYPE a_bytes gauge\n'
  const broken = [
    'a_bytes 1\n',
    `${head}a_bytes{b="c} 1\n# EOF\n`,
    `${head}a_bytes{b="\\x"} 1\n# EOF\n`,
    `${head}a_bytes 1\na_bytes 1\n# EOF\n`,
    `${head}a_bytes x\n# EOF\n`,
    `${head}b_bytes 1\n# EOF\n`,
    '# UNIT a_count bytes\n# EOF\n',
  ]
  for (const text of broken) expect(() => parseOpenMetrics(text), text).toThrow()
})
