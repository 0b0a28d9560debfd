/**
 * Clients do anything in any order, sensible or not; time passes, writes succeed and fail. Whatever
 * happens, what a group promises holds after every step.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Answers, REBALANCE_MS, SESSION_MS } from '../testing/group-driver.ts'
import { type Act, CLIENT_COUNT, GroupWorld } from '../testing/group-world.ts'
import { type JoinAnswer, type ReplyId, sessionOf } from './effects.ts'
import type { GroupState } from './group.ts'

type Step =
  | { readonly kind: 'act'; readonly act: Act; readonly client: number; readonly vote: number }
  | { readonly kind: 'round' }
  | { readonly kind: 'stored'; readonly isStored: boolean }
  | { readonly kind: 'wait'; readonly ms: number }

const client = fc.nat(CLIENT_COUNT - 1)
const doing = (...acts: Act[]) =>
  fc.record({
    kind: fc.constant('act' as const),
    act: fc.constantFrom(...acts),
    client,
    vote: fc.nat(2),
  })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: fc.constant({ kind: 'round' as const }) },
  { weight: 12, arbitrary: doing('live') },
  { weight: 8, arbitrary: doing('join', 'sync', 'heartbeat', 'commit') },
  { weight: 2, arbitrary: doing('leave', 'restart') },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('stored' as const), isStored: fc.boolean() }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(50, 100, 3_000, SESSION_MS - 1_000, SESSION_MS, REBALANCE_MS),
    }),
  },
)

function perform(world: GroupWorld, each: Step): void {
  if (each.kind === 'act') world.act(each.client, each.act, each.vote)
  else if (each.kind === 'round') world.round()
  else if (each.kind === 'stored') world.driver.stored(each.isStored)
  else world.driver.clock.advance(each.ms)
  world.hear()
}

/** The generation is bumped once for each join phase that ends, and never otherwise. */
function checkStep({ driver }: GroupWorld, before: GroupState, generation: number): void {
  const { group } = driver
  const phaseEnded =
    group.generation !== generation ||
    (before !== group.state && (group.state === 'CompletingRebalance' || group.state === 'Empty'))
  expect(group.generation).toBe(phaseEnded ? generation + 1 : generation)
  if (phaseEnded) expect(['CompletingRebalance', 'Empty']).toContain(group.state)
}

function checkGroup({ driver }: GroupWorld): void {
  const { group, timers } = driver
  const memberIds = [...group.members.keys()]
  const members = [...group.members.values()]
  expect(memberIds).toEqual(members.map(({ memberId }) => memberId))
  expect(group.leaderId === null).toBe(memberIds.length === 0)
  if (group.leaderId !== null) expect(memberIds).toContain(group.leaderId)
  const owners = members.flatMap(({ instanceId, memberId }) =>
    instanceId === null ? [] : [[instanceId, memberId] as const],
  )
  expect([...group.staticMembers].sort()).toEqual(owners.sort())
  expect(new Set(owners.map(([instanceId]) => instanceId)).size).toBe(owners.length)
  for (const memberId of group.awaitedSyncs) expect(memberIds).toContain(memberId)
  if (group.awaitedSyncs.size > 0) expect(timers.has('g', 'sync-phase')).toBe(true)
  if (group.state === 'Empty') expect(timers.size).toBe(group.pendingMembers.size)
  expect(timers.has('g', 'join-phase')).toBe(group.state === 'PreparingRebalance')
}

/** Whoever is silent is found out; whoever waits, waits for one thing, in the state that gives it. */
function checkMembers({ driver }: GroupWorld): void {
  const { group, timers } = driver
  for (const { memberId, parkedJoin, parkedSync } of group.members.values()) {
    const isParked = parkedJoin !== null || parkedSync !== null
    expect(isParked || timers.has('g', sessionOf(memberId))).toBe(true)
    expect(parkedJoin !== null && parkedSync !== null).toBe(false)
    if (parkedJoin !== null) expect(group.state).toBe('PreparingRebalance')
    if (parkedSync !== null) expect(group.state).toBe('CompletingRebalance')
  }
}

/** Whatever is parked belongs to a member that waits for it; all else was answered exactly once. */
function checkAnswers({ driver }: GroupWorld): void {
  const members = [...driver.group.members.values()]
  checkEachOnce(driver.joins, new Set(members.map(({ parkedJoin }) => parkedJoin)))
  checkEachOnce(driver.syncs, new Set(members.map(({ parkedSync }) => parkedSync)))
}

function checkEachOnce(answers: Answers<unknown>, parked: ReadonlySet<ReplyId | null>): void {
  const wrong = [...answers.asked].filter(
    (id) => (answers.all.get(id)?.length ?? 0) !== (parked.has(id) ? 0 : 1),
  )
  expect(wrong).toEqual([])
}

/** One generation has one protocol, and a list of members that only its leader is shown. */
function checkGenerations({ driver }: GroupWorld): void {
  const protocols = new Map<number, string | null>()
  for (const answer of joinsOf(driver)) {
    const { generation, protocolName, members, memberId, leaderId } = answer
    expect(protocolName).toBe(protocols.get(generation) ?? protocolName)
    protocols.set(generation, protocolName)
    if (members.length > 0) expect(memberId).toBe(leaderId)
  }
}

/** Assignments come from a leader of that generation. */
function checkAssignments({ driver }: GroupWorld): void {
  const leaders = new Set(
    joinsOf(driver).map(({ leaderId, generation }) => `${leaderId} in ${generation}`),
  )
  for (const [answer] of driver.syncs.all.values()) {
    if (answer?.error !== 'NONE') continue
    const text = Buffer.from(answer.assignment).toString()
    const by = text.split(' by ')[1]
    // A member that the leader had left out has 10 bytes that say "nothing".
    if (by === undefined) expect(answer.assignment).toHaveLength(10)
    else expect(leaders).toContain(by)
  }
}

function joinsOf(driver: GroupWorld['driver']): JoinAnswer[] {
  return [...driver.joins.all.values()].flat().filter(({ error }) => error === 'NONE')
}

/** When everybody falls silent, nothing is left: no member, no timer, no parked request. */
function checkEnd(world: GroupWorld): void {
  const { driver } = world
  for (let rounds = 0; rounds < 20; rounds++) {
    driver.stored(true)
    driver.clock.advance(300_000)
  }
  expect(driver.group.state).toBe('Empty')
  expect(driver.timers.size).toBe(0)
  expect(driver.logLines).toEqual([])
  expect(driver.group.pendingMembers.size).toBe(0)
  checkAnswers(world)
}

describe('a group', () => {
  it('keeps its promises whatever its members do', () => {
    const statesReached = new Set<string>()
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100, size: 'max' }), (steps) => {
        const world = new GroupWorld()
        for (const each of steps) {
          const { state, generation } = world.driver.group
          perform(world, each)
          checkGroup(world)
          checkMembers(world)
          checkAnswers(world)
          if (each.kind !== 'wait' && each.kind !== 'round') checkStep(world, state, generation)
          statesReached.add(`${state} → ${world.driver.group.state}`)
        }
        checkGenerations(world)
        checkAssignments(world)
        checkEnd(world)
      }),
      { numRuns: 150 },
    )
    expect(statesReached).toContain('CompletingRebalance → Stable')
    expect(statesReached).toContain('Stable → PreparingRebalance')
  })
})
