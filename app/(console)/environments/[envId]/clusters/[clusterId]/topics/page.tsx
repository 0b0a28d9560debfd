import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { Suspense } from 'react'
import { Page } from '@/components/shell/frame'
import { TopicList, TopicListLoading } from '@/components/topics/topic-list'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { MapDrawing } from '@/components/ui/map-drawing'
import { PageHeader } from '@/components/ui/page-header'
import { Unreachable } from '@/components/ui/unreachable'
import { type ClusterAt, paths } from '@/lib/paths'
import { type OwnCluster, requireCluster } from '@/lib/queries/ownership'
import { listTopics } from '@/lib/queries/topics'

export const metadata: Metadata = { title: 'Topics' }

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string }>
  readonly searchParams: Promise<{ q?: string | string[] }>
}

export default async function TopicsPage({ params, searchParams }: Props) {
  const at = await params
  const { q } = await searchParams
  const cluster = await requireCluster(at.envId, at.clusterId, paths.topics(at))
  return (
    <Page>
      <Suspense fallback={<Loading />}>
        <Topics at={at} cluster={cluster} query={typeof q === 'string' ? q : ''} />
      </Suspense>
    </Page>
  )
}

interface TopicsProps {
  readonly at: ClusterAt
  readonly cluster: OwnCluster
  readonly query: string
}

async function Topics({ at, cluster, query }: TopicsProps) {
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
  return (
    <>
      <PageHeader title="Topics">
        <ButtonLink href={paths.createTopic(at)} tone="primary" icon={<Plus aria-hidden="true" />}>
          Add topic
        </ButtonLink>
      </PageHeader>
      <TopicList at={at} topics={topics.ok} query={query} />
    </>
  )
}

function NoTopics({ at }: { readonly at: ClusterAt }) {
  return (
    <>
      <PageHeader title="Topics" />
      <EmptyState
        title="No topics yet"
        actions={
          <ButtonLink href={paths.createTopic(at)} tone="primary">
            Create topic
          </ButtonLink>
        }
        drawing={<MapDrawing kind="dry" className="w-full" />}
      >
        A topic is a named stream of records, split into partitions. Each partition is read by one
        consumer of a group, so the number of partitions is the most consumers that can share the
        work.
      </EmptyState>
    </>
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
