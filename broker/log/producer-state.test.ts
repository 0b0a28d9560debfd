import { describe, expect, it } from 'vitest'
import { isRefusal } from '../errors.ts'
import { brokerLimit } from '../rules/limits.ts'
import { OWN_PRODUCERS_REMEMBERED, PRODUCER_EXPIRY_MS, PRODUCERS_REMEMBERED } from './log-limits.ts'
import {
  encodeProducerColumn,
  type ProducerBatch,
  type ProducerState,
  ProducerStates,
  sequenceAfter,
} from './producer-state.ts'

const NOW = 1_700_000_000_000

function batch(baseSequence: number, over: Partial<ProducerBatch> = {}): ProducerBatch {
  return { producerId: 7, producerEpoch: 0, baseSequence, recordCount: 1, ...over }
}

/** Takes a batch as the log does and stores it at once; gives what `check` said in a word. */
function take(states: ProducerStates, next: ProducerBatch, offset: number, nowMs = NOW): string {
  const verdict = check(states, next, nowMs)
  if (verdict === 'next') states.stored(states.accept(next, offset, nowMs))
  return verdict
}

function check(states: ProducerStates, next: ProducerBatch, nowMs = NOW): string {
  const verdict = states.check(next, nowMs)
  if (verdict === null) return 'next'
  return isRefusal(verdict) ? verdict.error : `repeats ${verdict.baseOffset}`
}

function taken(count: number): ProducerStates {
  const states = new ProducerStates()
  for (let n = 0; n < count; n++) expect(take(states, batch(n), 100 + n)).toBe('next')
  return states
}

describe('sequences of one producer', () => {
  it('remembers the last five batches and calls older ones out of order', () => {
    const states = taken(7)
    expect(check(states, batch(2))).toBe('repeats 102')
    expect(check(states, batch(6))).toBe('repeats 106')
    expect(check(states, batch(1))).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
  })

  it('takes only the next sequence', () => {
    const states = taken(2)
    expect(check(states, batch(3))).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
    expect(check(states, batch(2))).toBe('next')
  })

  it('does not take another range of sequences for a repetition', () => {
    const states = taken(2)
    expect(check(states, batch(0, { recordCount: 2 }))).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
  })

  it('wraps from 2^31-1 to 0', () => {
    const states = new ProducerStates()
    const last = 2 ** 31 - 1
    expect(take(states, batch(last - 1, { recordCount: 4 }), 0)).toBe('next')
    expect(check(states, batch(last - 1, { recordCount: 4 }))).toBe('repeats 0')
    expect(check(states, batch(last))).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
    expect(take(states, batch(2), 4)).toBe('next')
    expect(take(states, batch(last, { producerId: 8 }), 5)).toBe('next')
    expect(take(states, batch(0, { producerId: 8 }), 6)).toBe('next')
    expect(sequenceAfter(last, 1)).toBe(0)
  })
})

describe('epochs of one producer', () => {
  it('starts a higher epoch at sequence 0 only', () => {
    const states = taken(3)
    expect(check(states, batch(3, { producerEpoch: 1 }))).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
    expect(take(states, batch(0, { producerEpoch: 1 }), 200)).toBe('next')
    expect(check(states, batch(0, { producerEpoch: 1 }))).toBe('repeats 200')
  })

  it('refuses a lower epoch, even for what it once wrote', () => {
    const states = taken(3)
    take(states, batch(0, { producerEpoch: 1 }), 200)
    expect(check(states, batch(2))).toBe('INVALID_PRODUCER_EPOCH')
  })
})

describe('a producer that the partition does not know', () => {
  it('may start with any sequence', () => {
    expect(take(new ProducerStates(), batch(4711, { producerEpoch: 3 }), 0)).toBe('next')
  })

  it('is one that wrote nothing for a day', () => {
    const states = taken(3)
    expect(check(states, batch(9), NOW + PRODUCER_EXPIRY_MS - 1)).toBe(
      'OUT_OF_ORDER_SEQUENCE_NUMBER',
    )
    expect(check(states, batch(9), NOW + PRODUCER_EXPIRY_MS)).toBe('next')
    states.expire(NOW + PRODUCER_EXPIRY_MS)
    expect(states.size).toBe(0)
  })
})

