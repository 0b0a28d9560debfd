import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { StorageUnderTest } from '../contract.ts'
import type { CatalogueSnapshot, CatalogueStore } from '../storage.ts'
import { CatalogueModel } from './catalogue-model.ts'

/** Any sequence of operations leaves what the model has, and is refused where the model refuses. */
export function catalogueProperties(subject: StorageUnderTest): void {
  test('any sequence of operations leaves what a plain model has', async () => {
    // Over all runs: an id that was given out once must never come again.
    const seen = new Set<number>()
    await fc.assert(
      fc.asyncProperty(fc.commands(commands(seen), { maxCommands: 40 }), async (some) => {
        // Every run begins with an empty catalogue in the same storage.
        for (const tenantId of TENANTS) await subject.storage().catalogue.deleteTenant(tenantId)
        await fc.asyncModelRun(() => ({ model: new CatalogueModel(), real: subject }), some)
      }),
      { numRuns: 40 },
    )
  }, 120_000)
}

type Command = fc.AsyncCommand<CatalogueModel, StorageUnderTest>

function command(
  args: unknown,
  name: string,
  run: (model: CatalogueModel, catalogue: CatalogueStore, all: StorageUnderTest) => Promise<void>,
): Command {
  return {
    check: () => true,
    run: (model, subject) => run(model, subject.storage().catalogue, subject),
    toString: () => `${name} ${JSON.stringify(args)}`,
  }
}

const TENANTS = ['lkc-1', 'lkc-2', 'lkc-3']
const tenantId = fc.constantFrom(...TENANTS)
const topicId = fc.constantFrom('A', 'B', 'C', 'D')
const groupId = fc.constantFrom('g', 'h', 'g\u0000', 'ü')
const name = fc.constantFrom('t', 'u', 'v')
const text = fc.string({ unit: 'grapheme', maxLength: 20 })
const number = fc.oneof(fc.maxSafeNat(), fc.nat(10))

const tenant = fc.record({
  id: tenantId,
  type: fc.constantFrom('BASIC', 'STANDARD'),
  limits: fc.dictionary(text, number, { noNullPrototype: true, maxKeys: 3 }),
  createdMs: number,
})
const apiKey = fc.record({
  key: fc.constantFrom('KEY1', 'KEY2'),
  tenantId,
  secretHash: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  createdMs: number,
})
const openListener = fc.record({
  tenantId,
  isOn: fc.boolean(),
  port: fc.nat(65_535),
  createTopics: fc.boolean(),
  partitions: fc.integer({ min: 1, max: 1000 }),
})
const config = fc.dictionary(text, text, { noNullPrototype: true, maxKeys: 3 })
const newTopic = fc.record({
  id: topicId,
  tenantId,
  name,
  config,
  createdMs: number,
  partitionCount: fc.nat(4),
})
const group = fc.record({
  tenantId,
  groupId,
  protocolType: text,
  generation: fc.oneof(fc.constant(-1), number),
  emptySinceMs: fc.option(number),
})
const offset = fc.record({
  tenantId,
  groupId,
  topicId,
  partition: fc.nat(3),
  offset: number,
  leaderEpoch: fc.integer({ min: -1 }),
  metadata: text,
  committedMs: number,
})
const offsetKey = fc.record(
  { tenantId, groupId, topicId, partition: fc.nat(3) },
  { requiredKeys: ['tenantId', 'groupId', 'topicId'] },
)

