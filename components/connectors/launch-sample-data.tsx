'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { launchSampleData } from '../../lib/actions/connectors.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import type { TemplateChoice } from '../../lib/queries/add-connector.ts'
import { FormError, useSubmit } from '../forms/submit.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Note } from '../ui/note.tsx'
import { showToast } from '../ui/toasts.ts'
import { TemplateTiles } from './wizard/template-tiles.tsx'

/** The quick way: a template, and everything else is filled in. Render it while it is open. */
export function LaunchSampleData({
  at,
  pluginClass,
  templates,
  onClose,
}: {
  readonly at: ClusterAt
  readonly pluginClass: string
  readonly templates: readonly TemplateChoice[]
  readonly onClose: () => void
}) {
  const router = useRouter()
  const [template, setTemplate] = useState('ORDERS')
  const { submit, isBusy, error } = useSubmit(launchSampleData, ({ name, topic }) => {
    showToast({ text: `${name} writes to ${topic}` })
    router.push(paths.connectors(at))
    router.refresh()
  })
  const topic = `sample_data_${template.toLowerCase()}`
  const [fieldError] = Object.values(error?.fields ?? {})
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
      title="Launch Sample Data"
      consequence={
        <>
          Makes the topic <code className="text-label break-all text-ink">{topic}</code>, an API key
          and a connector that writes about two JSON records per second.
        </>
      }
    >
      <FormError error={error} />
      {fieldError === undefined ? null : <Note kind="error">{fieldError}</Note>}
      <TemplateTiles templates={templates} chosen={template} onChoose={setTemplate} isCompact />
      <div className="flex flex-wrap justify-between gap-2">
        <ButtonLink
          href={paths.createConnector(at, { plugin: pluginClass, template })}
          tone="ghost"
          className="-ml-3"
        >
          Additional configuration
        </ButtonLink>
        <span className="flex gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            tone="primary"
            isBusy={isBusy}
            onClick={() =>
              void submit({ envId: at.envId, clusterId: at.clusterId, pluginClass, template })
            }
          >
            Launch
          </Button>
        </span>
      </div>
    </Dialog>
  )
}
