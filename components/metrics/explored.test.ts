import { expect, test } from 'vitest'
import type { MetricChoice } from '../../lib/queries/metrics-explorer.ts'
import { exploredHref, exploredIn, readExplored } from './explored.ts'

function metric(name: MetricChoice['name'], ...kinds: MetricChoice['kinds']): MetricChoice {
  return { name, label: name, description: name, unit: 'count', kinds }
}
const metrics = [
  metric('io.confluent.kafka.server/received_records', 'cluster', 'topic', 'client'),
  metric('io.confluent.kafka.server/partition_count', 'cluster'),
]
const ranges = [{ minutes: 60 }, { minutes: 360 }]
const explored = (query: string) =>
  exploredIn(readExplored(new URLSearchParams(query)), metrics, ranges)

test('an address that names nothing shows the records of topics in the last hour', () => {
  expect(explored('')).toMatchObject({
    metric: { name: 'io.confluent.kafka.server/received_records' },
    by: 'topic',
    resources: [],
    minutes: 60,
  })
})

test('what the address names holds, as far as it exists', () => {
  const metricName = encodeURIComponent('io.confluent.kafka.server/partition_count')
  expect(explored(`metric=${metricName}&by=topic&resources=topic%3Aa&minutes=360`)).toMatchObject({
    by: 'cluster',
    resources: [],
    minutes: 360,
  })
  expect(explored('metric=none&by=client&minutes=61')).toMatchObject({ by: 'client', minutes: 60 })
})

test('an address written is read as it was', () => {
  const address = {
    cluster: 'lkc-1',
    metric: 'io.confluent.kafka.server/received_records',
    by: 'client',
    resources: ['client:a, b', 'client:'],
    minutes: 360,
    show: undefined,
  }
  const query = new URL(exploredHref(address), 'http://localhost').searchParams
  expect(readExplored(query)).toEqual(address)
})

test('no more lines are asked for than can be told apart', () => {
  const many = Array.from({ length: 9 }, (_, index) => `topic%3A${index}`).join(',')
  expect(explored(`resources=${encodeURIComponent(many)}`).resources).toHaveLength(6)
})
