/** Does what transitions ask for: answers, timers and writes. */
import type { Clock } from '../../clock.ts'
import type { GroupRules } from '../../rules/groups.ts'
import { generationNotStored, generationStored, syncPhaseExpired } from './completing-rebalance.ts'
import type { Effect, JoinAnswer, SyncAnswer, TimerName } from './effects.ts'
import type { Group } from './group.ts'
import type { GroupStore } from './group-store.ts'
import { sessionExpired } from './membership.ts'
import type { Parking } from './parking.ts'
import { joinPhaseExpired } from './preparing-rebalance.ts'
import type { GroupTimers } from './timers.ts'

export interface PerformerParts {
  readonly clock: Clock
  readonly rules: GroupRules
  readonly timers: GroupTimers
  readonly joins: Parking<JoinAnswer>
  readonly syncs: Parking<SyncAnswer>
  readonly store: GroupStore
  readonly log: (line: string) => void
}

export type Perform = (group: Group, effects: readonly Effect[]) => void

export function createPerformer(parts: PerformerParts): Perform {
  const { clock, rules, timers, joins, syncs, store, log } = parts

  function perform(group: Group, effects: readonly Effect[]): void {
    for (const effect of effects) performOne(group, effect)
  }

  /**
   * Goes on after a timer or a write. Nobody waits there who would hear of a broken invariant, and
   * thrown from there it would end the broker for every tenant.
   */
  function goOn(group: Group, transition: () => Effect[]): void {
    try {
      perform(group, transition())
    } catch (error) {
      log(`Group ${group.groupId} is broken in state ${group.state}: ${error}`)
    }
  }

  function performOne(group: Group, effect: Effect): void {
    switch (effect.kind) {
      case 'answer-join':
        joins.answer(effect.to, effect.answer)
        break
      case 'answer-sync':
        syncs.answer(effect.to, effect.answer)
        break
      case 'disarm':
        timers.disarm(group.groupId, effect.timer)
        break
      case 'arm': {
        const { timer, delayMs } = effect
        const fire = () => goOn(group, () => timerFired(group, timer, rules))
        timers.arm(group.groupId, timer, delayMs, fire)
        break
      }
      case 'store-generation':
        group.emptySinceMs = null
        store.putGeneration(group, (isStored) =>
          goOn(group, () => generationWritten(group, effect.generation, isStored, rules)),
        )
        break
      case 'became-empty':
        group.emptySinceMs = clock.nowMs()
        store.putEmpty(group)
        break
    }
  }

  return perform
}

/** The transition that an expired timer stands for. */
export function timerFired(group: Group, timer: TimerName, rules: GroupRules): Effect[] {
  switch (timer) {
    case 'join-phase':
      return joinPhaseExpired(group, rules)
    case 'sync-phase':
      return syncPhaseExpired(group, rules)
    default:
      return sessionExpired(group, timer.slice('session '.length), rules)
  }
}

function generationWritten(
  group: Group,
  generation: number,
  isStored: boolean,
  rules: GroupRules,
): Effect[] {
  return isStored
    ? generationStored(group, generation)
    : generationNotStored(group, generation, rules)
}
