import { type Admin, Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readKeyFile } from '../support/key-file.ts'
import { createTurnstile } from '../support/turnstile.ts'
import { type ConsumedRecord, type Member, runClient, startMember } from './client-processes.ts'
import { type Client, clients } from './client-table.ts'
import { partitioners } from './partitioners.ts'
import { quick } from './quick.ts'
import { openTutorial, type Tutorial } from './tutorial.ts'

const recordCount = quick ? 2_000 : 10_000
/** Where the library's own placement differs from Java's, it does so at 6. */
const partitionCounts = quick ? [6] : [2, 6]
const keyCount = 500

let tutorial: Tutorial
let admin: Admin

beforeAll(async () => {
  tutorial = await openTutorial()
  const { bootstrapServer, key, secret } = readKeyFile(tutorial.keyFile)
  admin = new Kafka({
    clientId: 'e2e-admin',
    brokers: [bootstrapServer],
    sasl: { mechanism: 'plain', username: key, password: secret },
    logLevel: logLevel.NOTHING,
  }).admin()
  await admin.connect()
})

afterAll(async () => {
  await admin?.disconnect()
  await tutorial?.close()
})

describe.each(clients)('$title', (client) => {
  const missing = !client.program.ok

  it.skipIf(missing).each(partitionCounts)(
    'lands and reads keyed records on %i partitions',
    async (partitions) => {
      const topic = `${client.name}-${partitions}`
      await admin.createTopics({ topics: [{ topic, numPartitions: partitions }] })
      await runClient(client, ['produce', tutorial.keyFile, topic], keyedRecords(recordCount))
      const events = await runClient(client, ['consume', tutorial.keyFile, topic, `${recordCount}`])
      const records = events.filter((event) => event.event === 'record')
      expect(records).toHaveLength(recordCount)
      expect(new Set(records.map(identity)).size).toBe(recordCount)
      expect(misplaced(client, records, partitions)).toEqual([])
      expect(keysOutOfOrder(records)).toEqual([])
    },
  )

  it.skipIf(missing)(
    'splits two partitions, takes over from a killed member, resumes exactly',
    () => takeOver(client),
  )

  it.skipIf(missing)('shows its records in the open page without a reload', async () => {
    const value = `hello from ${client.name}`
    await runClient(
      client,
      ['produce', tutorial.keyFile, tutorial.topic],
      `${client.name}\t${value}\n`,
    )
    await tutorial.seesRow(value)
  })
})

async function takeOver(client: Client) {
  const topic = `${client.name}-group`
  const group = `${client.name}-members`
  const perPhase = quick ? 200 : 1_000
  await admin.createTopics({ topics: [{ topic, numPartitions: 2 }] })
  const turnstile = createTurnstile()
  const join = () => startMember(client, tutorial.keyFile, topic, group, turnstile.changed)
  const members = [join(), join()]
  const assignments = () => members.map((member) => member.assignment())
  const assigned = (...expected: number[][]) =>
    turnstile.until(
      () =>
        JSON.stringify(
          assignments()
            .map((each) => each ?? [-1])
            .sort(),
        ) === JSON.stringify(expected),
      () => `assignments ${JSON.stringify(assignments())}, expected ${JSON.stringify(expected)}`,
    )
  const received = () => members.flatMap((member) => member.records)
  const gone: ConsumedRecord[] = []
  const receivedAll = (count: number) =>
    turnstile.until(
      () => received().length + gone.length >= count,
      () => `${received().length + gone.length} of ${count} records received`,
    )

  try {
    await assigned([0], [1])
    members.push(join())
    await assigned([], [0], [1])

    await runClient(client, ['produce', tutorial.keyFile, topic], keyedRecords(perPhase))
    await receivedAll(perPhase)
    await committedEverything(group, topic)

    const victim = members.find((member) => member.assignment()?.length === 1)
    if (victim === undefined) throw new Error('No member has a partition')
    await victim.kill()
    gone.push(...victim.records)
    members.splice(members.indexOf(victim), 1)
    await runClient(client, ['produce', tutorial.keyFile, topic], keyedRecords(perPhase))
    await assigned([0], [1])
    await receivedAll(2 * perPhase)
    await committedEverything(group, topic)
    expectEachOnce([...gone, ...received()], 2 * perPhase)

    for (const member of members) await member.leave()
    gone.push(...received())
    members.splice(0)
    await runClient(client, ['produce', tutorial.keyFile, topic], keyedRecords(perPhase))
    members.push(join())
    await receivedAll(3 * perPhase)
    expectEachOnce([...gone, ...received()], 3 * perPhase)
  } finally {
    await Promise.all(members.map((member: Member) => member.kill()))
  }
}

/** Polls the coordinator, which sends no event, until the group's commits reach the log's end. */
async function committedEverything(group: string, topic: string) {
  const deadline = Date.now() + 30_000
  for (;;) {
    const [committed] = await admin.fetchOffsets({ groupId: group, topics: [topic] })
    const ends = await admin.fetchTopicOffsets(topic)
    const behind = ends.filter(({ partition, high }) => {
      const own = committed?.partitions.find((each) => each.partition === partition)
      return Number(own?.offset ?? -1) < Number(high)
    })
    if (behind.length === 0) return
    if (Date.now() > deadline)
      throw new Error(`Uncommitted: ${JSON.stringify({ committed, ends })}`)
  }
}

/** `key<TAB>value` lines; the value counts up, so that order within a key can be told. */
function keyedRecords(count: number): string {
  let lines = ''
  for (let index = 0; index < count; index++) lines += `${index % keyCount}\t${index}\n`
  return lines
}

function expectEachOnce(records: readonly ConsumedRecord[], count: number) {
  expect(records).toHaveLength(count)
  expect(new Set(records.map(identity)).size).toBe(count)
}

function identity(record: ConsumedRecord) {
  return `${record.partition}:${record.offset}`
}

function misplaced(client: Client, records: readonly ConsumedRecord[], partitions: number) {
  const place = partitioners[client.partitioner]
  return records.filter((record) => record.partition !== place(record.key, partitions))
}

function keysOutOfOrder(records: readonly ConsumedRecord[]) {
  const latest = new Map<string, number>()
  return records.filter((record) => {
    const isBehind = Number(record.value) <= (latest.get(record.key) ?? -1)
    latest.set(record.key, Number(record.value))
    return isBehind
  })
}
