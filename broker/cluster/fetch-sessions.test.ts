import { describe, expect, it } from 'vitest'
import { isRefusal } from '../errors.ts'
import { brokerLimit } from '../rules/limits.ts'
import { epochAfter } from './fetch-session.ts'
import { FetchSessions } from './fetch-sessions.ts'

const sessionsMax = brokerLimit('fetchSessions')
const partitionsMax = brokerLimit('fetchSessionPartitions')
const idleMs = brokerLimit('fetchSessionIdleMs')

/** The first `count` partitions of a topic. */
function partitions(count: number, topic = 'rides') {
  return Array.from({ length: count }, (_, partition) => ({
    topic,
    topicId: '',
    partition,
    fetchOffset: 0,
    currentLeaderEpoch: -1,
    partitionMaxBytes: 1,
  }))
}

let connections = 0

/** On a connection of its own. */
const open = (sessions: FetchSessions, count: number, nowMs = 0) =>
  sessions.open(partitions(count), { usesTopicIds: false, connectionId: ++connections, nowMs })

function resume(
  sessions: FetchSessions,
  [sessionId, epoch]: readonly [number, number],
  { asked = partitions(0), nowMs = 0 } = {},
) {
  const request = { sessionId, epoch, usesTopicIds: false, asked, forgotten: [], nowMs }
  const session = sessions.resume(request)
  return isRefusal(session) ? session.error : session.id
}

describe('the fetch sessions of a tenant', () => {
  it('are so many at most, and only who was away makes room, longest first', () => {
    const sessions = new FetchSessions()
    const ids = Array.from({ length: sessionsMax }, () => open(sessions, 1)?.id ?? 0)
    expect(new Set(ids).size).toBe(sessionsMax)
    const [first = 0, second = 0] = ids
    expect(open(sessions, 1, idleMs - 1)).toBeNull()
    expect(resume(sessions, [first, 1], { nowMs: idleMs - 1 })).toBe(first)
    expect(open(sessions, 1, idleMs)?.id).toBeGreaterThan(0)
    expect(sessions).toMatchObject({ size: sessionsMax, partitionCount: sessionsMax })
    expect(resume(sessions, [second, 1])).toBe('FETCH_SESSION_ID_NOT_FOUND')
    expect(resume(sessions, [first, 2])).toBe(first)
  })

  it('hold so many partitions at most together', () => {
    const sessions = new FetchSessions()
    const large = open(sessions, partitionsMax - 2)?.id ?? 0
    const small = open(sessions, 1)?.id ?? 0
    expect(open(sessions, 2, 1)).toBeNull()
    expect(open(sessions, partitionsMax + 1, 2 * idleMs)).toBeNull()
    expect(sessions.size).toBe(0)
    expect(resume(sessions, [large, 1])).toBe('FETCH_SESSION_ID_NOT_FOUND')
    expect(resume(sessions, [small, 1])).toBe('FETCH_SESSION_ID_NOT_FOUND')
  })

  it('end where they outgrow that, and leave nothing behind', () => {
    const sessions = new FetchSessions()
    const id = open(sessions, 2)?.id ?? 0
    expect(resume(sessions, [id, 1], { asked: partitions(partitionsMax) })).toBe(id)
    expect(sessions.partitionCount).toBe(partitionsMax)
    const grown = resume(sessions, [id, 2], { asked: partitions(1, 'walks') })
    expect(grown).toBe('FETCH_SESSION_ID_NOT_FOUND')
    expect(sessions).toMatchObject({ size: 0, partitionCount: 0 })
  })

  it('keep no name that no topic can have', () => {
    const sessions = new FetchSessions()
    const asked = partitions(1, 'x'.repeat(brokerLimit('topicNameLength') + 1))
    const by = { usesTopicIds: false, connectionId: 0, nowMs: 0 }
    expect(sessions.open(asked, by)).toBeNull()
    const id = open(sessions, 1)?.id ?? 0
    expect(resume(sessions, [id, 1], { asked })).toBe('FETCH_SESSION_ID_NOT_FOUND')
    expect(sessions.size).toBe(0)
  })
})

it('after the largest epoch comes the first again', () => {
  expect([epochAfter(1), epochAfter(2 ** 31 - 2), epochAfter(2 ** 31 - 1)]).toEqual([
    2,
    2 ** 31 - 1,
    1,
  ])
})
