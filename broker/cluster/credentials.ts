import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** The user names of internal principals: `console.<lkc>`; our own processes sign in so. */
const INTERNAL_PREFIX = 'console.'

/**
 * SHA-256, the form in which a secret is kept. It needs no salt and no slow hash: secrets that we make
 * have 360 random bits, and those of presets stand in a file in plain text anyway.
 */
export function hashSecret(secret: string): Uint8Array {
  return createHash('sha256').update(secret, 'utf8').digest()
}

/** Compares in constant time; without a stored hash it takes as long and is never true. */
export function secretMatches(secret: string, storedHash: Uint8Array | undefined): boolean {
  const known = storedHash?.length === NO_HASH.length ? storedHash : undefined
  const equal = timingSafeEqual(hashSecret(secret), known ?? NO_HASH)
  return equal && known !== undefined
}

/** The tenant that an internal user name speaks for, or null for any other name. */
export function internalTenantId(username: string): string | null {
  return username.startsWith(INTERNAL_PREFIX) ? username.slice(INTERNAL_PREFIX.length) : null
}

/** The user name with which our own processes sign in to a tenant, from this machine only. */
export function internalUsername(tenantId: string): string {
  return `${INTERNAL_PREFIX}${tenantId}`
}

/** The password of an internal user: HMAC-SHA256 of its name under `internal.key`, as lower-case hex. */
export function internalPassword(internalKey: Uint8Array, username: string): string {
  return createHmac('sha256', internalKey).update(username, 'utf8').digest('hex')
}

/** Whether a password is the one that `internalPassword` gives; in constant time. */
export function internalPasswordMatches(
  internalKey: Uint8Array,
  username: string,
  password: string,
): boolean {
  return secretMatches(password, hashSecret(internalPassword(internalKey, username)))
}

const NO_HASH = new Uint8Array(32)
