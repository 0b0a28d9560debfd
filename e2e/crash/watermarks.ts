import { setTimeout as delay } from 'node:timers/promises'
import type { KafkaClient } from '../../broker/protocol/client.ts'
import { DeleteRecords } from '../../broker/protocol/messages/delete-records.ts'
import { Metadata } from '../../broker/protocol/messages/metadata.ts'
import type { Random } from '../support/random.ts'
import { type ClusterTarget, withNodes } from './ledger-target.ts'
import { highWatermarkOf, logStartOf } from './log-ends.ts'
import type { Look } from './witness.ts'

export interface WatchedTopics {
  readonly names: readonly string[]
  /** Of this one, records are deleted by hand as well. */
  readonly trimmed: string
}

interface Ends {
  readonly start: number
  readonly highWatermark: number
}

const looksPerConnection = 5
const lookEveryMs = 60

/** Looks where partitions begin and end: neither ever goes back, whoever moved it and whoever died. */
export function watchWatermarks(
  target: ClusterTarget,
  { names, trimmed }: WatchedTopics,
  random: Random,
) {
  const seen = new Map<string, Ends>()

  async function lookAt(to: Look, topic: string, partition: number, leader: KafkaClient) {
    const name = `${topic}-${partition}`
    // The start first: it never passes the end.
    const start = await logStartOf(leader, topic, partition)
    const highWatermark = await highWatermarkOf(leader, topic, partition)
    const before = seen.get(name) ?? { start: 0, highWatermark: 0 }
    if (start < before.start) to.problem(`${name} begins at ${start} after ${before.start}`)
    if (highWatermark < before.highWatermark) {
      to.problem(`${name} ends at ${highWatermark} after ${before.highWatermark}`)
    }
    if (start > highWatermark) to.problem(`${name} begins at ${start} and ends at ${highWatermark}`)
    seen.set(name, { start, highWatermark })
    if (topic !== trimmed || highWatermark === start || random.integer(1, 5) > 1) return
    const asked = random.integer(start, highWatermark)
    const low = await deleteBelow(leader, { topic, partition, offset: asked })
    if (low < asked) to.problem(`${name} was told to begin at ${asked}, and begins at ${low}`)
    seen.set(name, { start: low, highWatermark })
  }

  return (to: Look) =>
    withNodes(target, async ({ any, byId }) => {
      const { topics } = await any.send(Metadata, 9, { topics: names.map((name) => ({ name })) })
      for (let n = 0; n < looksPerConnection; n++) {
        for (const { name, partitions } of topics) {
          for (const { partitionIndex, leaderId } of partitions) {
            await lookAt(to, name ?? '', partitionIndex, byId(leaderId))
          }
        }
        to.looked()
        await delay(lookEveryMs)
      }
    })
}

async function deleteBelow(
  leader: KafkaClient,
  { topic, partition, offset }: { topic: string; partition: number; offset: number },
): Promise<number> {
  const { topics } = await leader.send(DeleteRecords, 2, {
    topics: [{ name: topic, partitions: [{ partitionIndex: partition, offset }] }],
    timeoutMs: 30_000,
  })
  const deleted = topics[0]?.partitions[0]
  if (deleted?.errorCode !== 0) {
    throw new Error(`DeleteRecords of ${topic} to ${offset} was answered ${deleted?.errorCode}`)
  }
  return deleted.lowWatermark
}
