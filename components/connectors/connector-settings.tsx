'use client'

import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { findPlugin } from '../../lib/format/connector-plugins.ts'
import type { ConnectorAt } from '../../lib/paths.ts'
import type { TemplateChoice } from '../../lib/queries/add-connector.ts'
import type { ConnectorPage } from '../../lib/queries/connector-page.ts'
import { Button } from '../ui/button.tsx'
import { Card, CardHeader, KeyValue, KeyValues } from '../ui/card.tsx'
import { CopyText } from '../ui/copy-button.tsx'
import { DateTimeText } from '../ui/time.tsx'
import { ConfigurationForm } from './configuration-form.tsx'
import { ConnectorActions } from './connector-actions.tsx'
import { ConnectorHeader } from './connector-header.tsx'
import { DeleteConnector } from './delete-connector.tsx'
import { PageProblem } from './page-problem.tsx'
import { useConnectorPage } from './use-connector-page.ts'

/** What it is and how it is set, to be changed; and its end. */
export function ConnectorSettings({
  at,
  initial,
  templates,
}: {
  readonly at: ConnectorAt
  readonly initial: ConnectorPage
  readonly templates: readonly TemplateChoice[]
}) {
  const { value, problem, isGone, refresh } = useConnectorPage(at, 'settings', initial)
  const [isDeleting, setDeleting] = useState(false)
  const { connector } = value
  return (
    <>
      <ConnectorHeader at={at} connector={connector} tab="settings">
        <ConnectorActions at={at} connector={connector} onChanged={refresh} />
      </ConnectorHeader>
      <PageProblem at={at} problem={problem} isGone={isGone} />
      <div className="grid grid-cols-1 items-start gap-x-12 gap-y-6 xl:grid-cols-[minmax(0,720px)_340px]">
        <ConfigurationForm
          at={at}
          stored={connector.config}
          templates={templates}
          onSaved={refresh}
        />
        <aside aria-label="Facts" className="flex flex-col gap-4">
          <Card label="Connector">
            <CardHeader title="Connector" />
            <KeyValues>
              <KeyValue term="Logical ID">
                <CopyText text={connector.id} label="Copy logical ID" />
              </KeyValue>
              <KeyValue term="Plugin">
                {findPlugin(connector.pluginClass)?.displayName ?? connector.pluginClass}
              </KeyValue>
              <KeyValue term="Type">{connector.type === 'source' ? 'Source' : 'Sink'}</KeyValue>
              <KeyValue term="Created">
                <DateTimeText timestampMs={connector.createdMs} />
              </KeyValue>
            </KeyValues>
          </Card>
          <Card label="Delete connector">
            <CardHeader title="Delete connector" />
            <div className="flex flex-col items-start gap-3 px-4 py-3">
              <p className="text-ink-2">Its topic with all records and its API key stay.</p>
              <Button
                tone="danger"
                icon={<Trash2 aria-hidden="true" />}
                onClick={() => setDeleting(true)}
              >
                Delete connector
              </Button>
            </div>
          </Card>
        </aside>
      </div>
      {isDeleting ? <DeleteConnector at={at} onClose={() => setDeleting(false)} /> : null}
    </>
  )
}
