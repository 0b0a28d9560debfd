'use server'

import { z } from 'zod'
import { displayNameProblem, emailProblem } from '../../broker/rules/names.ts'
import { createAccount } from '../accounts.ts'
import { checkCurrentPassword } from '../auth/current-password.ts'
import { hashPassword, passwordCharactersMax, passwordCharactersMin } from '../auth/password.ts'
import { endSession, type SignedIn } from '../auth/session.ts'
import { brokerControl, whenReachable } from '../broker-control.ts'
import { connectControl } from '../connect-control.ts'
import { consoleDb } from '../db.ts'
import {
  deleteAccount as deleteAccountRows,
  finishDeletingCluster,
  removeDeserted,
} from '../departures.ts'
import { consoleSettings } from '../env.ts'
import { failed, failedAt } from '../errors.ts'
import { closeClusterClient } from '../kafka/cluster-clients.ts'
import { action, publicAction } from './action.ts'
import { checked } from './fields.ts'

const newPassword = z
  .string()
  .min(passwordCharactersMin, `Use at least ${passwordCharactersMin} characters.`)
  .max(passwordCharactersMax, `Use at most ${passwordCharactersMax} characters.`)

/** Makes an account. The caller signs in with it afterwards. */
export const signUp = publicAction({
  input: z.object({
    name: checked(displayNameProblem),
    email: checked(emailProblem),
    password: newPassword,
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

/** Gives the caller another password. Every other session of theirs ends; this one stays. */
export const changePassword = action({
  scope: async (session) => session,
  input: z.object({ currentPassword: z.string(), password: newPassword }),
  async run({ session }, { currentPassword, password }) {
    const refusal = await refusalOf(session, currentPassword)
    if (refusal !== null) return refusal
    const passwordHash = await hashPassword(password)
    const { userId, sessionId } = session
    await consoleDb().$transaction([
      consoleDb().user.update({ where: { id: userId }, data: { passwordHash } }),
      consoleDb().session.deleteMany({ where: { userId, id: { not: sessionId } } }),
    ])
    return { ok: {} }
  },
})

/**
 * Deletes the caller's account. Where nobody else belongs to their organisation, its environments and
 * clusters go too, topics and keys with them; what the broker cannot forget now, the next start does.
 */
export const deleteAccount = action({
  scope: async (session) => session,
  input: z.object({ currentPassword: z.string() }),
  async run({ session }, { currentPassword }) {
    const refusal = await refusalOf(session, currentPassword)
    if (refusal !== null) return refusal
    const db = consoleDb()
    const clusterIds = await deleteAccountRows(db, session.userId)
    await endSession(session)
    const broker = {
      deleteTenant: (id: string) => whenReachable(() => brokerControl().deleteTenant(id)),
    }
    const connect = {
      deleteCluster: (id: string) => whenReachable(() => connectControl().deleteCluster(id)),
    }
    for (const clusterId of clusterIds) {
      await closeClusterClient(clusterId)
      if (!(await finishDeletingCluster({ db, broker, connect }, clusterId))) break
    }
    await removeDeserted(db)
    return { ok: {} }
  },
})

async function refusalOf(session: SignedIn, currentPassword: string) {
  const outcome = await checkCurrentPassword(session, currentPassword)
  if (outcome === 'right') return null
  return failedAt('currentPassword', outcome === 'wrong' ? 'WRONG_PASSWORD' : 'TOO_MANY_ATTEMPTS')
}
