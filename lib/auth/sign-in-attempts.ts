/**
 * Failed sign-ins of the last 15 minutes, in memory: per e-mail and address, and per e-mail from
 * anywhere, so that neither one machine nor many can try passwords at speed. A right password
 * clears its own pair only.
 */
export const attemptLimits = {
  windowMs: 15 * 60_000,
  perEmailAndAddress: 10,
  /** Higher, or a stranger could lock someone out of their account from one machine. */
  perEmail: 100,
  /** Entries kept; beyond it the oldest go, so that invented e-mails cannot fill the memory. */
  entriesMax: 10_000,
} as const

interface Attempt {
  /** Whose account is tried; programs that bring an API key try that. */
  readonly email: string
  readonly address: string
}

export interface SignInAttempts {
  /**
   * Whether this attempt may be tried at all. It counts as failed from here on, so that attempts
   * sent at the same moment count too.
   */
  begin(attempt: Attempt): boolean
  /** The password was right after all. */
  succeeded(attempt: Attempt): void
}

export function createSignInAttempts(nowMs: () => number): SignInAttempts {
  const failures = new Map<string, { count: number; sinceMs: number }>()

  function countOf(key: string): number {
    const entry = failures.get(key)
    if (entry === undefined) return 0
    if (nowMs() - entry.sinceMs < attemptLimits.windowMs) return entry.count
    failures.delete(key)
    return 0
  }

  function add(key: string) {
    const count = countOf(key)
    const sinceMs = failures.get(key)?.sinceMs ?? nowMs()
    failures.delete(key)
    failures.set(key, { count: count + 1, sinceMs })
    const oldest = failures.keys().next().value
    if (failures.size > attemptLimits.entriesMax && oldest !== undefined) failures.delete(oldest)
  }

  return {
    begin(attempt) {
      const isAllowed =
        countOf(pairKey(attempt)) < attemptLimits.perEmailAndAddress &&
        countOf(attempt.email) < attemptLimits.perEmail
      if (isAllowed) {
        add(pairKey(attempt))
        add(attempt.email)
      }
      return isAllowed
    },
    succeeded(attempt) {
      failures.delete(pairKey(attempt))
      const entry = failures.get(attempt.email)
      if (entry !== undefined) entry.count -= 1
    },
  }
}

/** This machine has several addresses (127.0.0.1, ::1), and is one place to try passwords from. */
export function machineAt(address: string): string {
  return /^(::1|(::ffff:)?127\..*)$/.test(address) ? 'this machine' : address
}

function pairKey({ email, address }: Attempt): string {
  return `${email}\n${address}`
}
