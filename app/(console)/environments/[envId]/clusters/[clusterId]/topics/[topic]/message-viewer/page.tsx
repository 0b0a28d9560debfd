import type { Metadata } from 'next'
import { MessageViewer } from '@/components/messages/message-viewer'
import { Page } from '@/components/shell/frame'
import { Unreachable } from '@/components/ui/unreachable'
import { paths } from '@/lib/paths'
import { readMessage, readMessages } from '@/lib/queries/messages'
import type { OwnCluster } from '@/lib/queries/ownership'
import { topicFacts } from '@/lib/queries/topic-facts'
import { requireTopic } from '@/lib/queries/topics'

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string; topic: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { topic } = await params
  return { title: topic }
}

export default async function MessagesPage({ params, searchParams }: Props) {
  const at = await params
  const { cluster, topic } = await requireTopic(at, paths.topicMessages(at))
  if ('error' in topic) return <NotReadable {...topic.error} />
  const query = await searchParams
  const [messages, open] = await Promise.all([
    readMessages(cluster, at.topic),
    openMessage(cluster, at.topic, query),
  ])
  if ('error' in messages) return <NotReadable {...messages.error} />
  return (
    <MessageViewer
      // Another topic is another viewer: nothing of this one's rows may stay.
      key={`${cluster.id}/${at.topic}`}
      at={at}
      facts={topicFacts(topic.ok)}
      initial={messages.ok}
      open={open}
      isProducing={query.produce === '1'}
    />
  )
}

/** The record that the address names; null where it names none, or one that is gone. */
async function openMessage(
  cluster: OwnCluster,
  topic: string,
  { partition, offset }: Record<string, string | string[] | undefined>,
) {
  if (typeof partition !== 'string' || typeof offset !== 'string') return null
  if (!/^\d{1,7}$/.test(partition) || !/^\d{1,15}$/.test(offset)) return null
  const place = { partition: Number(partition), offset: Number(offset) }
  const read = await readMessage(cluster, topic, place)
  return 'ok' in read ? read.ok : null
}

function NotReadable(error: { readonly code: string; readonly message: string }) {
  return (
    <Page>
      <Unreachable title="The messages cannot be read" {...error} />
    </Page>
  )
}
