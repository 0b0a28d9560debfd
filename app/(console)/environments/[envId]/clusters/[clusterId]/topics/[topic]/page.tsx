import { redirect } from 'next/navigation'
import { paths } from '@/lib/paths'
import { requireCluster } from '@/lib/queries/ownership'
import { requireTopic } from '@/lib/queries/topics'

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string; topic: string }>
}

export default async function TopicPage({ params }: Props) {
  const at = await params
  const cluster = await requireCluster(at.envId, at.clusterId, paths.topicMessages(at))
  await requireTopic(cluster, at.topic)
  redirect(paths.topicMessages(at))
}
