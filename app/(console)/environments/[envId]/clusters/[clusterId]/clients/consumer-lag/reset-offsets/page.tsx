import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ResetOffsets } from '@/components/clients/reset-offsets'
import { Page } from '@/components/shell/page'
import { PageHeader } from '@/components/ui/page-header'
import { Unreachable } from '@/components/ui/unreachable'
import { consoleSettings } from '@/lib/env'
import { paths } from '@/lib/paths'
import { readResetPlan } from '@/lib/queries/offset-reset'
import { requireCluster } from '@/lib/queries/ownership'
import { listTopics, topicTuple } from '@/lib/queries/topics'

export const metadata: Metadata = { title: 'Reset offsets' }

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** More than this, and those that the group has read are enough to choose from. */
const topicsMax = 500

export default async function ResetOffsetsPage({ params, searchParams }: Props) {
  const at = await params
  const query = await searchParams
  const group = textOf(query.group) ?? ''
  const cluster = await requireCluster(at.envId, at.clusterId, paths.resetOffsets(at, { group }))
  const asked = {
    topic: textOf(query.topic),
    partitions: textOf(query.partitions),
    to: textOf(query.to),
    value: textOf(query.value),
  }
  const [read, listed] = await Promise.all([
    readResetPlan(cluster, group, asked),
    listTopics(cluster),
  ])
  if ('error' in read) {
    return (
      <Page>
        <PageHeader title={`Reset offsets of ${group}`} />
        <Unreachable title="The consumer group cannot be read" {...read.error} />
      </Page>
    )
  }
  const topics =
    'ok' in listed
      ? listed.ok.map(topicTuple).flatMap(([name, , isInternal]) => (isInternal ? [] : [name]))
      : []
  return (
    <Page>
      <ResetOffsets
        key={group}
        at={at}
        initial={read.ok ?? notFound()}
        asked={asked}
        topics={topics.length > topicsMax ? [] : topics}
        bootstrap={consoleSettings().bootstrap}
      />
    </Page>
  )
}

function textOf(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
