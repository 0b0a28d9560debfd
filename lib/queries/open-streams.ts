import 'server-only'

/**
 * How many streams one session holds open. A browser opens four at most (a lock each); what opens
 * more is a program, and each stream holds up to three connections to the broker.
 */
const streamsPerSessionMax = 16

// Hot reload in development evaluates this module again; what is open must stay counted.
const kept = globalThis as { tributaryOpenStreams?: Map<string, number> }

function openStreams(): Map<string, number> {
  kept.tributaryOpenStreams ??= new Map()
  return kept.tributaryOpenStreams
}

/** Counts one more stream; false where the session has as many as it may. */
export function openStream(sessionId: string): boolean {
  const open = openStreams().get(sessionId) ?? 0
  if (open >= streamsPerSessionMax) return false
  openStreams().set(sessionId, open + 1)
  return true
}

export function closeStream(sessionId: string): void {
  const left = (openStreams().get(sessionId) ?? 1) - 1
  if (left > 0) openStreams().set(sessionId, left)
  else openStreams().delete(sessionId)
}
