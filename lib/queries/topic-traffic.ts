import 'server-only'
import { servicesControl } from '../services-control.ts'
import type { OwnCluster } from './ownership.ts'

/** What flowed through a topic in the last hour, as far as it was measured. */
export interface TopicTraffic {
  readonly producedBytes: number
  readonly consumedBytes: number
  /** Of the hour; less where the program started since, or a sample is missing. */
  readonly measuredMs: number
}

const minutes = 60

/** Null where nothing has been measured, or the services process does not answer. */
export async function topicTraffic(
  cluster: OwnCluster,
  topic: string,
): Promise<TopicTraffic | null> {
  const answer = await servicesControl().topicMetrics(cluster.id, topic, { minutes })
  if (!answer.ok) return null
  const { stepMs, productionBytesPerSecond, consumptionBytesPerSecond } = answer.value.series
  const measured = productionBytesPerSecond.filter((rate) => rate !== null)
  if (measured.length === 0) return null
  const bytes = (rates: readonly (number | null)[]) =>
    rates.reduce<number>((sum, rate) => sum + ((rate ?? 0) * stepMs) / 1000, 0)
  return {
    producedBytes: Math.round(bytes(productionBytesPerSecond)),
    consumedBytes: Math.round(bytes(consumptionBytesPerSecond)),
    measuredMs: measured.length * stepMs,
  }
}
