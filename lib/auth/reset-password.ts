import { canonicalEmail } from '../accounts.ts'
import type { ConsoleDb } from '../db.ts'
import { hashPassword } from './password.ts'

/**
 * Gives an account another password and ends all of its sessions, in one commit. False where there
 * is no such account.
 */
export async function resetPassword(
  db: ConsoleDb,
  email: string,
  password: string,
): Promise<boolean> {
  const passwordHash = await hashPassword(password)
  return db.$transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { email: canonicalEmail(email) } })
    if (user === null) return false
    await tx.user.update({ where: { id: user.id }, data: { passwordHash } })
    await tx.session.deleteMany({ where: { userId: user.id } })
    return true
  })
}
