/** Reads what a route handler of the console answers; null where it does not, for whatever reason. */
export async function fetchJson<Value>(path: string, signal?: AbortSignal): Promise<Value | null> {
  try {
    const response = await fetch(path, signal === undefined ? {} : { signal })
    // Our own handlers answer this path with this type (lib/queries/places.ts).
    return response.ok ? ((await response.json()) as Value) : null
  } catch {
    return null
  }
}
