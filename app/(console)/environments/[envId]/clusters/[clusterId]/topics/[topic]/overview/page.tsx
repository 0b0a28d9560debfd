import type { Metadata } from 'next'
import { Page } from '@/components/shell/page'
import { PageLoading } from '@/components/shell/page-loading'
import { soonOrLater } from '@/components/shell/soon-or-later'
import { TopicHeader } from '@/components/topics/topic-header'
import { TopicOverview } from '@/components/topics/topic-overview'
import { Unreachable } from '@/components/ui/unreachable'
import { paths, type TopicAt } from '@/lib/paths'
import { readLive } from '@/lib/queries/live'
import { type OwnCluster, requireCluster } from '@/lib/queries/ownership'
import { topicFacts } from '@/lib/queries/topic-facts'
import { readTopicOffsets } from '@/lib/queries/topic-offsets'
import { requireTopic } from '@/lib/queries/topics'

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string; topic: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { topic } = await params
  return { title: `Overview · ${topic}` }
}

export default async function TopicOverviewPage({ params }: Props) {
  const at = await params
  const cluster = await requireCluster(at.envId, at.clusterId, paths.topicOverview(at))
  return soonOrLater(
    read({ at, cluster }),
    <PageLoading header={<TopicHeader at={at} facts={null} tab="overview" />} />,
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
  const [offsets, live] = await Promise.all([
    readTopicOffsets(cluster, at.topic),
    readLive(cluster, { minutes: 60, topics: [], topic: at.topic }),
  ])
  const known = 'ok' in offsets ? offsets.ok : []
  return (
    <Page>
      <TopicOverview
        // Another topic is another page: nothing of this one's series may stay.
        key={at.topic}
        at={at}
        facts={topicFacts(topic.ok)}
        messageCount={
          'ok' in offsets ? known.reduce((sum, { start, end }) => sum + end - start, 0) : null
        }
        isUntouched={'ok' in offsets && known.every(({ end }) => end === 0)}
        live={'ok' in live ? live.ok : null}
      />
    </Page>
  )
}
