import type { Metadata } from 'next'
import { Suspense } from 'react'
import { Page } from '@/components/shell/page'
import { TopicListLoading } from '@/components/topics/topic-list-loading'
import { TopicsPage } from '@/components/topics/topics-page'
import { ButtonLink } from '@/components/ui/button'
import { CommandBlock } from '@/components/ui/command-block'
import { EmptyState } from '@/components/ui/empty-state'
import { MapDrawing } from '@/components/ui/map-drawing'
import { PageHeader } from '@/components/ui/page-header'
import { Unreachable } from '@/components/ui/unreachable'
import { consoleSettings } from '@/lib/env'
import { type ClusterAt, paths } from '@/lib/paths'
import { readLive } from '@/lib/queries/live'
import { type OwnCluster, requireCluster } from '@/lib/queries/ownership'
import { listTopics, topicTuple } from '@/lib/queries/topics'

export const metadata: Metadata = { title: 'Topics' }

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

export default async function TopicsRoute({ params }: Props) {
  const at = await params
  const cluster = await requireCluster(at.envId, at.clusterId, paths.topics(at))
  return (
    <Page>
      <Suspense fallback={<Loading />}>
        <Topics at={at} cluster={cluster} />
      </Suspense>
    </Page>
  )
}

interface TopicsProps {
  readonly at: ClusterAt
  readonly cluster: OwnCluster
}

/** As many rows as a tall screen shows come with their figures; the stream brings the rest. */
const firstRows = 100

async function Topics({ at, cluster }: TopicsProps) {
  const topics = await listTopics(cluster)
  if ('error' in topics) {
    return (
      <>
        <PageHeader title="Topics" />
        <Unreachable title="The topics cannot be read" {...topics.error} />
      </>
    )
  }
  if (topics.ok.length === 0) return <NoTopics at={at} />
  const first = topics.ok.slice(0, firstRows).map(({ name }) => name)
  const live = await readLive(cluster, { minutes: 5, topics: first, topic: null })
  return (
    <TopicsPage at={at} topics={topics.ok.map(topicTuple)} live={'ok' in live ? live.ok : null} />
  )
}

function NoTopics({ at }: { readonly at: ClusterAt }) {
  return (
    <>
      <PageHeader title="Topics" />
      <EmptyState
        title="No topics yet"
        actions={
          <>
            <ButtonLink href={paths.createTopic(at)} tone="primary">
              Create topic
            </ButtonLink>
            <ButtonLink href={paths.connectorPlugins(at, { plugin: 'DatagenSource' })}>
              Produce sample data
            </ButtonLink>
          </>
        }
        more={<FromProgram bootstrap={consoleSettings().bootstrap} />}
        drawing={<MapDrawing kind="dry" className="w-full" />}
      >
        A topic is a named stream of records, split into partitions. Each partition is read by one
        consumer of a group, so the number of partitions is the most consumers that can share the
        work.
      </EmptyState>
    </>
  )
}

function FromProgram({ bootstrap }: { readonly bootstrap: string }) {
  const command = [
    `kafka-topics --bootstrap-server ${bootstrap} \\`,
    '  --command-config client.properties \\',
    '  --create --topic tutorial_topic --partitions 2',
  ].join('\n')
  return (
    <div className="flex flex-col gap-3">
      <p className="text-ink-2">Or from a program, with an API key of this cluster:</p>
      <CommandBlock text={command} />
    </div>
  )
}

function Loading() {
  return (
    <>
      <PageHeader title="Topics" />
      <TopicListLoading />
    </>
  )
}
