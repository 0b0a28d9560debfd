import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectAtRate } from '../benchmarks/connections/arrivals.ts'
import { type BrokerForConnections, startForConnections } from '../benchmarks/connections/broker.ts'
import { type HeldConnections, holdConnections } from '../benchmarks/connections/held.ts'

// `npm run bench -- connections` in the small, without its figures.

let subject: BrokerForConnections
let held: HeldConnections

beforeAll(async () => {
  subject = await startForConnections(500)
})
afterAll(async () => {
  held.close()
  await subject.stop()
})

it('a cluster with raised limits serves hundreds of idle connections, and those that come and go', async () => {
  held = await holdConnections(subject.target, { count: 300, tlsEvery: 10 })
  const plan = { perSecond: 50, seconds: 3, tlsEvery: 10 }
  const { signedInMs, failures } = await connectAtRate(subject.target, plan)
  expect(failures).toEqual([])
  expect(signedInMs).toHaveLength(150)
  expect(await held.countServed()).toBe(300)
})
