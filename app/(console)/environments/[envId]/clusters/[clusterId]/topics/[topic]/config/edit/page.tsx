import type { Metadata } from 'next'
import { Page } from '@/components/shell/page'
import { PageLoading } from '@/components/shell/page-loading'
import { soonOrLater } from '@/components/shell/soon-or-later'
import { TopicHeader } from '@/components/topics/topic-header'
import { TopicSettingsForm } from '@/components/topics/topic-settings-form'
import { Unreachable } from '@/components/ui/unreachable'
import { paths, type TopicAt } from '@/lib/paths'
import { type OwnCluster, requireCluster } from '@/lib/queries/ownership'
import { editableConfigs } from '@/lib/queries/topic-form'
import { requireTopic } from '@/lib/queries/topics'

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string; topic: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { topic } = await params
  return { title: `Edit settings · ${topic}` }
}

export default async function EditTopicPage({ params }: Props) {
  const at = await params
  const cluster = await requireCluster(at.envId, at.clusterId, paths.editTopic(at))
  return soonOrLater(
    read({ at, cluster }),
    <PageLoading header={<TopicHeader at={at} facts={null} tab="configuration" />} />,
  )
}

interface Asked {
  readonly at: TopicAt
  readonly cluster: OwnCluster
}

async function read({ at, cluster }: Asked) {
  const topic = await requireTopic(cluster, at.topic)
  if ('error' in topic) {
    return (
      <Page>
        <Unreachable title="The topic cannot be read" {...topic.error} />
      </Page>
    )
  }
  return <TopicSettingsForm at={at} {...editableConfigs(topic.ok.configs)} />
}
