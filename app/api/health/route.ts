import { consoleDb } from '@/lib/db'

/** Whether the console answers and can read its database. Needs no sign-in and tells nothing else. */
export async function GET(): Promise<Response> {
  await consoleDb().organisation.count()
  return Response.json({ status: 'ok' })
}
