import type { Metadata } from 'next'
import { MessageViewer } from '@/components/messages/message-viewer'
import { type PageAddress, parseAddress } from '@/components/messages/page-address'
import { Page } from '@/components/shell/page'
import { PageLoading } from '@/components/shell/page-loading'
import { soonOrLater } from '@/components/shell/soon-or-later'
import { TopicHeader } from '@/components/topics/topic-header'
import { Unreachable } from '@/components/ui/unreachable'
import { paths, type TopicAt } from '@/lib/paths'
import { readMessage, readMessages } from '@/lib/queries/messages'
import { type OwnCluster, requireCluster } from '@/lib/queries/ownership'
import { topicFacts } from '@/lib/queries/topic-facts'
import { topicTraffic } from '@/lib/queries/topic-traffic'
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
  const cluster = await requireCluster(at.envId, at.clusterId, paths.topicMessages(at))
  return soonOrLater(
    read({ at, cluster, query: await searchParams }),
    <PageLoading header={<TopicHeader at={at} facts={null} tab="messages" />} />,
  )
}

interface Asked {
  readonly at: TopicAt
  readonly cluster: OwnCluster
  readonly query: Record<string, string | string[] | undefined>
}

async function read({ at, cluster, query }: Asked) {
  const topic = await requireTopic(cluster, at.topic)
  if ('error' in topic) return <NotReadable {...topic.error} />
  const address = parseAddress((name) => textOf(query[name]))
  const [messages, open, traffic] = await Promise.all([
    readMessages(cluster, at.topic, address.view),
    openMessage(cluster, at.topic, address.open),
    topicTraffic(cluster, at.topic),
  ])
  if ('error' in messages) return <NotReadable {...messages.error} />
  return (
    <MessageViewer
      // Another topic is another viewer: nothing of this one's rows may stay.
      key={`${cluster.id}/${at.topic}`}
      at={at}
      facts={topicFacts(topic.ok)}
      address={address}
      initial={messages.ok}
      traffic={traffic}
      open={open}
    />
  )
}

function textOf(parameter: string | string[] | undefined): string | undefined {
  return typeof parameter === 'string' ? parameter : undefined
}

/** The record that the address names; null where it names none, or one that is gone. */
async function openMessage(cluster: OwnCluster, topic: string, place: PageAddress['open']) {
  if (place === null) return null
  const read = await readMessage(cluster, topic, place)
  return 'ok' in read ? read.ok : null
}

function NotReadable(error: { readonly code: string; readonly message: string }) {
  const title = error.code.endsWith('AUTHORIZATION_FAILED')
    ? 'You are not allowed to read this topic'
    : 'The messages cannot be read'
  return (
    <Page>
      <Unreachable title={title} {...error} />
    </Page>
  )
}
