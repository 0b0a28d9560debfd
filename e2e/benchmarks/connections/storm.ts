import type { Arrivals } from './arrivals.ts'
import { type SignInTarget, signIn } from './sign-in.ts'

/** So many clients connect at the same moment, as all do when their broker has started again. */
export async function connectAtOnce(
  target: SignInTarget,
  { count, tlsEvery }: { readonly count: number; readonly tlsEvery: number },
): Promise<Arrivals> {
  const signedInMs: number[] = []
  const failures: string[] = []
  const startedMs = performance.now()
  const clients = await Promise.all(
    Array.from({ length: count }, async (_, number) => {
      try {
        const client = await signIn(target, number % tlsEvery === 0)
        signedInMs.push(performance.now() - startedMs)
        return client
      } catch (error) {
        failures.push(String(error))
        return null
      }
    }),
  )
  for (const client of clients) client?.close()
  return { signedInMs, failures }
}
