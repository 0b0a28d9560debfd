import type { KafkaClient } from '../../broker/protocol/client.ts'
import { FindCoordinator } from '../../broker/protocol/messages/find-coordinator.ts'
import { OffsetCommit } from '../../broker/protocol/messages/offset-commit.ts'
import { OffsetFetch } from '../../broker/protocol/messages/offset-fetch.ts'
import { type ClusterTarget, withNodes } from './ledger-target.ts'
import type { Look } from './witness.ts'

export const committingGroups = ['ledger-readers', 'night-shift', 'audit']
const commitsPerLook = 10

/** Commits offsets of some groups, all at once, that only rise; and looks whether they go back. */
export function watchCommits(
  target: ClusterTarget,
  topic: { readonly name: string; readonly partitions: number },
) {
  const groups = committingGroups.map((groupId) => new GroupOffsets(groupId, topic))
  return (to: Look) =>
    withNodes(target, async ({ any, byId }) => {
      await Promise.all(groups.map((group) => group.connect(any, byId)))
      await Promise.all(groups.map((group) => group.look(to)))
      to.looked()
      await Promise.all(groups.map((group) => group.commit()))
    })
}

/** What one group was told of its offsets. */
class GroupOffsets {
  readonly #groupId: string
  readonly #topic: string
  readonly #partitions: readonly number[]
  #coordinator: KafkaClient | null = null
  /** -1, as the broker answers, while there was none. */
  #acknowledged = -1
  /** What was asked last; whether it is stored is not known until it is answered. */
  #asked = -1

  constructor(groupId: string, topic: { readonly name: string; readonly partitions: number }) {
    this.#groupId = groupId
    this.#topic = topic.name
    this.#partitions = Array.from({ length: topic.partitions }, (_, partition) => partition)
  }

  async connect(any: KafkaClient, byId: (nodeId: number) => KafkaClient): Promise<void> {
    const found = await any.send(FindCoordinator, 3, { key: this.#groupId, keyType: 0 })
    if (found.errorCode !== 0) throw new Error(`FindCoordinator was answered ${found.errorCode}`)
    this.#coordinator = byId(found.nodeId)
  }

  /** What is stored is the last that was acknowledged or, where that is not known, the last asked. */
  async look(to: Look): Promise<void> {
    const answer = await this.#client.send(OffsetFetch, 7, {
      groupId: this.#groupId,
      topics: [{ name: this.#topic, partitionIndexes: [...this.#partitions] }],
    })
    const held = answer.topics[0]?.partitions ?? []
    const right = [this.#acknowledged, this.#asked]
    for (const partition of this.#partitions) {
      const found = held.find((each) => each.partitionIndex === partition)
      const offset = found?.committedOffset ?? Number.NaN
      const metadata = offset < 0 ? '' : `${offset}`
      if (right.includes(offset) && found?.metadata === metadata) continue
      to.problem(
        `${this.#groupId} was promised ${right.join(' or ')} of partition ${partition}, and has ${JSON.stringify(found)}`,
      )
    }
    const offsets = held.map(({ committedOffset }) => committedOffset)
    this.#acknowledged = Math.max(this.#acknowledged, ...offsets)
  }

  async commit(): Promise<void> {
    for (let n = 0; n < commitsPerLook; n++) {
      const offset = this.#acknowledged + 1
      this.#asked = offset
      const partitions = this.#partitions.map((partitionIndex) => {
        return { partitionIndex, committedOffset: offset, committedMetadata: `${offset}` }
      })
      const answer = await this.#client.send(OffsetCommit, 7, {
        groupId: this.#groupId,
        memberId: '',
        topics: [{ name: this.#topic, partitions }],
      })
      const refused = answer.topics[0]?.partitions.find(({ errorCode }) => errorCode !== 0)
      if (refused !== undefined) throw new Error(`A commit was answered ${refused.errorCode}`)
      this.#acknowledged = offset
    }
  }

  get #client(): KafkaClient {
    if (this.#coordinator === null) throw new Error(`${this.#groupId} has no coordinator`)
    return this.#coordinator
  }
}
