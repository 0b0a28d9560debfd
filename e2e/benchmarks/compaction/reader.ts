import { setTimeout as delay } from 'node:timers/promises'
import { Fetch } from '../../../broker/protocol/messages/fetch.ts'
import { batchesIn } from '../../../broker/protocol/record-batch.ts'
import { decodePlainRecords } from '../../../broker/protocol/records.ts'
import { connectLeader, type TopicTarget } from './topic-target.ts'
import type { Updates } from './updates.ts'

/**
 * Reads one partition from its beginning as a consumer does, from batch end to batch end, and holds
 * what comes against what was written: each record must be the one that was acknowledged at its
 * offset, offsets must rise, and each that does not come must have been superseded, or be a tombstone.
 */
export class PartitionReader {
  readonly partition: number
  readonly problems: string[] = []
  records = 0
  sizeBytes = 0
  skipped = 0
  position = 0
  readonly #updates: Updates
  /** Last number seen of each key; a tombstone forgets it. */
  readonly #state = new Map<number, number>()
  /** Offsets that did not come, as pairs of their first and the one after their last. */
  readonly #gaps: (readonly [from: number, to: number])[] = []

  constructor(partition: number, updates: Updates) {
    this.partition = partition
    this.#updates = updates
  }

  /** Reads until `isEnough` says so; `pauseMs` keeps it behind. */
  async read(target: TopicTarget, options: ReadingOptions): Promise<void> {
    const client = await connectLeader(target, this.partition)
    const { pauseMs = 0, fetchBytes = 1024 * 1024 } = options
    while (!options.isEnough(this)) {
      const answer = await client.send(Fetch, 11, {
        maxWaitMs: 100,
        minBytes: 1,
        topics: [
          {
            topic: target.topic,
            partitions: [
              {
                partition: this.partition,
                fetchOffset: this.position,
                partitionMaxBytes: fetchBytes,
              },
            ],
          },
        ],
        forgottenTopicsData: [],
        rackId: '',
      })
      const part = answer.responses[0]?.partitions[0]
      if (part === undefined || part.errorCode !== 0) {
        throw new Error(`Fetch of partition ${this.partition} was answered ${part?.errorCode}`)
      }
      for (const bytes of part.records ?? []) this.#take(bytes)
      if (pauseMs > 0) await delay(pauseMs)
    }
    client.close()
  }

  /** To be asked when all that was read is acknowledged to its producer. */
  check(): readonly string[] {
    for (const [from, to] of this.#gaps) {
      for (let offset = from; offset < to; offset++) this.#checkMissing(offset)
    }
    return this.problems
  }

  /** The last number of each key, for who has read everything; null where it ended with a tombstone. */
  lastNumberOf(key: number): number | null {
    return this.#state.get(key) ?? null
  }

  #take(bytes: Uint8Array): void {
    for (const header of batchesIn(bytes)) {
      if (header.baseOffset + header.lastOffsetDelta < this.position) continue
      this.sizeBytes += header.sizeBytes
      for (const { offset, key, value } of decodePlainRecords(bytes, header)) {
        if (offset < this.position) continue
        this.#passOver(offset)
        this.position = offset + 1
        this.records += 1
        this.#note(offset, `${key}`, value)
      }
      this.#passOver(header.baseOffset + header.lastOffsetDelta + 1)
    }
  }

  #passOver(nextOffset: number): void {
    if (nextOffset > this.position) {
      this.#gaps.push([this.position, nextOffset])
      this.skipped += nextOffset - this.position
      this.position = nextOffset
    }
  }

  #note(offset: number, keyText: string, value: Uint8Array | null): void {
    const key = Number(keyText.slice('key-'.length))
    const text = value === null ? null : Buffer.from(value.buffer, value.byteOffset, 20).toString()
    const number = text === null ? null : Number(text.slice(0, text.indexOf('|')))
    const written = this.#updates.numberAt(this.partition, offset)
    // Its answer may still be on its way to the producer, but then its own number is right at least.
    if (number === null) this.#state.delete(key)
    else this.#state.set(key, number)
    if (offset >= this.#updates.endOf(this.partition)) return
    const isRight =
      written !== undefined &&
      this.#updates.keyOf(written) === key &&
      (number === null ? this.#updates.isTombstone(written) : number === written)
    if (!isRight) {
      this.problems.push(`offset ${offset} has ${keyText} ${number}, where ${written} was written`)
    }
  }

  #checkMissing(offset: number): void {
    const number = this.#updates.numberAt(this.partition, offset)
    if (number === undefined) {
      this.problems.push(`offset ${offset} was passed over, and never acknowledged`)
      return
    }
    const isSuperseded = this.#updates.lastOffsetOf(this.#updates.keyOf(number)) > offset
    if (!isSuperseded && !this.#updates.isTombstone(number)) {
      this.problems.push(`offset ${offset} is missing, and is the last of its key (${number})`)
    }
  }
}

export interface ReadingOptions {
  readonly isEnough: (reader: PartitionReader) => boolean
  readonly pauseMs?: number
  readonly fetchBytes?: number
}
