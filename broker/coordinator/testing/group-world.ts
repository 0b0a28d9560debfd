import type { KafkaErrorName } from '../../errors.ts'
import type { ReplyId } from '../group/effects.ts'
import { createGroupDriver, type GroupDriver } from './group-driver.ts'

/** What a client does, by its own number, whether it makes sense or not. */
export type Act = 'join' | 'sync' | 'heartbeat' | 'commit' | 'leave' | 'restart' | 'live'

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

/** Five clients of one group, of which the first two are static, each with what it last heard. */
export class GroupWorld {
  readonly driver: GroupDriver = createGroupDriver({ membersMax: 4 })
  readonly #clients = Array.from({ length: CLIENT_COUNT }, (_, index) => newClient(index))

  act(index: number, what: Act, vote: number): void {
    const client = this.#clients[index]
    if (client === undefined) throw new Error(`There is no client ${index}.`)
    if (what === 'live') this.#live(client, vote)
    else if (what === 'restart') this.#clients[index] = newClient(index)
    else if (what === 'join') this.#join(client, vote)
    else if (what === 'sync') this.#sync(client)
    else if (what === 'leave') this.driver.leave(client)
    else learn(client, this.driver[what](client))
  }

  /** Every client does what is due, writes succeed, and a moment passes. */
  round(): void {
    for (const client of this.#clients) this.#live(client, 0)
    this.driver.clock.advance(100)
    this.driver.stored(true)
    this.hear()
  }

  /** Clients take over what they have been answered. */
  hear(): void {
    for (const client of this.#clients) {
      if (client.waitsFor?.kind === 'join') this.#hearJoin(client, client.waitsFor.id)
      else if (client.waitsFor?.kind === 'sync') this.#hearSync(client, client.waitsFor.id)
    }
  }

  #live(client: Client, vote: number): void {
    if (client.waitsFor !== null) return
    if (client.mustJoin) this.#join(client, vote)
    else if (client.hasAssignment) learn(client, this.driver.heartbeat(client))
    else this.#sync(client)
  }

  #join(client: Client, vote: number): void {
    const { memberId, instanceId, requiresMemberId } = client
    const protocols = (VOTES[vote] ?? []).map((name) => ({ name, metadata: Uint8Array.of(1) }))
    const id = this.driver.join({ memberId, instanceId, requiresMemberId, protocols })
    client.waitsFor = { kind: 'join', id }
  }

  /** Everybody sends assignments; only the leader's may ever be handed out. */
  #sync(client: Client): void {
    const { memberId, instanceId, generation } = client
    const assignments = new Map(
      [...this.driver.group.members.keys()].map((member) => [
        member,
        Buffer.from(`${member} by ${memberId} in ${generation}`),
      ]),
    )
    const id = this.driver.sync({ memberId, instanceId, generation, assignments })
    client.waitsFor = { kind: 'sync', id }
  }

  #hearJoin(client: Client, id: ReplyId): void {
    const answer = this.driver.joins.to(id)
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

  #hearSync(client: Client, id: ReplyId): void {
    const answer = this.driver.syncs.to(id)
    if (answer === undefined) return
    client.waitsFor = null
    learn(client, answer.error)
    if (answer.error === 'NONE') client.hasAssignment = true
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
