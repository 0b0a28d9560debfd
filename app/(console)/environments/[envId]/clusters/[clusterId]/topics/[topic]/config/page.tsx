import type { Metadata } from 'next'
import { Page } from '@/components/shell/frame'
import { TopicActions } from '@/components/topics/topic-actions'
import { TopicConfigTable } from '@/components/topics/topic-config-table'
import { TopicHeader } from '@/components/topics/topic-header'
import { Unreachable } from '@/components/ui/unreachable'
import { paths } from '@/lib/paths'
import { topicFacts } from '@/lib/queries/topic-facts'
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
  const { topic } = await requireTopic(at, paths.topicConfiguration(at))
  if ('error' in topic) {
    return (
      <Page>
        <Unreachable title="The topic cannot be read" {...topic.error} />
      </Page>
    )
  }
  return (
    <Page>
      <TopicHeader at={at} facts={topicFacts(topic.ok)} tab="configuration">
        <TopicActions at={at} />
      </TopicHeader>
      <TopicConfigTable configs={topic.ok.configs} />
    </Page>
  )
}
