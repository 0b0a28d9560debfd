import type { Metadata } from 'next'
import { Page } from '@/components/shell/frame'
import { TopicOverview } from '@/components/topics/topic-overview'
import { Unreachable } from '@/components/ui/unreachable'
import { paths } from '@/lib/paths'
import { readLive } from '@/lib/queries/live'
import { topicFacts } from '@/lib/queries/topic-facts'
import { readTopicOffsets } from '@/lib/queries/topic-offsets'
import { requireTopic } from '@/lib/queries/topics'

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string; topic: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { topic } = await params
  return { title: `Overview · ${topic}` }
}

export default async function TopicOverviewPage({ params, searchParams }: Props) {
  const at = await params
  const { interval } = await searchParams
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
        askedMinutes={rangeAsked(interval)}
      />
    </Page>
  )
}

/** `interval=900000` → 15; null where the address names none of the ranges. */
function rangeAsked(interval: string | string[] | undefined): number | null {
  const minutes = Number(interval) / 60_000
  return [5, 15, 30, 60].includes(minutes) ? minutes : null
}
