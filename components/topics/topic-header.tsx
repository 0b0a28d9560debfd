import type { ReactNode } from 'react'
import { formatPlural } from '../../lib/format/numbers.ts'
import { formatRetention } from '../../lib/format/times.ts'
import { paths, type TopicAt } from '../../lib/paths.ts'
import { PageHeader } from '../ui/page-header.tsx'
import { SkeletonBar } from '../ui/skeleton.tsx'
import { LinkTabs } from '../ui/tabs.tsx'

export interface TopicFacts {
  readonly partitionCount: number
  readonly replicaCount: number
  readonly isInSync: boolean
  /** Null where the cluster does not say. */
  readonly retentionMs: number | null
}

/** Name, facts, actions and tabs: the same above every page of a topic. */
export function TopicHeader({
  at,
  facts,
  tab,
  children,
}: {
  readonly at: TopicAt
  /** Null until they are known. */
  readonly facts: TopicFacts | null
  readonly tab: 'overview' | 'messages' | 'configuration'
  readonly children?: ReactNode
}) {
  return (
    <>
      <PageHeader
        title={at.topic}
        meta={
          facts === null ? (
            <SkeletonBar width={240} />
          ) : (
            <>
              <span>{formatPlural(facts.partitionCount, 'partition')}</span>
              <span>{retentionText(facts.retentionMs)}</span>
              <span>
                {formatPlural(facts.replicaCount, 'replica')},{' '}
                {facts.isInSync ? 'in sync' : 'not in sync'}
              </span>
            </>
          )
        }
      >
        {children}
      </PageHeader>
      <LinkTabs
        label="Topic"
        tabs={[
          { href: paths.topicOverview(at), text: 'Overview', isCurrent: tab === 'overview' },
          { href: paths.topicMessages(at), text: 'Messages', isCurrent: tab === 'messages' },
          {
            href: paths.topicConfiguration(at),
            text: 'Configuration',
            isCurrent: tab === 'configuration',
          },
        ]}
      />
    </>
  )
}

function retentionText(retentionMs: number | null): string {
  if (retentionMs === null) return 'Retention not known'
  return retentionMs < 0 ? 'Kept for ever' : `Delete after ${formatRetention(retentionMs)}`
}
