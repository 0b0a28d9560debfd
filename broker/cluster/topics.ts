import type { Clock } from '../clock.ts'
import { isRefusal, type Refusal, refuse } from '../errors.ts'
import type { PartitionLogs } from '../log/partition-logs.ts'
import type { ClusterLimits } from '../rules/limits.ts'
import { topicCollisionKey } from '../rules/names.ts'
import { topicConfigsProblem } from '../rules/topic-config-checks.ts'
import type { CatalogueStore, TopicRecord } from '../storage/storage.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { stored } from './stored.ts'
import { Topic } from './topic.ts'
import { newTopicId } from './topic-id.ts'
import {
  assignmentsProblem,
  type PlannedTopic,
  planTopic,
  type ReplicaAssignment,
  type TopicRequest,
} from './topic-request.ts'

export interface TopicsOptions {
  readonly tenantId: string
  readonly catalogue: CatalogueStore
  readonly logs: PartitionLogs
  readonly clock: Clock
  /** The nodes that the broker advertises, ascending. */
  readonly nodeIds: readonly number[]
  readonly limits: () => ClusterLimits
  /** Called once for each topic that is gone for good, whose name may be in use again. */
  readonly onTopicDeleted: (topic: Topic) => void
}

/** What became of one requested topic. `topic` is absent where the request was only to be checked. */
export interface CreatedTopic extends PlannedTopic {
  readonly topic?: Topic
}

export interface TopicChange {
  /** Checks, and changes nothing. */
  readonly validateOnly?: boolean
  /** The nodes that whoever asks is shown, where they are not all there are. */
  readonly nodeIds?: readonly number[]
}

export type TopicTarget = { readonly name: string } | { readonly id: string }

/** Computes the overrides that a topic is to have from those it has. */
export type ConfigChange = (
  current: Readonly<Record<string, string>>,
) => Readonly<Record<string, string>> | Refusal

/**
 * The topics of one tenant.
 *
 * Invariants: a topic is visible only after its commit, and invisible from its deletion's commit
 * on; changes happen one at a time, so that each is checked against what is really there.
 */
export class Topics {
  readonly #options: TopicsOptions
  readonly #byName = new Map<string, Topic>()
  readonly #byId = new Map<string, Topic>()
  readonly #byCollisionKey = new Map<string, Topic>()
  readonly #change = oneAtATime()
  #partitionCount = 0
  #closed = false

  constructor(options: TopicsOptions) {
    this.#options = options
  }

  byName(name: string): Topic | undefined {
    return this.#byName.get(name)
  }

  byId(id: string): Topic | undefined {
    return this.#byId.get(id)
  }

