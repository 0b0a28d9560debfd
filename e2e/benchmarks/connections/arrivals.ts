import { setTimeout as delay } from 'node:timers/promises'
import { Metadata } from '../../../broker/protocol/messages/metadata.ts'
import { type SignInTarget, signIn } from './sign-in.ts'

export interface Arrivals {
  /** From the moment a client wanted to connect until it was signed in, one for each that was. */
  readonly signedInMs: readonly number[]
  /** Why the others failed. */
  readonly failures: readonly string[]
}

export interface ArrivalPlan {
  readonly perSecond: number
  readonly seconds: number
  /** Every so many-th connects by TLS. */
  readonly tlsEvery: number
}

/**
 * Clients that come at a steady rate, whether or not those before them are done: each connects, signs
 * in, asks for metadata and leaves.
 */
export async function connectAtRate(
  target: SignInTarget,
  { perSecond, seconds, tlsEvery }: ArrivalPlan,
): Promise<Arrivals> {
  const signedInMs: number[] = []
  const failures: string[] = []

  async function come(isTls: boolean): Promise<void> {
    const startedMs = performance.now()
    try {
      const client = await signIn(target, isTls)
      signedInMs.push(performance.now() - startedMs)
      await client.send(Metadata, 1, { topics: [] })
      client.close()
    } catch (error) {
      failures.push(String(error))
    }
  }

  const coming: Promise<void>[] = []
  const startedMs = performance.now()
  for (let number = 0; number < perSecond * seconds; number++) {
    const dueMs = startedMs + (number * 1000) / perSecond
    const earlyMs = dueMs - performance.now()
    if (earlyMs > 1) await delay(earlyMs)
    coming.push(come(number % tlsEvery === 0))
  }
  await Promise.all(coming)
  return { signedInMs, failures }
}
