import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openTenants, putTenant, topicRequest } from './cluster-for-tests.ts'
import type { Topics } from './topics.ts'

/**
 * Any history of changes, several at once, leaves what a plain map would hold after the same changes
 * one by one; and a restart finds exactly that.
 */

const PARTITION_LIMIT = 12
const RETENTION = 'retention.ms'

type Model = Map<string, { partitions: number; retention: string | undefined }>

type Change =
  | { readonly kind: 'create'; readonly name: string; readonly partitions: number }
  | { readonly kind: 'delete'; readonly name: string }
  | { readonly kind: 'grow'; readonly name: string; readonly partitions: number }
  | { readonly kind: 'alter'; readonly name: string; readonly retention: string }

const name = fc.constantFrom('a', 'b', 'a.b', 'a_b')
const partitions = fc.integer({ min: 1, max: 8 })
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), name, partitions }),
  fc.record({ kind: fc.constant('delete' as const), name }),
  fc.record({ kind: fc.constant('grow' as const), name, partitions }),
  fc.record({ kind: fc.constant('alter' as const), name, retention: fc.constantFrom('1', '-9') }),
)
const rounds = fc.array(fc.array(change, { minLength: 1, maxLength: 5 }), { maxLength: 8 })

function applyToModel(model: Model, asked: Change): void {
  const topic = model.get(asked.name)
  const used = [...model.values()].reduce((sum, { partitions }) => sum + partitions, 0)
  switch (asked.kind) {
    case 'create': {
      const twin = { 'a.b': 'a_b', a_b: 'a.b' }[asked.name]
      const taken = topic !== undefined || (twin !== undefined && model.has(twin))
      if (!taken && used + asked.partitions <= PARTITION_LIMIT) {
        model.set(asked.name, { partitions: asked.partitions, retention: undefined })
      }
      return
    }
    case 'delete':
      model.delete(asked.name)
      return
    case 'grow': {
      if (topic === undefined || asked.partitions <= topic.partitions) return
      if (used + asked.partitions - topic.partitions > PARTITION_LIMIT) return
      topic.partitions = asked.partitions
      return
    }
    case 'alter':
      if (topic !== undefined && asked.retention !== '-9') topic.retention = asked.retention
      return
  }
}

function applyTo(topics: Topics, asked: Change): Promise<unknown> {
  switch (asked.kind) {
    case 'create':
      return topics.create([topicRequest(asked.name, { partitionCount: asked.partitions })])
    case 'delete':
      return topics.delete([{ name: asked.name }])
    case 'grow':
      return topics.addPartitions(asked.name, asked.partitions, null)
    case 'alter':
      return topics.alterConfig(asked.name, () => ({ [RETENTION]: asked.retention }))
  }
}

function contentsOf(topics: Topics | undefined): Model {
  return new Map(
    [...(topics?.list() ?? [])]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((topic) => [
        topic.name,
        { partitions: topic.partitions.length, retention: topic.config[RETENTION] },
      ]),
  )
}

test('changes at once add up to the same as one by one, and survive a restart', async () => {
  await fc.assert(
    fc.asyncProperty(rounds, async (history) => {
      const { tenants, storage } = await openTenants()
      const { id, topics } = await putTenant(tenants, 'lkc-aaaaa1', { partitions: PARTITION_LIMIT })
      const model: Model = new Map()
      for (const round of history) {
        for (const asked of round) applyToModel(model, asked)
        await Promise.all(round.map((asked) => applyTo(topics, asked)))
        const expected = new Map([...model].sort(([a], [b]) => (a < b ? -1 : 1)))
        expect(contentsOf(topics)).toEqual(expected)
        const ids = topics.list().flatMap((topic) => topic.partitionIds)
        expect(new Set(ids).size).toBe(ids.length)
        expect(topics.partitionCount).toBe(ids.length)
      }
      const restarted = (await openTenants(storage)).tenants.get(id)
      expect(contentsOf(restarted?.topics)).toEqual(contentsOf(topics))
    }),
    { numRuns: 200 },
  )
})
