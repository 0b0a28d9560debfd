import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../clock.ts'
import { type ParkOptions, park, WaiterSet } from './waiters.ts'

function parking(sets: readonly WaiterSet[], options: Partial<ParkOptions> = {}) {
  const clock = createFakeClock()
  const connection = new AbortController()
  const woken = park({
    partitions: sets.map((waiters) => ({ waiters, bytesMax: 1000 })),
    bytesWanted: 1,
    maxWaitMs: 500,
    clock,
    closed: connection.signal,
    ...options,
  })
  return { clock, connection, woken }
}

describe('a parked fetch', () => {
  it('wakes once enough bytes were stored over all its partitions', async () => {
    const [first, second] = [new WaiterSet(), new WaiterSet()]
    const { woken, clock } = parking([first, second], { bytesWanted: 100 })
    first.appended(60)
    expect(first.size).toBe(1)
    second.appended(40)
    expect(await woken).toBe('appended')
    expect([first.size, second.size]).toEqual([0, 0])
    clock.advance(10_000)
  })

  it('counts no more of a partition than the answer may take from it', async () => {
    const [first, second] = [new WaiterSet(), new WaiterSet()]
    const { woken } = parking([first, second], {
      bytesWanted: 100,
      partitions: [
        { waiters: first, bytesMax: 50 },
        { waiters: second, bytesMax: 50 },
      ],
    })
    first.appended(1_000)
    first.appended(1_000)
    expect(first.size).toBe(1)
    second.appended(50)
    expect(await woken).toBe('appended')
  })

  it('ends when its time is up, when the connection closes and when the log changes', async () => {
    const set = new WaiterSet()
    const late = parking([set])
    late.clock.advance(499)
    expect(set.size).toBe(1)
    late.clock.advance(1)
    expect(await late.woken).toBe('timeout')

    const closed = parking([set])
    closed.connection.abort()
    expect(await closed.woken).toBe('closed')

    const changed = parking([set])
    set.changed()
    expect(await changed.woken).toBe('changed')
    expect(set.size).toBe(0)
  })

  it('does not park for a connection that has closed', async () => {
    const set = new WaiterSet()
    expect(await parking([set], { closed: AbortSignal.abort() }).woken).toBe('closed')
    expect(set.size).toBe(0)
  })

  it('wakes in the order of parking', async () => {
    const set = new WaiterSet()
    const order: number[] = []
    const woken = [0, 1, 2].map((n) => parking([set]).woken.then(() => order.push(n)))
    set.appended(1)
    await Promise.all(woken)
    expect(order).toEqual([0, 1, 2])
  })

  it('leaves nothing behind after 10,000 waits of every ending', async () => {
    const sets = [new WaiterSet(), new WaiterSet(), new WaiterSet()]
    const clock = createFakeClock()
    const connection = new AbortController()
    const reasons: Promise<string>[] = []
    for (let n = 0; n < 10_000; n++) {
      const own = n % 3 === 0 ? new AbortController() : connection
      reasons.push(parking(sets, { clock, closed: own.signal, maxWaitMs: 1 + (n % 7) }).woken)
      if (n % 3 === 0) own.abort()
      if (n % 5 === 0) sets[n % 2]?.appended(1)
      if (n % 11 === 0) clock.advance(1)
      if (n % 101 === 0) sets[2]?.changed()
    }
    clock.advance(10)
    const counted = new Set(await Promise.all(reasons))
    expect(counted).toEqual(new Set(['appended', 'changed', 'timeout', 'closed']))
    expect(sets.map((set) => set.size)).toEqual([0, 0, 0])
  })
})
