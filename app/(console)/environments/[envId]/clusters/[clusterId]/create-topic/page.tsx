import type { Metadata } from 'next'
import { CreateTopicForm } from '@/components/topics/create-topic-form'
import { paths } from '@/lib/paths'
import { requireCluster } from '@/lib/queries/ownership'
import { topicFormDefaults } from '@/lib/queries/topic-form'

export const metadata: Metadata = { title: 'New topic' }

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

export default async function CreateTopicPage({ params }: Props) {
  const at = await params
  const cluster = await requireCluster(at.envId, at.clusterId, paths.createTopic(at))
  return <CreateTopicForm at={at} clusterName={cluster.name} defaults={topicFormDefaults()} />
}
