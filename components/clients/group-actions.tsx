'use client'

import { Ellipsis, Eraser, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { ConsumerGroup } from '../../lib/format/consumer-groups.ts'
import { whyActive } from '../../lib/format/group-activity.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import { Button, ButtonLink, IconButton } from '../ui/button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { DeleteGroup } from './delete-group.tsx'
import { DeleteGroupOffsets } from './delete-group-offsets.tsx'

/** What can be done to a group; while it has members, why not. */
export function GroupActions({
  at,
  group,
}: {
  readonly at: ClusterAt
  readonly group: ConsumerGroup
}) {
  const [asked, setAsked] = useState<'offsets' | 'group'>()
  const active = whyActive(group)
  const dialog = { at, group, onClose: () => setAsked(undefined) }
  return (
    <span className="flex items-center gap-2">
      {active === null ? (
        <ButtonLink size="small" href={paths.resetOffsets(at, { group: group.groupId })}>
          Reset offsets
        </ButtonLink>
      ) : (
        <Button size="small" disabledReason={active}>
          Reset offsets
        </Button>
      )}
      <Menu
        trigger={
          <IconButton label={`More of ${group.groupId}`}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem icon={<Eraser />} isDanger onSelect={() => setAsked('offsets')}>
          Delete offsets…
        </MenuItem>
        <MenuItem icon={<Trash2 />} isDanger onSelect={() => setAsked('group')}>
          Delete group…
        </MenuItem>
      </Menu>
      {asked === 'offsets' ? <DeleteGroupOffsets {...dialog} /> : null}
      {asked === 'group' ? <DeleteGroup {...dialog} /> : null}
    </span>
  )
}
