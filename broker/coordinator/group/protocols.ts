import type { Group } from './group.ts'
import type { Member } from './members.ts'

/** An assignor that a member offers, with what it tells the leader (for consumers: its subscription). */
export interface Protocol {
  readonly name: string
  readonly metadata: Uint8Array
}

const CONSUMER = 'consumer'

/** Whether somebody with these protocols fits in: one of them must be spoken by every member. */
export function supportsProtocols(
  group: Group,
  protocolType: string,
  protocols: readonly Protocol[],
): boolean {
  if (group.state === 'Empty') return protocolType !== '' && protocols.length > 0
  const common = commonProtocols(group)
  return (
    protocolType === group.protocolType &&
    protocols.some(({ name }) => common === null || common.has(name))
  )
}

/**
 * The protocol for the next generation: among those that all members speak, each member votes for
 * the one it likes best. Of equal votes the one counted first wins.
 */
export function selectProtocol(group: Group): string {
  const common = commonProtocols(group)
  const votes = new Map<string, number>()
  for (const member of group.members.values()) {
    const vote = member.protocols.find(({ name }) => common?.has(name))
    if (vote === undefined) {
      throw new Error('Members without a common protocol were let into one group.')
    }
    votes.set(vote.name, (votes.get(vote.name) ?? 0) + 1)
  }
  let chosen: readonly [name: string, votes: number] = ['', 0]
  for (const candidate of votes) {
    if (candidate[1] > chosen[1]) chosen = candidate
  }
  return chosen[0]
}

/** Whether a member offers exactly what it offered before: then its JoinGroup is a retry. */
export function sameProtocols(known: readonly Protocol[], offered: readonly Protocol[]): boolean {
  return (
    known.length === offered.length &&
    known.every((protocol, index) => {
      const other = offered[index]
      return (
        other !== undefined &&
        other.name === protocol.name &&
        Buffer.compare(other.metadata, protocol.metadata) === 0
      )
    })
  )
}

/** What the member tells the leader under the protocol in use. */
export function metadataOf(member: Member, protocolName: string | null): Uint8Array {
  return member.protocols.find(({ name }) => name === protocolName)?.metadata ?? new Uint8Array(0)
}

/**
 * The topics that the members have subscribed to, or null where the group does not say: it is not a
 * consumer group, it has no generation, or a subscription cannot be read.
 */
export function subscribedTopics(group: Group): ReadonlySet<string> | null {
  if (group.protocolType !== CONSUMER) return null
  if (group.members.size === 0) return new Set()
  const topics = new Set<string>()
  for (const member of group.members.values()) {
    const subscription = topicsOfSubscription(metadataOf(member, group.protocolName))
    if (subscription === null) return null
    for (const topic of subscription) topics.add(topic)
  }
  return topics
}

/** Whether deleting the topic's offsets would pull them from under a consumer. When in doubt, yes. */
export function isSubscribedTo(group: Group, topic: string): boolean {
  return subscribedTopics(group)?.has(topic) ?? group.protocolType === CONSUMER
}

/** Every version of a consumer's subscription begins as v0 does: int16 version, array of names. */
function topicsOfSubscription(metadata: Uint8Array): readonly string[] | null {
  const view = Buffer.from(metadata.buffer, metadata.byteOffset, metadata.byteLength)
  if (view.length < 6) return null
  const count = view.readInt32BE(2)
  const topics: string[] = []
  let at = 6
  while (topics.length < count) {
    if (at + 2 > view.length) return null
    const end = at + 2 + view.readInt16BE(at)
    if (end < at + 2 || end > view.length) return null
    topics.push(view.toString('utf8', at + 2, end))
    at = end
  }
  return topics
}

/**
 * A consumer's assignment of nothing. Kafka gives a member that the leader left out zero bytes,
 * which some clients cannot parse (franz-go among them); this they can.
 */
const NOTHING_ASSIGNED = Uint8Array.of(0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff)

/** What a member is given: what the leader said, or nothing in a form that it can read. */
export function assignmentFor(group: Group, given: Uint8Array | undefined): Uint8Array {
  if (given !== undefined && given.length > 0) return given
  return group.protocolType === CONSUMER ? NOTHING_ASSIGNED : new Uint8Array(0)
}

/** The names that every member offers; null where there is nobody to disagree. */
function commonProtocols(group: Group): ReadonlySet<string> | null {
  let common: Set<string> | null = null
  for (const member of group.members.values()) {
    const names = new Set(member.protocols.map(({ name }) => name))
    const before: Set<string> = common ?? names
    common = new Set([...before].filter((name) => names.has(name)))
  }
  return common
}
