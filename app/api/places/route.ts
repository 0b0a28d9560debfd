import { readSession } from '@/lib/auth/session'
import { listPlaces } from '@/lib/queries/places'
import { refusal } from '@/lib/queries/route-access'

/** The caller's environments and clusters, for the switchers and the command palette. */
export async function GET(): Promise<Response> {
  const session = await readSession()
  return session === null ? refusal('NOT_SIGNED_IN') : Response.json(await listPlaces(session))
}
