'use client'

import { Ellipsis, Pencil, PlugZap, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { formatCount } from '../../lib/format/numbers.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import type { ApiKeyInUse } from '../../lib/queries/api-keys.ts'
import { IconButton } from '../ui/button.tsx'
import { CopyText } from '../ui/copy-button.tsx'
import { Menu, MenuItem, MenuLink } from '../ui/menu.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'
import { DateText } from '../ui/time.tsx'
import { DeleteApiKey, DescribeApiKey } from './api-key-dialogs.tsx'

export function ApiKeyTable({
  at,
  apiKeys,
}: {
  readonly at: ClusterAt
  readonly apiKeys: readonly ApiKeyInUse[]
}) {
  const [open, setOpen] = useState<{ kind: 'describe' | 'delete'; apiKey: ApiKeyInUse }>()
  const onClose = () => setOpen(undefined)
  return (
    <>
      <Table label="API keys">
        <TableHead>
          <HeadCell>Key</HeadCell>
          <HeadCell>Description</HeadCell>
          <HeadCell>Owner</HeadCell>
          <HeadCell className="text-right">Connections</HeadCell>
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
                {apiKey.description === '' ? (
                  <span className="text-ink-3">–</span>
                ) : (
                  apiKey.description
                )}
              </Cell>
              <Cell>
                {apiKey.owner ?? <span className="text-ink-3">Made outside this console</span>}
              </Cell>
              <Cell className="text-right">
                {apiKey.connections === null ? (
                  <span className="text-ink-3">–</span>
                ) : (
                  <span className={apiKey.connections === 0 ? 'text-ink-3' : ''}>
                    {formatCount(apiKey.connections)}
                  </span>
                )}
              </Cell>
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
                  <MenuLink icon={<PlugZap />} href={paths.buildClient(at, { key: apiKey.key })}>
                    Check connection
                  </MenuLink>
                  <MenuItem
                    icon={<Pencil />}
                    onSelect={() => setOpen({ kind: 'describe', apiKey })}
                  >
                    Edit description…
                  </MenuItem>
                  <MenuItem
                    icon={<Trash2 />}
                    isDanger
                    onSelect={() => setOpen({ kind: 'delete', apiKey })}
                  >
                    Delete API key…
                  </MenuItem>
                </Menu>
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {open?.kind === 'describe' ? (
        <DescribeApiKey at={at} apiKey={open.apiKey} onClose={onClose} />
      ) : null}
      {open?.kind === 'delete' ? (
        <DeleteApiKey at={at} apiKey={open.apiKey} onClose={onClose} />
      ) : null}
    </>
  )
}
