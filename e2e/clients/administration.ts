import { expect } from 'vitest'
import type { AdminAnswer, AdminRequests, AdminStep } from './admin-requests.ts'
import { type AdminSession, startAdmin } from './client-processes.ts'
import { type Client, clients } from './client-table.ts'
import type { ReadGroup } from './cluster-reader.ts'

/**
 * A client's admin calls, each judged. What the client has no call for (its row says so, and it has to say so
 * itself) is done by another, so that what follows can be judged all the same.
 */
export interface Administration {
  /** It is done; what is told of it is among `told`, where that is given. */
  does<Step extends AdminStep>(
    step: Step,
    request: AdminRequests[Step],
    told?: readonly unknown[],
  ): Promise<void>
  isRefused<Step extends AdminStep>(
    step: Step,
    request: AdminRequests[Step],
    error: number,
  ): Promise<void>
  /** What it tells is this; lists of names in any order. */
  reports<Step extends AdminStep>(
    step: Step,
    request: AdminRequests[Step],
    wanted: readonly unknown[],
  ): Promise<void>
  reportsAtLeast<Step extends AdminStep>(
    step: Step,
    request: AdminRequests[Step],
    wanted: object,
  ): Promise<void>
  reportsGroup(group: string, wanted: ReadGroup): Promise<void>
  result<Step extends AdminStep>(step: Step, request: AdminRequests[Step]): Promise<unknown>
  close(): Promise<void>
}

export function administer(client: Client, keyFile: string): Administration {
  const own = startAdmin(client, keyFile)
  let standIn: AdminSession | undefined

  async function ask<Step extends AdminStep>(
    step: Step,
    request: AdminRequests[Step],
  ): Promise<AdminAnswer> {
    const answer = await own.ask(step, request)
    const cannot = client.cannot.includes(step)
    expect('unsupported' in answer, `${client.name} says that it cannot ${step}`).toBe(cannot)
    if (!cannot) return answer
    standIn ??= startAdmin(ableOf('platformatic-kafka'), keyFile)
    return standIn.ask(step, request)
  }

  async function result<Step extends AdminStep>(step: Step, request: AdminRequests[Step]) {
    const answer = await ask(step, request)
    expect(answer, `${client.name} ${step} ${JSON.stringify(request)}`).toHaveProperty('result')
    return 'result' in answer ? answer.result : undefined
  }

  return {
    result,
    async does(step, request, told) {
      const answer = await result(step, request)
      if (told !== undefined) expect(told).toContainEqual(answer)
    },
    async isRefused(step, request, error) {
      const answer = await ask(step, request)
      const what = `${client.name} ${step} ${JSON.stringify(request)}`
      expect(answer, what).toEqual({ event: 'answer', error })
    },
    async reports(step, request, wanted) {
      const told = await result(step, request)
      expect(inOrder(told), `${client.name} ${step}`).toEqual(inOrder(wanted))
    },
    async reportsAtLeast(step, request, wanted) {
      expect(await result(step, request)).toMatchObject(wanted)
    },
    async reportsGroup(group, { state, members }) {
      const told = await result('describeGroup', { group })
      // Some write states in capitals.
      expect(told).toEqual({ state: expect.stringMatching(new RegExp(`^${state}$`, 'i')), members })
    },
    async close() {
      await own.close()
      await standIn?.close()
    },
  }
}

function ableOf(name: string): Client {
  const able = clients.find((client) => client.name === name)
  if (able === undefined) throw new Error(`There is no client ${name}`)
  return able
}

/** Names sorted, partitions by their number; offsets stand in the order of partitions already. */
function inOrder(list: unknown): unknown {
  if (!Array.isArray(list)) return list
  if (list.every((each) => typeof each === 'string')) return [...list].sort()
  if (list.every((each) => typeof each === 'number')) return list
  return [...list].sort((a, b) => Number(Object(a).partition) - Number(Object(b).partition))
}
