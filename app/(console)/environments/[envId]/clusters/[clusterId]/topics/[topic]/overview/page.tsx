import type { Metadata } from 'next'
import { Page } from '@/components/shell/page'
import { TopicOverview } from '@/components/topics/topic-overview'
import { Unreachable } from '@/components/ui/unreachable'
import { paths } from '@/lib/paths'
import { readLive } from '@/lib/queries/live'
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
  const { cluster, topic } = await requireTopic(at, paths.topicOverview(at))
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
