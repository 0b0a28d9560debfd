import type { KafkaClient } from '../../broker/protocol/client.ts'
import { OffsetCommit } from '../../broker/protocol/messages/offset-commit.ts'
import { OffsetFetch } from '../../broker/protocol/messages/offset-fetch.ts'
import { connectAny, type LedgerTarget } from './ledger-target.ts'

const groupId = 'ledger-readers'

/** Commits offsets that only rise, and remembers the last that was acknowledged. */
export class OffsetCommits {
  readonly #target: LedgerTarget
  /** -1, as the broker answers, while there was none. */
  #acknowledged = -1

  constructor(target: LedgerTarget) {
    this.#target = target
  }

  /** Commits the next offset and waits for the answer. */
  async commitNext(): Promise<void> {
    const offset = this.#acknowledged + 1
    const answer = await this.#withClient((client) =>
      client.send(OffsetCommit, 7, {
        groupId,
        memberId: '',
        topics: [
          {
            name: this.#target.topic,
            partitions: [
              { partitionIndex: 0, committedOffset: offset, committedMetadata: `${offset}` },
            ],
          },
        ],
      }),
    )
    const errorCode = answer.topics[0]?.partitions[0]?.errorCode
    if (errorCode !== 0) throw new Error(`The commit was answered ${errorCode}`)
    this.#acknowledged = offset
  }

  /** A sentence where what the broker holds is not what was acknowledged last. */
  async problems(): Promise<string[]> {
    const answer = await this.#withClient((client) =>
      client.send(OffsetFetch, 7, {
        groupId,
        topics: [{ name: this.#target.topic, partitionIndexes: [0] }],
      }),
    )
    const held = answer.topics[0]?.partitions[0]
    const metadata = this.#acknowledged < 0 ? '' : `${this.#acknowledged}`
    const isKept = held?.committedOffset === this.#acknowledged && held.metadata === metadata
    return isKept ? [] : [`committed ${this.#acknowledged}, found ${JSON.stringify(held)}`]
  }

  async #withClient<T>(use: (client: KafkaClient) => Promise<T>): Promise<T> {
    const client = await connectAny(this.#target)
    try {
      return await use(client)
    } finally {
      client.close()
    }
  }
}
