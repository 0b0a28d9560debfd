import { setTimeout as delay } from 'node:timers/promises'
import { Produce } from '../../../broker/protocol/messages/produce.ts'
import { encodeBatch } from '../../../broker/protocol/records.ts'
import { connectLeader, type TopicTarget } from '../compaction/topic-target.ts'

/** Produces one record of 1 KiB at a time to partition 0; resolves with how long each took, in ms. */
export async function probeProduce(
  target: TopicTarget,
  { count, everyMs }: { readonly count: number; readonly everyMs: number },
): Promise<readonly number[]> {
  const client = await connectLeader(target, 0)
  const tookMs: number[] = []
  for (let number = 0; number < count; number++) {
    const batch = encodeBatch([{ value: Buffer.alloc(1024, number) }], { timestampMs: Date.now() })
    const partitionData = [{ index: 0, records: [batch] }]
    const topicData = [{ name: target.topic, partitionData }]
    const sentMs = performance.now()
    const answer = await client.send(Produce, 9, { acks: -1, timeoutMs: 30_000, topicData })
    tookMs.push(performance.now() - sentMs)
    const errorCode = answer.responses[0]?.partitionResponses[0]?.errorCode
    if (errorCode !== 0) throw new Error(`A record was answered with error ${errorCode}`)
    await delay(everyMs)
  }
  client.close()
  return tookMs
}
