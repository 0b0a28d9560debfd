'use server'

import { z } from 'zod'
import { displayNameProblem, emailProblem } from '../../broker/rules/names.ts'
import { createAccount } from '../accounts.ts'
import { passwordCharactersMax, passwordCharactersMin } from '../auth/password.ts'
import { endSession } from '../auth/session.ts'
import { consoleDb } from '../db.ts'
import { consoleSettings } from '../env.ts'
import { failed, failedAt } from '../errors.ts'
import { action, publicAction } from './action.ts'
import { checked } from './fields.ts'

/** Makes an account. The caller signs in with it afterwards. */
export const signUp = publicAction({
  input: z.object({
    name: checked(displayNameProblem),
    email: checked(emailProblem),
    password: z
      .string()
      .min(passwordCharactersMin, `Use at least ${passwordCharactersMin} characters.`)
      .max(passwordCharactersMax, `Use at most ${passwordCharactersMax} characters.`),
  }),
  async run(input) {
    if (!consoleSettings().signUpOpen) return failed('SIGN_UP_CLOSED')
    const account = await createAccount(consoleDb(), input)
    return account === null ? failedAt('email', 'EMAIL_TAKEN') : { ok: {} }
  },
})

/** Ends this session everywhere: a copy of its cookie opens nothing afterwards. */
export const signOut = action({
  input: z.object({}),
  scope: async (session) => session,
  async run({ session }) {
    await endSession(session)
    return { ok: {} }
  },
})
