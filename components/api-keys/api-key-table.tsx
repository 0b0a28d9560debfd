'use client'

import { Ellipsis, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { deleteApiKey } from '../../lib/actions/api-keys.ts'
import type { ClusterAt } from '../../lib/paths.ts'
import type { ApiKeyRow } from '../../lib/queries/api-keys.ts'
import { ConfirmByName } from '../forms/confirm-by-name.tsx'
import { useSubmit } from '../forms/submit.tsx'
import { IconButton } from '../ui/button.tsx'
import { CopyText } from '../ui/copy-button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'
import { DateText } from '../ui/time.tsx'

export function ApiKeyTable({
  at,
  apiKeys,
}: {
  readonly at: ClusterAt
  readonly apiKeys: readonly ApiKeyRow[]
}) {
  const [deleting, setDeleting] = useState<string>()
  return (
    <>
      <Table label="API keys">
        <TableHead>
          <HeadCell>Key</HeadCell>
          <HeadCell>Description</HeadCell>
          <HeadCell>Owner</HeadCell>
          <HeadCell className="text-right">Created</HeadCell>
          <HeadCell>
            <span className="sr-only">Actions</span>
          </HeadCell>
        </TableHead>
        <tbody>
          {apiKeys.map((apiKey) => (
            <Row key={apiKey.key}>
              <Cell>
                <CopyText text={apiKey.key} label={`Copy key ${apiKey.key}`} />
              </Cell>
              <Cell className="max-w-[320px] truncate" title={apiKey.description}>
                {apiKey.description === '' ? '–' : apiKey.description}
              </Cell>
              <Cell>{apiKey.owner ?? '–'}</Cell>
              <Cell className="text-right text-ink-2">
                <DateText timestampMs={apiKey.createdMs} />
              </Cell>
              <Cell className="w-8">
                <Menu
                  trigger={
                    <IconButton label={`Actions for ${apiKey.key}`}>
                      <Ellipsis />
                    </IconButton>
                  }
                >
                  <MenuItem icon={<Trash2 />} isDanger onSelect={() => setDeleting(apiKey.key)}>
                    Delete API key…
                  </MenuItem>
                </Menu>
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {deleting === undefined ? null : (
        <DeleteApiKey at={at} apiKey={deleting} onClose={() => setDeleting(undefined)} />
      )}
    </>
  )
}

function DeleteApiKey({
  at,
  apiKey,
  onClose,
}: {
  readonly at: ClusterAt
  readonly apiKey: string
  readonly onClose: () => void
}) {
  const router = useRouter()
  const { submit, isBusy, error } = useSubmit(deleteApiKey, () => {
    onClose()
    router.refresh()
  })
  return (
    <ConfirmByName
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
      title={`Delete ${apiKey}?`}
      consequence="Programs that use it are disconnected within 2 seconds and cannot sign in again."
      name={apiKey}
      action="Delete API key"
      isBusy={isBusy}
      error={error}
      onConfirm={() => void submit({ ...at, key: apiKey })}
    />
  )
}
