import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createShares } from './shares.ts'

test('one alone gets a half, and each that comes a half of what is left', () => {
  const shares = createShares(128)
  for (const [clusterId, most] of [
    ['lkc-1', 64],
    ['lkc-2', 32],
    ['lkc-3', 16],
  ] as const) {
    expect(shares.of(clusterId).take(most + 1)).toBe(false)
    expect(shares.of(clusterId).take(most)).toBe(true)
    expect(shares.of(clusterId).take(1)).toBe(false)
  }
  shares.of('lkc-1').give(64)
  expect(shares.of('lkc-3').take(32)).toBe(true)
})

test('whatever clusters take and hold on to, one that has nothing gets something', () => {
  const move = fc.record({
    clusterId: fc.constantFrom('lkc-1', 'lkc-2', 'lkc-3', 'lkc-4', 'lkc-5', 'lkc-6'),
    amount: fc.integer({ min: 1, max: 600 }),
    isGiven: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(move, { maxLength: 200, size: 'max' }), (moves) => {
      const shares = createShares(1000)
      const held = new Map<string, number>()
      const sum = () => [...held.values()].reduce((all, amount) => all + amount, 0)
      for (const { clusterId, amount, isGiven } of moves) {
        const own = held.get(clusterId) ?? 0
        if (isGiven) {
          shares.of(clusterId).give(Math.min(own, amount))
          held.set(clusterId, own - Math.min(own, amount))
        } else if (shares.of(clusterId).take(amount)) held.set(clusterId, own + amount)
        expect(sum()).toBeLessThan(1000)
      }
      // Six that halve what is left leave a 64th.
      expect(shares.of('lkc-7').take(1)).toBe(true)
      shares.of('lkc-7').give(1)
      for (const [clusterId, own] of held) shares.of(clusterId).give(own)
      expect(shares.of('lkc-1').take(500)).toBe(true)
    }),
  )
})
