import { expect, it } from 'vitest'
import { HeldMemory } from './free-memory.ts'

it('a read whose requests are all let go of is freed', async () => {
  const memory = new HeldMemory()
  const { read, requests } = readOfTwo()
  memory.use(read)
  for (const request of requests) memory.use(request)
  memory.letGo(read)
  for (const request of requests) memory.letGo(request)
  await nextTurn()
  expect(read.buffer.byteLength).toBe(0)
})

it('a read is kept while one of its requests is looked at', async () => {
  const memory = new HeldMemory()
  const { read, requests } = readOfTwo()
  memory.use(read)
  for (const request of requests) memory.use(request)
  memory.letGo(read)
  memory.letGo(requests[0])
  await nextTurn()
  expect([...requests[1]]).toEqual([2, 2])
})

it('a request in memory of its own is freed by itself', async () => {
  const memory = new HeldMemory()
  const request = Buffer.allocUnsafeSlow(8)
  memory.use(request)
  memory.letGo(request)
  await nextTurn()
  expect(request.length).toBe(0)
})

it('a view of memory that others share frees nothing', async () => {
  const memory = new HeldMemory()
  const slab = Buffer.allocUnsafeSlow(8).fill(7)
  const view = slab.subarray(2, 6)
  memory.use(view)
  memory.letGo(view)
  await nextTurn()
  expect([...slab]).toEqual([7, 7, 7, 7, 7, 7, 7, 7])
})

function readOfTwo() {
  const read = Buffer.allocUnsafeSlow(4)
  read.set([1, 1, 2, 2])
  return { read, requests: [read.subarray(0, 2), read.subarray(2)] as const }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
