'use client'

import { useRouter } from 'next/navigation'
import { deleteConnector } from '../../lib/actions/connector-changes.ts'
import { type ConnectorAt, paths } from '../../lib/paths.ts'
import { ConfirmByName } from '../forms/confirm-by-name.tsx'
import { useSubmit } from '../forms/submit.tsx'
import { showToast } from '../ui/toasts.ts'

/** Asks for its name. Render it while it is open. */
export function DeleteConnector({
  at,
  onClose,
}: {
  readonly at: ConnectorAt
  readonly onClose: () => void
}) {
  const router = useRouter()
  const { submit, isBusy, error } = useSubmit(deleteConnector, () => {
    showToast({ text: `Deleted connector ${at.connector}` })
    router.push(paths.connectors(at))
    router.refresh()
  })
  return (
    <ConfirmByName
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
      title={`Delete ${at.connector}?`}
      consequence="It stops for good, and where it stopped is forgotten. Its topic with all records and its API key stay."
      name={at.connector}
      action="Delete connector"
      isBusy={isBusy}
      error={error}
      onConfirm={(confirmation) => void submit({ ...at, confirmation })}
    />
  )
}
