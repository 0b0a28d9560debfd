/**
 * Browsers allow six connections to one origin over all tabs. A tab keeps a stream open only while it
 * holds one of four locks, so that two connections are left for everything else.
 */
const locks = ['stream-1', 'stream-2', 'stream-3', 'stream-4'].map((name) => `tributary-${name}`)

/** Runs `work` while holding a lock; false where every lock is taken, or the browser has none. */
export async function withStreamLock(work: () => Promise<void>): Promise<boolean> {
  // Only secure contexts have locks: a console reached over plain HTTP from elsewhere polls.
  if (!('locks' in navigator)) return false
  for (const name of locks) {
    const isDone = await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock === null) return false
      await work()
      return true
    })
    if (isDone) return true
  }
  return false
}
