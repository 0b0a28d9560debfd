import 'server-only'
import type { SignedIn } from '../auth/session.ts'
import { consoleDb } from '../db.ts'
import { ownedBy } from './ownership.ts'

export interface EnvironmentRow {
  readonly id: string
  readonly name: string
  readonly clusterCount: number
  readonly createdMs: number
}

/** The caller's environments, oldest first. */
export async function listEnvironments(session: SignedIn): Promise<readonly EnvironmentRow[]> {
  const rows = await consoleDb().environment.findMany({
    where: ownedBy(session),
    orderBy: [{ createdMs: 'asc' }, { name: 'asc' }],
    include: { _count: { select: { clusters: true } } },
  })
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    clusterCount: row._count.clusters,
    createdMs: Number(row.createdMs),
  }))
}
