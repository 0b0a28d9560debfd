import Link from 'next/link'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import { Badge } from '../ui/badge.tsx'

/** Says on the first page of a cluster that nobody needs a key, and leads to where that is set. */
export function OpenListenerBadge({ at, port }: { readonly at: ClusterAt; readonly port: number }) {
  return (
    <Link
      href={paths.clusterSettings(at)}
      className="rounded-[5px]"
      title={`Every program on this machine can connect to localhost:${port} without a key.`}
    >
      <Badge tone="red" shape="triangle" word="Open without a key" isPill />
    </Link>
  )
}
