import type { HttpSession } from '../support/http-session.ts'

/** Asks for a page again and again, one request after another; resolves with each one's ms. */
export async function measurePage(
  session: HttpSession,
  path: string,
  requests: number,
): Promise<number[]> {
  const durationsMs: number[] = []
  for (let index = 0; index < requests; index++) {
    const startMs = performance.now()
    const response = await session.fetch(path)
    await response.text()
    if (response.status !== 200) throw new Error(`${path} was answered ${response.status}`)
    durationsMs.push(performance.now() - startMs)
  }
  return durationsMs
}
