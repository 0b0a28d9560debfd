import { setTimeout as delay } from 'node:timers/promises'
import { type Admin, type Consumer, type EachBatchPayload, Kafka, logLevel } from 'kafkajs'
import type { Random } from '../support/random.ts'
import type { Address } from './load-producer.ts'
import { type Finding, ReadPositions } from './read-positions.ts'
import { type SoakGroup, soakTopics } from './workload.ts'

/** How often a member leaves and another one comes, at most and at least. */
const memberLivesMs = [30_000, 90_000] as const
/** Of so many batches one is where a slow member stops for a while. */
const batchesBetweenStops = 400
const stopMs = [40_000, 100_000] as const
const heartbeatEveryMs = 2000

const isCompacted = (topic: string) =>
  soakTopics.some(({ name, config }) => name === topic && config['cleanup.policy'] === 'compact')

/** The members of a group: kafkajs, which commits as it goes. They change until `stop` is called. */
export class GroupOfConsumers {
  readonly positions = new ReadPositions(isCompacted)
  readonly problems: string[] = []
  /** Gaps of which the log's start says that retention made them. */
  overtaken = 0
  /** How often it was found that members had changed. */
  joined = 0
  /** Members that ended by a mistake of their own library, and others that came in their place. */
  readonly crashed: string[] = []

  readonly #group: SoakGroup
  readonly #kafka: Kafka
  readonly #admin: Admin
  readonly #random: Random
  readonly #members: Consumer[] = []
  readonly #dead = new Set<Consumer>()
  readonly #stopping = new AbortController()
  #changing: Promise<void> = Promise.resolve()

  constructor(group: SoakGroup, { address, random }: { address: Address; random: Random }) {
    this.#group = group
    this.#random = random
    this.#kafka = new Kafka({
      clientId: group.name,
      brokers: address.ports.map((port) => `localhost:${port}`),
      sasl: { mechanism: 'plain', username: address.key, password: address.secret },
      logLevel: logLevel.NOTHING,
    })
    this.#admin = this.#kafka.admin()
  }

  async start(): Promise<void> {
    await this.#admin.connect()
    for (let n = 0; n < this.#group.members; n++) this.#members.push(await this.#join())
    this.#changing = this.#changeMembers()
  }

  /** Lets nobody stop or leave any more, so that the end is reached. */
  async settle(): Promise<void> {
    this.#stopping.abort()
    await this.#changing
  }

  async end(): Promise<void> {
    await this.settle()
    for (const member of this.#members) await member.disconnect()
    await this.#admin.disconnect()
  }

  async #changeMembers(): Promise<void> {
    while (await this.#pause(this.#random.integer(...memberLivesMs))) {
      const dead = this.#members.findIndex((member) => this.#dead.has(member))
      const place = dead < 0 ? this.#random.integer(0, this.#members.length - 1) : dead
      await this.#members[place]?.disconnect()
      this.#members[place] = await this.#join()
    }
  }

  async #join(): Promise<Consumer> {
    const consumer = this.#kafka.consumer({
      groupId: this.#group.name,
      sessionTimeout: 30_000,
      heartbeatInterval: 1000,
      // An answer for every append would be most of what the broker does.
      minBytes: 65_536,
      maxWaitTimeInMs: 500,
    })
    consumer.on(consumer.events.GROUP_JOIN, () => {
      this.joined++
    })
    consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
      // kafkajs now and then looks for the offset of a partition that was just taken from it.
      // What we throw from `eachBatch` passes through it too, so the innermost frame has to be its own.
      const [, thrownAt = ''] = error.stack?.split('\n') ?? []
      const isOwnMistake = error instanceof TypeError && thrownAt.includes('node_modules/kafkajs/')
      const where = `a member of ${this.#group.name} ended: ${error.stack ?? error.message}`
      if (isOwnMistake) this.crashed.push(where)
      else this.problems.push(where)
      if (!restart) this.#dead.add(consumer)
    })
    await consumer.connect()
    await consumer.subscribe({ topics: [...this.#group.topics], fromBeginning: true })
    await consumer.run({ autoCommitInterval: 1000, eachBatch: (payload) => this.#take(payload) })
    return consumer
  }

  async #take({ batch, heartbeat }: EachBatchPayload): Promise<void> {
    const { topic, partition } = batch
    const records = batch.messages.map(({ offset, value }) => ({ offset: Number(offset), value }))
    for (const finding of this.positions.take(topic, partition, records)) {
      await this.#judge(topic, partition, finding)
    }
    const stops = this.#group.isSlow && this.#random.integer(1, batchesBetweenStops) === 1
    if (!stops) return
    const untilMs = Date.now() + this.#random.integer(...stopMs)
    while (Date.now() < untilMs && (await this.#pause(heartbeatEveryMs))) await heartbeat()
  }

  async #judge(topic: string, partition: number, finding: Finding): Promise<void> {
    if (finding.kind === 'problem') {
      this.problems.push(`${this.#group.name} read ${finding.text}`)
      return
    }
    const offsets = await this.#admin.fetchTopicOffsets(topic)
    const start = Number(offsets.find((each) => each.partition === partition)?.low)
    if (start >= finding.to) this.overtaken++
    else {
      this.problems.push(
        `${this.#group.name} was given ${finding.to} after ${finding.from} of ${finding.partition}, which begins at ${start}`,
      )
    }
  }

  /** False where it was broken off because the end has come. */
  async #pause(durationMs: number): Promise<boolean> {
    const { signal } = this.#stopping
    return delay(durationMs, true, { signal }).catch(() => false)
  }
}
