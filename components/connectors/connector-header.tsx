import Link from 'next/link'
import type { ReactNode } from 'react'
import { findPlugin } from '../../lib/format/connector-plugins.ts'
import { formatPlural } from '../../lib/format/numbers.ts'
import { type ConnectorAt, paths } from '../../lib/paths.ts'
import type { ConnectorView } from '../../lib/queries/connectors.ts'
import { StateBadge } from '../states/state-badge.tsx'
import { CopyText } from '../ui/copy-button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { LinkTabs } from '../ui/tabs.tsx'

export type ConnectorTab = 'overview' | 'logs' | 'settings'

/** Name, facts, actions and tabs: the same above every page of a connector. */
export function ConnectorHeader({
  at,
  connector,
  tab,
  children,
}: {
  readonly at: ConnectorAt
  readonly connector: ConnectorView
  readonly tab: ConnectorTab
  readonly children?: ReactNode
}) {
  const { id, topic, pluginClass, tasks, state } = connector
  return (
    <>
      <PageHeader
        title={at.connector}
        // The overview says it in a stripe.
        badge={tab === 'overview' ? undefined : <StateBadge state={state} isPill />}
        meta={
          <>
            <CopyText text={id} label="Copy connector ID" />
            <span>{findPlugin(pluginClass)?.displayName ?? pluginClass}</span>
            {topic === '' ? null : (
              <span>
                to{' '}
                <Link
                  href={paths.topicOverview({ ...at, topic })}
                  className="rounded-sm font-[540] text-river hover:underline"
                >
                  {topic}
                </Link>
              </span>
            )}
            <span>{formatPlural(tasks.length, 'task')}</span>
          </>
        }
      >
        {children}
      </PageHeader>
      <LinkTabs
        label="Connector"
        tabs={[
          { href: paths.connector(at), text: 'Overview', isCurrent: tab === 'overview' },
          { href: paths.connectorLogs(at), text: 'Logs', isCurrent: tab === 'logs' },
          { href: paths.connectorSettings(at), text: 'Settings', isCurrent: tab === 'settings' },
        ]}
      />
    </>
  )
}
