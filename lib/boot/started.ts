/** What a step of the start came to; `reason` is one sentence for the person at the terminal. */
export type Started<T> = { ok: true; value: T } | { ok: false; reason: string }

export function started<T>(value: T): Started<T> {
  return { ok: true, value }
}

export function refused<T>(reason: string): Started<T> {
  return { ok: false, reason }
}

/** The system's code of a failed call (`EACCES`, `EADDRINUSE`), where there is one. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