function commands(seen: Set<number>): fc.Arbitrary<Command>[] {
  function takeIds(ids: readonly number[], count: number): void {
    expect(ids).toHaveLength(count)
    for (const id of ids) {
      expect(seen).not.toContain(id)
      seen.add(id)
    }
  }
  return [
    tenant.map((row) =>
      command(row, 'putTenant', async (model, catalogue) => {
        await catalogue.putTenant(row)
        model.putTenant(row)
      }),
    ),
    tenantId.map((id) =>
      command(id, 'deleteTenant', async (model, catalogue) => {
        await catalogue.deleteTenant(id)
        model.deleteTenant(id)
      }),
    ),
    apiKey.map((row) =>
      command(row, 'putApiKey', async (model, catalogue) => {
        await expectRefusedUnless(model.putApiKey(row), catalogue.putApiKey(row))
      }),
    ),
    apiKey.map(({ key }) =>
      command(key, 'deleteApiKey', async (model, catalogue) => {
        await catalogue.deleteApiKey(key)
        model.deleteApiKey(key)
      }),
    ),
    openListener.map((row) =>
      command(row, 'putOpenListener', async (model, catalogue) => {
        await expectRefusedUnless(model.putOpenListener(row), catalogue.putOpenListener(row))
      }),
    ),
    fc.array(newTopic, { minLength: 1, maxLength: 3 }).map((topics) =>
      command(topics, 'createTopics', async (model, catalogue) => {
        const creating = catalogue.createTopics(topics)
        if (await expectRefusedUnless(model.canCreate(topics), creating)) return
        const created = await creating
        for (const [index, { partitionCount, ...topic }] of topics.entries()) {
          expect(created[index]).toMatchObject(topic)
          takeIds(created[index]?.partitionIds ?? [], partitionCount)
        }
        model.createdTopics(created)
      }),
    ),
    fc.tuple(topicId, fc.nat(3)).map(([id, count]) =>
      command([id, count], 'addPartitions', async (model, catalogue) => {
        const adding = catalogue.addPartitions(id, count)
        if (await expectRefusedUnless(model.hasTopic(id), adding)) return
        const added = await adding
        takeIds(added, count)
        model.changeTopic(id, (topic) => ({
          ...topic,
          partitionIds: [...topic.partitionIds, ...added],
        }))
      }),
    ),
    fc.array(topicId, { maxLength: 2 }).map((ids) =>
      command(ids, 'deleteTopics', async (model, catalogue) => {
        await catalogue.deleteTopics(ids)
        model.deleteTopics(ids)
      }),
    ),
    fc.tuple(topicId, config).map(([id, changed]) =>
      command([id, changed], 'putTopicConfig', async (model, catalogue) => {
        await expectRefusedUnless(model.hasTopic(id), catalogue.putTopicConfig(id, changed))
        model.changeTopic(id, (topic) => ({ ...topic, config: changed }))
      }),
    ),
    fc.array(group, { maxLength: 4 }).map((rows) =>
      command(rows, 'putGroups', async (model, catalogue) => {
        await catalogue.putGroups(rows)
        model.putGroups(rows)
      }),
    ),
    fc.tuple(tenantId, fc.array(groupId, { maxLength: 2 })).map((args) =>
      command(args, 'deleteGroups', async (model, catalogue) => {
        await catalogue.deleteGroups(...args)
        model.deleteGroups(...args)
      }),
    ),
    fc.array(offset, { maxLength: 8 }).map((rows) =>
      command(rows, 'putOffsets', async (model, catalogue) => {
        await catalogue.putOffsets(rows)
        model.putOffsets(rows)
      }),
    ),
    fc.array(offsetKey, { maxLength: 3 }).map((keys) =>
      command(keys, 'deleteOffsets', async (model, catalogue) => {
        await catalogue.deleteOffsets(keys)
        model.deleteOffsets(keys)
      }),
    ),
    fc.constantFrom(true, false, false, false, false, false).map((reopened) =>
      command(reopened, 'load', async (model, _catalogue, subject) => {
        if (reopened) await subject.reopen()
        expect(sorted(await subject.storage().catalogue.load())).toEqual(sorted(model.state))
      }),
    ),
  ]
}

/** Returns whether the call was refused, as it must be unless `allowed`. */
async function expectRefusedUnless(allowed: boolean, call: Promise<unknown>): Promise<boolean> {
  if (allowed) await call
  else await expect(call).rejects.toMatchObject({ code: 'CONSTRAINT' })
  return !allowed
}

/** A snapshot says nothing about the order of its rows. */
function sorted(snapshot: CatalogueSnapshot): unknown {
  return Object.fromEntries(
    Object.entries(snapshot).map(([table, rows]) => [
      table,
      rows.map(inOrder).sort((a: string, b: string) => (a < b ? -1 : 1)),
    ]),
  )
}

/** A row as text, with its fields in order and its bytes in hexadecimal. */
function inOrder(row: object): string {
  const fields = Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(
    fields.map(([field, value]) => {
      if (value instanceof Uint8Array) return [field, Buffer.from(value).toString('hex')]
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return [field, value]
      return [field, Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))]
    }),
  )
}
