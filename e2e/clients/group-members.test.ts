import { afterAll, beforeAll, describe, it, vi } from 'vitest'
import { createTurnstile } from '../support/turnstile.ts'
import { type ClientCluster, openClientCluster } from './client-cluster.ts'
import { type ConsumedRecord, type Member, runClient, startMember } from './client-processes.ts'
import { type Client, clients, titled } from './client-table.ts'
import { expectEachOnce, keyedRecords } from './keyed-records.ts'
import { quick } from './quick.ts'

// Most of the time is spent on waiting for session timeouts, which several clients can do at once.
vi.setConfig({ maxConcurrency: 3 })

let cluster: ClientCluster

beforeAll(async () => {
  cluster = await openClientCluster(clients.map(topicOf))
})

afterAll(() => cluster?.close())

describe.concurrent.each(titled(clients))('%s', (_title, client) => {
  it.skipIf(!client.program.ok)(
    'splits two partitions, takes over from a killed member, resumes exactly',
    () => takeOver(client),
  )
})

const topicOf = (client: Client) => `${client.name}-group`

async function takeOver(client: Client) {
  const topic = topicOf(client)
  const { keyFile, reader } = cluster
  const group = `${client.name}-members`
  const perPhase = quick ? 200 : 1_000
  const turnstile = createTurnstile()
  const join = () => startMember(client, keyFile, topic, group, turnstile.changed)
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

    await runClient(client, ['produce', keyFile, topic], keyedRecords(perPhase))
    await receivedAll(perPhase)
    await cluster.committed(group, topic, await reader.offsets(topic, -1))

    const victim = members.find((member) => member.assignment()?.length === 1)
    if (victim === undefined) throw new Error('No member has a partition')
    await victim.kill()
    gone.push(...victim.records)
    members.splice(members.indexOf(victim), 1)
    await runClient(client, ['produce', keyFile, topic], keyedRecords(perPhase))
    await assigned([0], [1])
    await receivedAll(2 * perPhase)
    await cluster.committed(group, topic, await reader.offsets(topic, -1))
    expectEachOnce([...gone, ...received()], 2 * perPhase)

    for (const member of members) await member.leave()
    gone.push(...received())
    members.splice(0)
    await runClient(client, ['produce', keyFile, topic], keyedRecords(perPhase))
    members.push(join())
    await receivedAll(3 * perPhase)
    expectEachOnce([...gone, ...received()], 3 * perPhase)
  } finally {
    await Promise.all(members.map((member: Member) => member.kill()))
  }
}
