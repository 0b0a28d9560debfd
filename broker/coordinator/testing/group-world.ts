import type { KafkaErrorName } from '../../errors.ts'
import type { ReplyId } from '../group/effects.ts'
import { createGroupDriver, type GroupDriver } from './group-driver.ts'

/** What a client does, by its own number, whether it makes sense or not. */
export type Act = 'join' | 'sync' | 'heartbeat' | 'commit' | 'leave' | 'restart' | 'live'

/** Five clients of one group, of which the first two are static, each with what it last heard. */
export interface GroupWorld {
  readonly driver: GroupDriver
  act(index: number, act: Act, vote: number): void
  /** Every client does what is due, writes succeed, and a moment passes. */
  round(): void
  /** Clients take over what they have been answered. */
  hear(): void
}

export const CLIENT_COUNT = 5

/** What clients offer, in their order of preference. */
const VOTES = [['range', 'sticky'], ['sticky', 'range'], ['range']] as const

interface Client {
  readonly instanceId: string | null
  readonly requiresMemberId: boolean
  memberId: string
  generation: number
  mustJoin: boolean
  hasAssignment: boolean
  waitsFor: { readonly kind: 'join' | 'sync'; readonly id: ReplyId } | null
}

export function createGroupWorld(): GroupWorld {
  const driver = createGroupDriver({ membersMax: 4 })
  const clients = Array.from({ length: CLIENT_COUNT }, (_, index) => newClient(index))

  function act(index: number, what: Act, vote: number): void {
    const client = clients[index]
    if (client === undefined) throw new Error(`There is no client ${index}.`)
    if (what === 'live') live(client, vote)
    else if (what === 'restart') clients[index] = newClient(index)
    else if (what === 'join') join(client, vote)
    else if (what === 'sync') sync(client)
    else if (what === 'leave') driver.leave(client)
    else learn(client, driver[what](client))
  }

  function live(client: Client, vote: number): void {
    if (client.waitsFor !== null) return
    if (client.mustJoin) join(client, vote)
    else if (client.hasAssignment) learn(client, driver.heartbeat(client))
    else sync(client)
  }

  function join(client: Client, vote: number): void {
    const { memberId, instanceId, requiresMemberId } = client
    const protocols = (VOTES[vote] ?? []).map((name) => ({ name, metadata: Uint8Array.of(1) }))
    const id = driver.join({ memberId, instanceId, requiresMemberId, protocols })
    client.waitsFor = { kind: 'join', id }
  }

  /** Everybody sends assignments; only the leader's may ever be handed out. */
  function sync(client: Client): void {
    const { memberId, instanceId, generation } = client
    const assignments = new Map(
      [...driver.group.members.keys()].map((member) => [
        member,
        Buffer.from(`${member} by ${memberId} in ${generation}`),
      ]),
    )
    const id = driver.sync({ memberId, instanceId, generation, assignments })
    client.waitsFor = { kind: 'sync', id }
  }

  function hear(): void {
    for (const client of clients) {
      if (client.waitsFor?.kind === 'join') hearJoin(client, client.waitsFor.id)
      else if (client.waitsFor?.kind === 'sync') hearSync(client, client.waitsFor.id)
    }
  }

  function hearJoin(client: Client, id: ReplyId): void {
    const answer = driver.joins.to(id)
    if (answer === undefined) return
    client.waitsFor = null
    learn(client, answer.error)
    if (answer.error === 'NONE' || answer.error === 'MEMBER_ID_REQUIRED') {
      client.memberId = answer.memberId
      client.generation = answer.generation
      client.mustJoin = answer.error !== 'NONE'
      client.hasAssignment = false
    }
  }

  function hearSync(client: Client, id: ReplyId): void {
    const answer = driver.syncs.to(id)
    if (answer === undefined) return
    client.waitsFor = null
    learn(client, answer.error)
    if (answer.error === 'NONE') client.hasAssignment = true
  }

  return {
    driver,
    act,
    hear,
    round() {
      for (const client of clients) live(client, 0)
      driver.clock.advance(100)
      driver.stored(true)
      hear()
    },
  }
}

function newClient(index: number): Client {
  return {
    instanceId: index < 2 ? `instance-${index}` : null,
    requiresMemberId: index > 2,
    memberId: '',
    generation: -1,
    mustJoin: true,
    hasAssignment: false,
    waitsFor: null,
  }
}

/** What a client makes of an error. */
function learn(client: Client, error: KafkaErrorName): void {
  if (error === 'NONE') return
  client.mustJoin = true
  if (error === 'UNKNOWN_MEMBER_ID' || error === 'FENCED_INSTANCE_ID') {
    client.memberId = ''
    client.generation = -1
  }
}
