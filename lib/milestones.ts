import { consoleDb } from './db.ts'
import type { TutorialStep } from './format/tutorial.ts'

/** A step that was taken, and with what: the panel leads back there. */
export interface Reached {
  readonly step: TutorialStep
  readonly clusterId: string
  /** The topic or connector it is about. */
  readonly name?: string
}

/**
 * Notes that somebody has taken a step. What it was taken with last is what counts.
 *
 * Never rejects: what they did is done by now, and must not look as if it had failed for a tick.
 */
export async function reachMilestone(
  userId: string,
  { step, clusterId, name = null }: Omit<Reached, 'name'> & { readonly name?: string | null },
): Promise<void> {
  try {
    await consoleDb().milestone.upsert({
      where: { userId_step: { userId, step } },
      create: { userId, step, clusterId, name, reachedMs: BigInt(Date.now()) },
      update: { clusterId, name },
    })
  } catch (error) {
    console.error(`The step ${step} of the tutorial could not be noted:`, error)
  }
}

/** By step. */
export async function milestonesOf(
  userId: string,
): Promise<
  ReadonlyMap<string, { readonly clusterId: string | null; readonly name: string | null }>
> {
  const rows = await consoleDb().milestone.findMany({ where: { userId } })
  return new Map(rows.map(({ step, clusterId, name }) => [step, { clusterId, name }] as const))
}

export async function forgetMilestones(userId: string): Promise<void> {
  await consoleDb().milestone.deleteMany({ where: { userId } })
}