describe('batches that could not be stored', () => {
  it('are forgotten, and may be sent again in the same order', () => {
    const states = taken(2)
    const lost = [2, 3].map((n) => states.accept(batch(n), 100 + n, NOW))
    expect(check(states, batch(2))).toBe('repeats 102')
    states.rollBack(lost)
    expect(check(states, batch(3))).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
    expect(check(states, batch(2))).toBe('next')
    expect(check(states, batch(1))).toBe('repeats 101')
  })

  it('do not let a later batch of a new producer overtake its first one', () => {
    const states = new ProducerStates()
    states.rollBack([0, 1].map((n) => states.accept(batch(n), n, NOW)))
    expect(check(states, batch(2))).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
    expect(check(states, batch(1))).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
    expect(take(states, batch(0), 0)).toBe('next')
    expect(take(states, batch(1), 1)).toBe('next')
  })

  it('let a producer that gave up go on with a new epoch', () => {
    const states = new ProducerStates()
    states.rollBack([states.accept(batch(5), 0, NOW)])
    expect(check(states, batch(6, { producerEpoch: 1 }))).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
    expect(take(states, batch(0, { producerEpoch: 1 }), 0)).toBe('next')
  })
})

describe('what is written with the chunks', () => {
  it('restores the same answers from a snapshot and the columns after it', () => {
    const states = taken(4)
    take(states, batch(9, { producerId: 2 ** 40 + 3, producerEpoch: 12 }), 2 ** 41)
    const snapshot = states.snapshot()
    const later: ProducerState[] = []
    for (const n of [4, 5, 6]) {
      const state = states.accept(batch(n), 3 * 2 ** 41 + n, NOW)
      states.stored(state)
      later.push(state)
    }
    const column = encodeProducerColumn(later, 3 * 2 ** 41)

    const restored = new ProducerStates()
    restored.restore(snapshot, [column])
    expect(restored.size).toBe(2)
    for (let n = 0; n < 9; n++) {
      expect(check(restored, batch(n))).toBe(check(states, batch(n)))
    }
    const other = { producerId: 2 ** 40 + 3, producerEpoch: 12 }
    expect(check(restored, batch(9, other))).toBe(`repeats ${2 ** 41}`)
    expect(Buffer.compare(restored.snapshot(), states.snapshot())).toBe(0)
  })

  it('holds the last five batches of each producer of a chunk, and none from before it', () => {
    const states = taken(3)
    const inChunk = Array.from({ length: 64 }, (_, n) => states.accept(batch(3 + n), 500 + n, NOW))
    const one = encodeProducerColumn(inChunk.slice(0, 1), 500)
    const five = encodeProducerColumn(inChunk, 500)
    expect((five.length - 1) / (one.length - 1)).toBe(5)
    expect(encodeProducerColumn([], 500)).toHaveLength(0)
  })

  it('is passed over where it is damaged, and the others count', () => {
    const whole = taken(3).snapshot()
    const states = new ProducerStates()
    expect(states.restore(Uint8Array.of(2, 0, 0), [whole, whole.subarray(0, 9)])).toBe(2)
    expect(states.snapshot()).toEqual(whole)
  })
})

describe('very many producers', () => {
  it('are remembered up to a number; who wrote longest ago is forgotten, also over a restart', () => {
    const states = new ProducerStates()
    const first = (producerId: number) => batch(0, { producerId })
    for (let id = 0; id < PRODUCERS_REMEMBERED; id++) take(states, first(id), id)
    take(states, batch(1, { producerId: 0 }), PRODUCERS_REMEMBERED)
    const restored = new ProducerStates()
    restored.restore(states.snapshot(), [])
    for (const each of [states, restored]) {
      take(each, first(PRODUCERS_REMEMBERED), PRODUCERS_REMEMBERED + 1)
      expect(each.size).toBe(PRODUCERS_REMEMBERED)
      expect(check(each, first(0))).toBe('repeats 0')
      expect(check(each, first(1))).toBe('next')
      expect(check(each, first(2))).toBe('repeats 2')
    }
  })

  it('are bounded in all partitions together, of which each knows its last ones', () => {
    const all = { count: brokerLimit('rememberedProducers') }
    const [crowded, quiet] = [new ProducerStates(all), new ProducerStates(all)]
    for (let id = 0; id < 100; id++) take(crowded, batch(0, { producerId: id }), id)
    expect(crowded.size).toBe(OWN_PRODUCERS_REMEMBERED)
    expect(check(crowded, batch(0, { producerId: 99 }))).toBe('repeats 99')
    take(quiet, batch(0, { producerId: 7 }), 0)
    expect(check(quiet, batch(0, { producerId: 7 }))).toBe('repeats 0')
    crowded.close()
    quiet.close()
    expect(all.count).toBe(brokerLimit('rememberedProducers'))
  })
})
