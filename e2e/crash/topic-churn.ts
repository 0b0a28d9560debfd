import { CreateTopics } from '../../broker/protocol/messages/create-topics.ts'
import { DeleteTopics } from '../../broker/protocol/messages/delete-topics.ts'
import { DescribeConfigs } from '../../broker/protocol/messages/describe-configs.ts'
import { Metadata } from '../../broker/protocol/messages/metadata.ts'
import { Produce } from '../../broker/protocol/messages/produce.ts'
import { encodeBatch } from '../../broker/protocol/records.ts'
import type { Random } from '../support/random.ts'
import { readTopic } from './evidence.ts'
import { type ClusterTarget, type Nodes, withNodes } from './ledger-target.ts'
import type { Look } from './witness.ts'

/** One life of a topic: others of its name came before it and will come. */
interface Life {
  /** Stands in every record of it, and in none of another life. */
  readonly mark: string
  readonly partitions: number
  readonly configs: Readonly<Record<string, string>>
  /** Records of each partition that were acknowledged, and that were sent. */
  readonly acknowledged: number[]
  readonly sent: number[]
}

const UNKNOWN_TOPIC = 3
const TOPIC = 2
/** KIP-226's code of a config that somebody set on the topic. */
const DYNAMIC_TOPIC_CONFIG = 1
const configChoices = [
  { 'retention.ms': '86400000', 'max.message.bytes': '1000000' },
  { 'cleanup.policy': 'compact' },
  { 'retention.bytes': '104857600' },
  {},
] as const
const stepsPerLook = 3

/** Creates topics, writes to them, deletes them and creates them anew, some names at once. */
export function watchTopics(target: ClusterTarget, names: readonly string[], random: Random) {
  const topics = names.map((name) => new ChurnedTopic(name, random))
  return (to: Look) =>
    withNodes(target, async (nodes) => {
      await Promise.all(topics.map((topic) => topic.look(nodes, to)))
      to.looked()
      await Promise.all(topics.map((topic) => topic.change(nodes)))
    })
}

class ChurnedTopic {
  readonly #name: string
  readonly #random: Random
  /** What may be there: two where it is not known whether the last step was taken. */
  #possible: readonly (Life | null)[] = [null]
  #lives = 0

  constructor(name: string, random: Random) {
    this.#name = name
    this.#random = random
  }

  /** Compares what is there with what may be, and knows from then on. */
  async look(nodes: Nodes, to: Look): Promise<void> {
    const found = await this.#find(nodes)
    const findings = this.#possible.map((life) => this.#differences(life, found))
    const at = findings.findIndex((differences) => differences.length === 0)
    if (at < 0)
      to.problem(`${this.#name}: ${findings.map((each) => each.join(', ')).join('; or ')}`)
    const life = this.#possible[Math.max(at, 0)] ?? null
    for (const [partition, values] of found?.values.entries() ?? []) {
      if (life !== null) life.acknowledged[partition] = values.length
      if (life !== null) life.sent[partition] = values.length
    }
    this.#possible = [life]
  }

