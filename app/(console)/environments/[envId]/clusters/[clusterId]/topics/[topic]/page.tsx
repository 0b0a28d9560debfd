import { redirect } from 'next/navigation'
import { paths } from '@/lib/paths'
import { requireTopic } from '@/lib/queries/topics'

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string; topic: string }>
}

export default async function TopicPage({ params }: Props) {
  const at = await params
  await requireTopic(at, paths.topicMessages(at))
  redirect(paths.topicMessages(at))
}
