'use client'

import { Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../ui/button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { DeleteEnvironment } from './delete-environment.tsx'
import { RenameEnvironment } from './environment-name.tsx'

export function EnvironmentMenu({
  envId,
  name,
  clusterCount,
}: {
  readonly envId: string
  readonly name: string
  readonly clusterCount: number
}) {
  const [open, setOpen] = useState<'rename' | 'delete'>()
  const onClose = () => setOpen(undefined)
  return (
    <>
      <Menu
        trigger={
          <IconButton label={`Actions for ${name}`}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil />} onSelect={() => setOpen('rename')}>
          Rename…
        </MenuItem>
        <MenuItem icon={<Trash2 />} isDanger onSelect={() => setOpen('delete')}>
          Delete environment…
        </MenuItem>
      </Menu>
      {open === 'rename' ? <RenameEnvironment {...{ envId, name, onClose }} /> : null}
      {open === 'delete' ? <DeleteEnvironment {...{ envId, name, clusterCount, onClose }} /> : null}
    </>
  )
}
