'use server'

import { z } from 'zod'
import { forgetMilestones } from '../milestones.ts'
import { forgetSeenRate } from '../queries/learn.ts'
import { action } from './action.ts'
import { organisationScope } from './scopes.ts'

/** Takes the caller's ticks off the tutorial. What was made on the way stays. */
export const startTutorialOver = action({
  scope: organisationScope,
  input: z.object({}),
  async run({ session }) {
    await forgetMilestones(session.userId)
    forgetSeenRate(session.userId)
    return { ok: {} }
  },
})
