'use client'

import { useRouter } from 'next/navigation'
import { deleteApiKey, describeApiKey } from '../../lib/actions/api-keys.ts'
import { formatPlural } from '../../lib/format/numbers.ts'
import type { ClusterAt } from '../../lib/paths.ts'
import type { ApiKeyInUse } from '../../lib/queries/api-keys.ts'
import { ConfirmByName } from '../forms/confirm-by-name.tsx'
import { NameDialog } from '../forms/name-dialog.tsx'
import { useSubmit } from '../forms/submit.tsx'
import { showToast } from '../ui/toasts.ts'

interface Props {
  readonly at: ClusterAt
  readonly apiKey: ApiKeyInUse
  readonly onClose: () => void
}

/** Changes what a key is said to be for. Render it while it is open. */
export function DescribeApiKey({ at, apiKey, onClose }: Props) {
  const router = useRouter()
  const { submit, isBusy, error } = useSubmit(describeApiKey, () => {
    onClose()
    showToast({ text: 'Description saved' })
    router.refresh()
  })
  return (
    <NameDialog
      title="Edit description"
      consequence={`What ${apiKey.key} is for. Programs are not told.`}
      label="Description"
      field="description"
      initial={apiKey.description}
      action="Save"
      isBusy={isBusy}
      error={error}
      onSave={(description) => void submit({ ...at, key: apiKey.key, description })}
      onClose={onClose}
    />
  )
}

/** Asks for the key itself, and says who would notice. Render it while it is open. */
export function DeleteApiKey({ at, apiKey, onClose }: Props) {
  const router = useRouter()
  const { submit, isBusy, error } = useSubmit(deleteApiKey, () => {
    onClose()
    showToast({ text: `API key ${apiKey.key} deleted` })
    router.refresh()
  })
  return (
    <ConfirmByName
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
      title={`Delete ${apiKey.key}?`}
      consequence={
        <>
          {apiKey.description === '' ? null : `“${apiKey.description}”. `}
          Programs that use it are disconnected within 2 seconds and cannot sign in again.{' '}
          {inUse(apiKey)} {ofConnectors(apiKey)}
        </>
      }
      name={apiKey.key}
      action="Delete API key"
      isBusy={isBusy}
      error={error}
      onConfirm={() => void submit({ ...at, key: apiKey.key })}
    />
  )
}

function inUse({ connections }: ApiKeyInUse): string {
  if (connections === null) return 'How many do so now is not known: the broker does not answer.'
  if (connections === 0) return 'No connection used it when this page was loaded.'
  return `${formatPlural(connections, 'connection')} used it when this page was loaded.`
}

function ofConnectors({ connectors }: ApiKeyInUse): string {
  if (connectors.length === 0) return ''
  const [only] = connectors
  return connectors.length === 1
    ? `The connector ${only} signs in with it and will fail.`
    : `${formatPlural(connectors.length, 'connector')} sign in with it and will fail: ${connectors.join(', ')}.`
}
