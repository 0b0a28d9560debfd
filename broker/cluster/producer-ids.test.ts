import { expect, it } from 'vitest'
import { openMemoryStorage } from '../storage/memory/storage.ts'
import { createProducerIds } from './producer-ids.ts'

it('never hands out an id twice, asked at once or by a later start', async () => {
  const { catalogue } = openMemoryStorage()
  const first = createProducerIds(catalogue)
  const second = createProducerIds(catalogue)
  const asked = Array.from({ length: 2500 }, (_, i) => (i % 2 === 0 ? first() : second()))
  const ids = await Promise.all(asked)
  expect(new Set(ids).size).toBe(ids.length)
  expect(Math.min(...ids)).toBeGreaterThan(0)
})

it('asks again after a reservation that failed', async () => {
  let calls = 0
  const nextProducerId = createProducerIds({
    async reserveProducerIds() {
      calls += 1
      if (calls === 1) throw new Error('no space left')
      return 7000
    },
  })
  await expect(nextProducerId()).rejects.toThrow('no space left')
  expect(await nextProducerId()).toBe(7000)
})
