import { hash, verify } from '@node-rs/argon2'

/**
 * Passwords by argon2id with OWASP's parameters (19 MiB, 2 passes), about 30 ms each.
 * The string that comes back holds parameters and salt, so that they can be raised later.
 */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export const passwordCharactersMin = 8
/** Longer ones are refused, so that nobody makes us hash a megabyte. */
export const passwordCharactersMax = 256

export function hashPassword(password: string): Promise<string> {
  return hash(password, parameters)
}

/**
 * Whether `password` belongs to `passwordHash`. Without a hash (no such user) the same work is done
 * against one that nothing matches, so that the time tells nobody which e-mails have accounts.
 */
export async function verifyPassword(
  passwordHash: string | undefined,
  password: string,
): Promise<boolean> {
  if (password.length > passwordCharactersMax) return false
  const matches = await verify(passwordHash ?? (await hashOfNobody()), password)
  return matches && passwordHash !== undefined
}

let nobody: Promise<string> | undefined

function hashOfNobody(): Promise<string> {
  nobody ??= hashPassword(crypto.randomUUID())
  return nobody
}
