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

interface Target {
  readonly topic: string
  readonly nodes: Nodes
  readonly leaders: ReadonlyMap<number, Leader>
  readonly signal: AbortSignal
}

export interface StoredBatch {
  readonly batch: PreparedBatch
  /** Its last known place: an answer to a repetition may not name it. */
  readonly at: ProducedAt
}

/** Newer versions name topics by id. */
const produceVersionMax = 12

/** Sends batches to the leaders of their partitions: which were stored, and what the first was refused for. */
export async function sendBatches(
  batches: readonly PreparedBatch[],
  target: Target,
): Promise<{ readonly stored: readonly StoredBatch[]; readonly failure: unknown }> {
  const stored: StoredBatch[] = []
  const failures: unknown[] = []
  const work = [...byLeader(batches, target.leaders)].map(async ([leader, own]) => {
    if (leader === undefined) throw failureOfCode(kafkaErrors.LEADER_NOT_AVAILABLE.code)
    for (const { batch, errorCode, errorMessage, offset } of await ask(leader, own, target)) {
      const isStored = errorCode === 0 || isRepetition(errorCode)
      if (isStored) stored.push({ batch, at: { partition: batch.partition, offset } })
      else failures.push(failureOfCode(errorCode, errorMessage))
    }
  })
  for (const outcome of await Promise.allSettled(work)) {
    if (outcome.status === 'rejected') failures.push(outcome.reason)
  }
  return { stored, failure: failures[0] ?? null }
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
) {
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
    return {
      batch,
      errorCode: result?.errorCode ?? kafkaErrors.UNKNOWN_SERVER_ERROR.code,
      errorMessage: result?.errorMessage ?? null,
      offset: result?.baseOffset ?? -1,
    }
  })
}