  /** Some steps, each of which is answered before the next. */
  async change(nodes: Nodes): Promise<void> {
    for (let n = 0; n < stepsPerLook; n++) {
      const [life] = this.#possible
      if (life === null || life === undefined) await this.#create(nodes)
      else if (this.#random.integer(1, 3) === 1) await this.#delete(nodes, life)
      else await this.#write(nodes, life)
    }
  }

  async #create(nodes: Nodes): Promise<void> {
    const partitions = this.#random.integer(1, 4)
    const none = () => Array<number>(partitions).fill(0)
    const life: Life = {
      mark: `${this.#name} life ${this.#lives++}`,
      partitions,
      configs: this.#random.pick(configChoices),
      acknowledged: none(),
      sent: none(),
    }
    this.#possible = [null, life]
    const configs = Object.entries(life.configs).map(([name, value]) => ({ name, value }))
    const asked = { name: this.#name, numPartitions: partitions, replicationFactor: 3, configs }
    const answer = await nodes.any.send(CreateTopics, 5, {
      topics: [{ ...asked, assignments: [] }],
      timeoutMs: 30_000,
    })
    this.#expectSuccess('CreateTopics', answer.topics[0]?.errorCode)
    this.#possible = [life]
  }

  async #delete(nodes: Nodes, life: Life): Promise<void> {
    this.#possible = [life, null]
    const request = { topics: [], topicNames: [this.#name], timeoutMs: 30_000 }
    const answer = await nodes.any.send(DeleteTopics, 5, request)
    this.#expectSuccess('DeleteTopics', answer.responses[0]?.errorCode)
    this.#possible = [null]
  }

  async #write(nodes: Nodes, life: Life): Promise<void> {
    const partition = this.#random.integer(0, life.partitions - 1)
    const first = life.sent[partition] ?? 0
    const count = this.#random.integer(1, 20)
    const records = Array.from({ length: count }, (_, n) => {
      // No key twice, so that compaction leaves them all.
      return { key: Buffer.from(`${first + n}`), value: Buffer.from(`${life.mark}|${first + n}`) }
    })
    const batch = encodeBatch(records, { timestampMs: Date.now() })
    const partitionData = [{ index: partition, records: [batch] }]
    const leader = nodes.byId(await this.#leaderOf(nodes, partition))
    life.sent[partition] = first + count
    const answer = await leader.send(Produce, 9, {
      acks: -1,
      timeoutMs: 30_000,
      topicData: [{ name: this.#name, partitionData }],
    })
    this.#expectSuccess('Produce', answer.responses[0]?.partitionResponses[0]?.errorCode)
    life.acknowledged[partition] = first + count
  }

  async #leaderOf(nodes: Nodes, partition: number): Promise<number> {
    const topic = await this.#describe(nodes)
    const found = topic?.partitions.find(({ partitionIndex }) => partitionIndex === partition)
    if (found === undefined) throw new Error(`${this.#name} has no partition ${partition}`)
    return found.leaderId
  }

  async #describe(nodes: Nodes) {
    const { topics } = await nodes.any.send(Metadata, 9, {
      topics: [{ name: this.#name }],
      allowAutoTopicCreation: false,
    })
    const [topic] = topics
    if (topic?.errorCode === UNKNOWN_TOPIC) return null
    this.#expectSuccess('Metadata', topic?.errorCode)
    return topic
  }

  /** Null where there is no such topic. */
  async #find(nodes: Nodes): Promise<Found | null> {
    const topic = await this.#describe(nodes)
    if (topic === null || topic === undefined) return null
    const { results } = await nodes.any.send(DescribeConfigs, 4, {
      resources: [{ resourceType: TOPIC, resourceName: this.#name, configurationKeys: null }],
    })
    this.#expectSuccess('DescribeConfigs', results[0]?.errorCode)
    const configs = (results[0]?.configs ?? [])
      .filter(({ configSource }) => configSource === DYNAMIC_TOPIC_CONFIG)
      .map(({ name, value }): [string, string] => [name, value ?? ''])
    const values: string[][] = topic.partitions.map(() => [])
    for (const record of (await readTopic(nodes, this.#name)).records) {
      const value = Buffer.from(record.value ?? []).toString()
      values[record.partition]?.push(`${record.offset}: ${value}`)
    }
    return { configs: Object.fromEntries(configs), values }
  }

  #differences(life: Life | null, found: Found | null): readonly string[] {
    if (life === null || found === null) {
      if (life === found) return []
      return [life === null ? 'it is there and was deleted' : 'it is gone and was created']
    }
    const differences: string[] = []
    if (found.values.length !== life.partitions) {
      differences.push(`${found.values.length} partitions and not ${life.partitions}`)
    }
    const configs = (of: Readonly<Record<string, string>>) =>
      JSON.stringify(Object.entries(of).sort())
    if (configs(found.configs) !== configs(life.configs)) {
      differences.push(`${configs(found.configs)} and not ${configs(life.configs)}`)
    }
    for (const [partition, values] of found.values.entries()) {
      const [least = 0, most = 0] = [life.acknowledged[partition], life.sent[partition]]
      if (values.length < least || values.length > most) {
        differences.push(`${values.length} records in ${partition}, and not ${least} to ${most}`)
      }
      const wrong = values.find((value, n) => value !== `${n}: ${life.mark}|${n}`)
      if (wrong !== undefined) differences.push(`“${wrong}” in a partition of ${life.mark}`)
    }
    return differences
  }

  #expectSuccess(what: string, errorCode: number | undefined): void {
    if (errorCode !== 0) throw new Error(`${what} of ${this.#name} was answered ${errorCode}`)
  }
}

interface Found {
  readonly configs: Readonly<Record<string, string>>
  /** Of each partition, each record with its offset. */
  readonly values: readonly (readonly string[])[]
}
