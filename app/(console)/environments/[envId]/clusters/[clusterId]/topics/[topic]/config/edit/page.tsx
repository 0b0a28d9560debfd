import type { Metadata } from 'next'
import { Page } from '@/components/shell/page'
import { TopicSettingsForm } from '@/components/topics/topic-settings-form'
import { Unreachable } from '@/components/ui/unreachable'
import { paths } from '@/lib/paths'
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
  const { topic } = await requireTopic(at, paths.editTopic(at))
  if ('error' in topic) {
    return (
      <Page>
        <Unreachable title="The topic cannot be read" {...topic.error} />
      </Page>
    )
  }
  return <TopicSettingsForm at={at} {...editableConfigs(topic.ok.configs)} />
}
