import { afterEach, expect, it } from 'vitest'
import type { ControlAnswer } from '../../../lib/control/call.ts'
import type { GroupLag } from '../../../lib/kafka/group-lags.ts'
import { type CountedWorld, startCountedWorld } from '../testing/counted-world.ts'

// Time is moved by hand, from a whole minute on; three steps of 5 s make one of lag.

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const id = 'lkc-abc123'
const tenant = { topics: {}, connections: 1, clients: [] }

function startWorld() {
  return startCountedWorld((end) => ends.push(end), { [id]: structuredClone(tenant) })
}

async function value<T>(answer: Promise<ControlAnswer<T>>): Promise<T> {
  const settled = await answer
  if (!settled.ok) throw new Error(settled.message)
  return settled.value
}

function lag(partition: number, behind: number | null, part: Partial<GroupLag> = {}): GroupLag {
  const at = { groupId: 'riders', topic: 'rides', clientId: 'till' }
  return { ...at, partition, lag: behind, ...part }
}

function riders({ metrics }: CountedWorld, minutes: number, group = 'riders') {
  return value(metrics.groupLag(id, { group, minutes }))
}

const known = (points: readonly (number | null)[]) => points.filter((point) => point !== null)

it('keeps what a group is behind every 15 s, as a whole and by partition', async () => {
  const world = await startWorld()
  for (const behind of [5, 9, 2]) {
    world.counted.lags = { [id]: [lag(0, behind), lag(1, 1), lag(2, null)] }
    await world.samples(3)
  }
  const { fromMs, stepMs, total, partitions } = await riders(world, 5)
  expect(stepMs).toBe(15_000)
  expect(total).toHaveLength(20)
  expect(total.slice(-4)).toEqual([null, 6, 10, 3])
  expect(fromMs + 19 * stepMs).toBe(world.clock.nowMs())
  expect(partitions.map(({ partition }) => partition)).toEqual([0, 1, 2])
  expect(known(partitions[0]?.points ?? [])).toEqual([5, 9, 2])
  expect(known(partitions[2]?.points ?? [])).toEqual([])
})

it('is a gap where the broker was away, and where there is nothing to say', async () => {
  const world = await startWorld()
  world.counted.lags = { [id]: [lag(0, 4)] }
  await world.samples(3)
  world.counted.isThere = false
  await world.samples(3)
  world.counted.isThere = true
  await world.samples(3)
  world.counted.lags = { [id]: [] }
  await world.samples(3)
  const { total } = await riders(world, 5)
  // The round at which the broker is back has not seen yet that it is.
  expect(total.slice(-5)).toEqual([null, 4, null, 4, null])
  expect(known((await riders(world, 5, 'nobody')).total)).toEqual([])
})

it('goes on after a restart, with the hour by the minute and a gap in between', async () => {
  const before = await startWorld()
  before.counted.lags = { [id]: [lag(0, 4), lag(0, 1, { groupId: 'others' })] }
  await before.samples(24)
  before.counted.lags = { [id]: [lag(0, 8), lag(0, 1, { groupId: 'others' })] }
  await before.samples(12)
  await before.stop()
  before.clock.advance(180_000)
  const after = await before.restart()
  const { total } = await riders(after, 10)
  expect(known(total)).toEqual([...Array(8).fill(4), ...Array(4).fill(8)])
  // The step that ends just now has not been looked at yet.
  expect(total.slice(-11)).toEqual(Array(11).fill(null))
  await after.samples(12)
  expect((await riders(after, 10)).total.slice(-4)).toEqual([8, 8, 8, 8])
  // Nothing of the others has changed since their first minute, and it holds.
  expect(new Set(known((await riders(after, 60, 'others')).total))).toEqual(new Set([1]))
})

it('keeps a week by the minute, and writes a row only where something changes', async () => {
  const world = await startWorld()
  world.counted.lags = { [id]: [lag(0, 4)] }
  await world.samples(60)
  world.counted.lags = { [id]: [lag(0, 7)] }
  await world.samples(60)
  const rows = await world.db.$queryRaw<{ minute: number; lag: number }[]>`
    SELECT minute, lag FROM lag_sample JOIN lag_series ON id = series_id
    WHERE partition = 0 ORDER BY minute`
  expect(rows.map((row) => Number(row.lag))).toEqual([4, 7])
  const { stepMs, total, fromMs } = await riders(world, 360)
  expect(stepMs).toBe(60_000)
  expect(known(total)).toEqual([4, 4, 4, 4, 4, 7, 7, 7, 7, 7])
  expect(fromMs + (total.length - 1) * stepMs).toBe(world.clock.nowMs())
  expect(total.at(-1)).toBe(7)
})

it('shows the list of a cluster by the minute, and nothing of another', async () => {
  const world = await startWorld()
  world.counted.lags = { [id]: [lag(0, 4), lag(0, null, { groupId: 'quiet' })] }
  await world.samples(36)
  const { groups, stepMs } = await value(world.metrics.clusterLag(id))
  expect(stepMs).toBe(60_000)
  expect(groups.map(({ groupId }) => groupId).sort()).toEqual(['quiet', 'riders'])
  const points = groups.find(({ groupId }) => groupId === 'riders')?.points ?? []
  expect(points).toHaveLength(60)
  expect(known(points)).toEqual([4, 4, 4])
  expect((await value(world.metrics.clusterLag('lkc-other'))).groups).toEqual([])
})

it('tells scrapers of every partition that has a lag, and of nothing that is old', async () => {
  const world = await startWorld()
  world.counted.lags = { [id]: [lag(0, 4), lag(1, 0, { clientId: null }), lag(2, null)] }
  await world.samples(12)
  const exported = await value(world.metrics.metricsExport(id))
  expect(exported.consumerLag.lags).toEqual([lag(0, 4), lag(1, 0, { clientId: null })])
  world.counted.isThere = false
  await world.samples(60)
  expect((await value(world.metrics.metricsExport(id))).consumerLag.lags).toEqual([])
})

it('a cluster that is deleted takes its lag along', async () => {
  const world = await startWorld()
  world.counted.lags = { [id]: [lag(0, 4)] }
  await world.samples(12)
  world.counted.tenants = {}
  await world.samples(24)
  world.counted.tenants = { other: structuredClone(tenant) }
  world.counted.lags = { other: [lag(0, 1)] }
  await world.samples(24)
  const left = await world.db.$queryRaw<{ name: string }[]>`
    SELECT cluster_id AS name FROM lag_series UNION SELECT cluster_id FROM lag_minute`
  expect(left.map(({ name }) => name)).toEqual(['other'])
})
