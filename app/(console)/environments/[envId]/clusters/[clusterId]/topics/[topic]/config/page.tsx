import type { Metadata } from 'next'
import { Page } from '@/components/shell/page'
import { PageLoading } from '@/components/shell/page-loading'
import { soonOrLater } from '@/components/shell/soon-or-later'
import { TopicActions } from '@/components/topics/topic-actions'
import { TopicConfiguration } from '@/components/topics/topic-configuration'
import { TopicHeader } from '@/components/topics/topic-header'
import { Unreachable } from '@/components/ui/unreachable'
import { paths, type TopicAt } from '@/lib/paths'
import { type OwnCluster, requireCluster } from '@/lib/queries/ownership'
import { topicFacts } from '@/lib/queries/topic-facts'
import { readTopicOffsets } from '@/lib/queries/topic-offsets'
import { requireTopic } from '@/lib/queries/topics'

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string; topic: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { topic } = await params
  return { title: `Configuration · ${topic}` }
}

export default async function TopicConfigurationPage({ params }: Props) {
  const at = await params
  const cluster = await requireCluster(at.envId, at.clusterId, paths.topicConfiguration(at))
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
  const read = await readTopicOffsets(cluster, at.topic)
  const offsets = new Map(
    ('ok' in read ? read.ok : []).map(({ partition, start, end }) => [partition, { start, end }]),
  )
  const facts = topicFacts(topic.ok)
  return (
    <Page>
      <TopicHeader at={at} facts={facts} tab="configuration">
        <TopicActions at={at} partitionCount={facts.partitionCount} />
      </TopicHeader>
      <TopicConfiguration
        at={at}
        configs={topic.ok.configs}
        partitions={topic.ok.partitions.map((partition) => ({
          ...partition,
          offsets: offsets.get(partition.partition) ?? null,
        }))}
      />
    </Page>
  )
}