  /** Every topic, in no order that would mean anything. */
  list(): readonly Topic[] {
    return [...this.#byName.values()]
  }

  get size(): number {
    return this.#byName.size
  }

  /** Of all topics together; what the limit on partitions counts. */
  get partitionCount(): number {
    return this.#partitionCount
  }

  idOf(name: string): string | undefined {
    return this.#byName.get(name)?.id
  }

  nameOf(id: string): string | undefined {
    return this.#byId.get(id)?.name
  }

  hasPartition(name: string, partition: number): boolean {
    return this.#byName.get(name)?.partitions[partition] !== undefined
  }

  /** Takes over topics that storage already has. */
  restore(records: readonly TopicRecord[]): void {
    for (const record of records) this.#show(record)
  }

  /**
   * Creates topics in one commit; those that are refused do not keep the others from being created.
   * Resolves in the order of the requests.
   */
  create(
    requests: readonly TopicRequest[],
    { validateOnly = false, nodeIds = this.#options.nodeIds }: TopicChange = {},
  ): Promise<readonly (CreatedTopic | Refusal)[]> {
    return this.#change(async () => {
      const results = this.#plan(requests, nodeIds)
      if (validateOnly) return results
      const planned = results.filter((result): result is PlannedTopic => !isRefusal(result))
      const created = await stored(this.#store(planned))
      return results.map((result) => {
        if (isRefusal(result)) return result
        return isRefusal(created) ? created : { ...result, topic: created.get(result.name) }
      })
    })
  }

  /** Deletes topics in one commit. Resolves with those that are gone, in the order of the targets. */
  delete(targets: readonly TopicTarget[]): Promise<readonly (Topic | Refusal)[]> {
    return this.#change(async () => {
      const results = targets.map((target) => this.#find(target))
      const topics = [...new Set(results.filter((result) => result instanceof Topic))]
      if (topics.length === 0) return results
      const ids = topics.map((topic) => topic.id)
      const outcome = await stored(this.#options.catalogue.deleteTopics(ids))
      if (isRefusal(outcome)) {
        return results.map((result) => (isRefusal(result) ? result : outcome))
      }
      for (const topic of topics) this.#hide(topic)
      return results
    })
  }

  /** Raises a topic's number of partitions to `count`. */
  addPartitions(
    name: string,
    count: number,
    assignments: readonly ReplicaAssignment[] | null,
    { validateOnly = false, nodeIds = this.#options.nodeIds }: TopicChange = {},
  ): Promise<Topic | Refusal> {
    return this.#change(async () => {
      const topic = this.#find({ name })
      if (isRefusal(topic)) return topic
      const problem = this.#growthProblem(topic, count, { assignments, nodeIds })
      if (problem !== null) return problem
      if (validateOnly) return topic
      const added = count - topic.partitions.length
      const ids = await stored(this.#options.catalogue.addPartitions(topic.id, added))
      if (isRefusal(ids)) return ids
      topic.addPartitions(ids)
      this.#partitionCount += added
      return topic
    })
  }

  /** Changes what is set on a topic; the whole of it is checked and stored in one commit. */
  alterConfig(
    name: string,
    change: ConfigChange,
    { validateOnly = false } = {},
  ): Promise<Topic | Refusal> {
    return this.#change(async () => {
      const topic = this.#find({ name })
      if (isRefusal(topic)) return topic
      const config = change(topic.config)
      if (isRefusal(config)) return config
      const problem = topicConfigsProblem(config, this.#options.limits())
      if (problem !== null) return refuse(problem.code, problem.message)
      if (validateOnly) return topic
      const outcome = await stored(this.#options.catalogue.putTopicConfig(topic.id, config))
      if (isRefusal(outcome)) return outcome
      topic.setConfig(config)
      return topic
    })
  }

  /**
   * Ends the tenant's topics: `commit` deletes them in storage, after changes that were begun and
   * instead of any that come later.
   */
  close(commit: () => Promise<void>): Promise<void> {
    return this.#change(async () => {
      await commit()
      this.#closed = true
      for (const topic of this.list()) this.#hide(topic)
    })
  }

  #plan(
    requests: readonly TopicRequest[],
    nodeIds: readonly number[],
  ): readonly (PlannedTopic | Refusal)[] {
    const rules = { limits: this.#options.limits(), nodeIds }
    const newNames = new Map<string, string>()
    let newPartitions = 0
    return requests.map((request) => {
      if (this.#closed) return refuse('CLUSTER_AUTHORIZATION_FAILED')
      if (this.#byName.has(request.name)) {
        return refuse('TOPIC_ALREADY_EXISTS', `Topic '${request.name}' already exists.`)
      }
      const plan = planTopic(request, rules)
      if (isRefusal(plan)) return plan
      const key = topicCollisionKey(plan.name)
      const other = this.#byCollisionKey.get(key)?.name ?? newNames.get(key)
      if (other !== undefined) {
        return refuse(
          'INVALID_TOPIC_EXCEPTION',
          `Topic '${plan.name}' collides with existing topic: ${other}`,
        )
      }
      const tooMany = this.#partitionLimitProblem(plan.partitionCount, newPartitions)
      if (tooMany !== null) return tooMany
      newNames.set(key, plan.name)
      newPartitions += plan.partitionCount
      return plan
    })
  }

  async #store(planned: readonly PlannedTopic[]): Promise<ReadonlyMap<string, Topic>> {
    const created = new Map<string, Topic>()
    if (planned.length === 0) return created
    const { catalogue, clock, tenantId } = this.#options
    const createdMs = clock.nowMs()
    const records = await catalogue.createTopics(
      planned.map(({ name, config, partitionCount }) => ({
        id: newTopicId(),
        tenantId,
        name,
        config,
        partitionCount,
        createdMs,
      })),
    )
    for (const record of records) created.set(record.name, this.#show(record))
    return created
  }

  #growthProblem(
    topic: Topic,
    count: number,
    {
      assignments,
      nodeIds,
    }: {
      readonly assignments: readonly ReplicaAssignment[] | null
      readonly nodeIds: readonly number[]
    },
  ): Refusal | null {
    const current = topic.partitions.length
    const added = count - current
    if (added === 0) {
      return refuse('INVALID_PARTITIONS', `Topic already has ${current} partitions.`)
    }
    if (added < 0) {
      return refuse(
        'INVALID_PARTITIONS',
        `Topic currently has ${current} partitions, which is higher than the requested ${count}.`,
      )
    }
    if (assignments !== null) {
      if (assignments.length !== added) {
        return refuse(
          'INVALID_REPLICA_ASSIGNMENT',
          `Increasing the number of partitions by ${added} but ${assignments.length} assignments provided.`,
        )
      }
      const problem = assignmentsProblem(assignments, current, nodeIds)
      if (problem !== null) return problem
    }
    return this.#partitionLimitProblem(added, 0)
  }

  /** Confluent's words for what it counts as a breach of policy. */
  #partitionLimitProblem(added: number, addedBefore: number): Refusal | null {
    const limit = this.#options.limits().partitions
    const present = this.#partitionCount + addedBefore
    return present + added <= limit
      ? null
      : refuse(
          'POLICY_VIOLATION',
          `You may not create more than ${Math.max(0, limit - present)} new partitions. Adding the requested number of partitions will exceed ${limit} total partitions. Currently, there are ${present} total topic partitions`,
        )
  }

  #find(target: TopicTarget): Topic | Refusal {
    return 'id' in target
      ? (this.#byId.get(target.id) ?? refuse('UNKNOWN_TOPIC_ID'))
      : (this.#byName.get(target.name) ?? refuse('UNKNOWN_TOPIC_OR_PARTITION'))
  }

  #show(record: TopicRecord): Topic {
    const topic = new Topic(record, this.#options.logs, this.#options.nodeIds)
    this.#byName.set(topic.name, topic)
    this.#byId.set(topic.id, topic)
    this.#byCollisionKey.set(topicCollisionKey(topic.name), topic)
    this.#partitionCount += topic.partitions.length
    return topic
  }

  #hide(topic: Topic): void {
    this.#byName.delete(topic.name)
    this.#byId.delete(topic.id)
    this.#byCollisionKey.delete(topicCollisionKey(topic.name))
    this.#partitionCount -= topic.partitions.length
    this.#options.logs.drop(topic.partitionIds)
    this.#options.onTopicDeleted(topic)
  }
}
