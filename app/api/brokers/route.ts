import { readSession } from '@/lib/auth/session'
import { readBrokers } from '@/lib/queries/brokers'
import { refusal } from '@/lib/queries/route-access'

/** How many brokers of this installation answer, for the foot of the navigation. */
export async function GET(): Promise<Response> {
  const session = await readSession()
  return session === null ? refusal('NOT_SIGNED_IN') : Response.json(await readBrokers())
}
