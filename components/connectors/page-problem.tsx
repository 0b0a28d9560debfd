import Link from 'next/link'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import { Note } from '../ui/note.tsx'

/** Why what is shown is not of now, if it is not. */
export function PageProblem({
  at,
  problem,
  isGone,
}: {
  readonly at: ClusterAt
  readonly problem: string | undefined
  readonly isGone: boolean
}) {
  if (isGone) {
    return (
      <Note kind="caution">
        This connector no longer exists. See the <Link href={paths.connectors(at)}>others</Link>.
      </Note>
    )
  }
  return problem === undefined ? null : <Note kind="caution">{problem}</Note>
}
