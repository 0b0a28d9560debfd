import { kafkaErrors } from '../../broker/errors.ts'
import { Produce } from '../../broker/protocol/messages/produce.ts'
import type { ProducedAt } from './cluster-client.ts'
import { failureOfCode } from './failure.ts'
import type { Leader, Nodes } from './nodes.ts'

/** A record batch as it goes to the broker, and where to. */
export interface PreparedBatch {
  readonly partition: number
  readonly bytes: Uint8Array
}

export interface Target {
  readonly topic: string
  readonly nodes: Nodes
  readonly leaders: ReadonlyMap<number, Leader>
  readonly signal: AbortSignal
}

export interface StoredBatch {
  readonly batch: PreparedBatch
  /** Its last known place: an answer to a repetition may not name it. */
  readonly at: ProducedAt
  /** When the broker stamped it; null where records keep the times of their producer. */
  readonly appendedMs: number | null
}

/** Newer versions name topics by id. */
const produceVersionMax = 12

/** What became of a batch: where it was stored, or what it was refused for. */
export type SentBatch = StoredBatch | { readonly batch: PreparedBatch; readonly failure: unknown }

/** Sends batches to the leaders of their partitions: which were stored, and what the first was refused for. */
export async function sendBatches(
  batches: readonly PreparedBatch[],
  target: Target,
): Promise<{ readonly stored: readonly StoredBatch[]; readonly failure: unknown }> {
  const sent = await sendEach(batches, target)
  const stored = sent.filter((outcome) => 'at' in outcome)
  const refused = sent.find((outcome) => 'failure' in outcome)
  return { stored, failure: refused?.failure ?? null }
}

/** Sends batches to the leaders of their partitions; each succeeds or fails by itself. */
export async function sendEach(
  batches: readonly PreparedBatch[],
  target: Target,
): Promise<readonly SentBatch[]> {
  const work = [...byLeader(batches, target.leaders)].map(async ([leader, own]) => {
    try {
      if (leader === undefined) throw failureOfCode(kafkaErrors.LEADER_NOT_AVAILABLE.code)
      return await ask(leader, own, target)
    } catch (failure) {
      return own.map((batch) => ({ batch, failure }))
    }
  })
  return (await Promise.all(work)).flat()
}

/** Stored by an earlier try whose answer was lost, longer ago than the broker knows offsets of. */
const isRepetition = (errorCode: number) => errorCode === kafkaErrors.DUPLICATE_SEQUENCE_NUMBER.code

/** One request per node; batches of one partition never meet, since each has one. */
function byLeader(
  batches: readonly PreparedBatch[],
  leaders: ReadonlyMap<number, Leader>,
): ReadonlyMap<Leader | undefined, readonly PreparedBatch[]> {
  const nodes = new Map<string, Leader>()
  const found = new Map<Leader | undefined, PreparedBatch[]>()
  for (const batch of batches) {
    const leader = leaders.get(batch.partition)
    const name = leader === undefined ? '' : `${leader.node.host}:${leader.node.port}`
    const same = nodes.get(name) ?? leader
    if (same !== undefined) nodes.set(name, same)
    const own = found.get(same)
    if (own === undefined) found.set(same, [batch])
    else own.push(batch)
  }
  return found
}

async function ask(
  { node }: Leader,
  batches: readonly PreparedBatch[],
  { topic, nodes, signal }: Target,
): Promise<readonly SentBatch[]> {
  const partitionData = batches.map(({ partition, bytes }) => ({
    index: partition,
    records: [bytes],
  }))
  const request = { acks: -1, timeoutMs: 5000, topicData: [{ name: topic, partitionData }] }
  const answer = await nodes.withConnection(
    node,
    (connection) => connection.call(Produce, request, { versionMax: produceVersionMax }),
    signal,
  )
  const results = answer.responses[0]?.partitionResponses ?? []
  return batches.map((batch) => {
    const result = results.find(({ index }) => index === batch.partition)
    const errorCode = result?.errorCode ?? kafkaErrors.UNKNOWN_SERVER_ERROR.code
    if (errorCode !== 0 && !isRepetition(errorCode)) {
      return { batch, failure: failureOfCode(errorCode, result?.errorMessage ?? null) }
    }
    const { baseOffset = -1, logAppendTimeMs = -1 } = result ?? {}
    return {
      batch,
      at: { partition: batch.partition, offset: baseOffset },
      appendedMs: logAppendTimeMs < 0 ? null : logAppendTimeMs,
    }
  })
}
