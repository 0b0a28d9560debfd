'use client'

import { ChevronDown, Eraser, Plus, Settings2, SquarePen, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { paths, type TopicAt } from '../../lib/paths.ts'
import { Button } from '../ui/button.tsx'
import { Menu, MenuItem, MenuRule } from '../ui/menu.tsx'
import { IncreasePartitionsDialog } from './increase-partitions-dialog.tsx'
import { RemoveDialog } from './remove-dialog.tsx'

type Question = 'partitions' | 'empty' | 'delete'

/** What can be done to a topic, from any of its pages. */
export function TopicActions({
  at,
  partitionCount,
}: {
  readonly at: TopicAt
  readonly partitionCount: number
}) {
  const router = useRouter()
  const [asked, setAsked] = useState<Question>()
  const dialog = { at, onOpenChange: (isOpen: boolean) => setAsked(isOpen ? asked : undefined) }
  return (
    <>
      <Menu
        trigger={
          <Button>
            Actions
            <ChevronDown aria-hidden="true" />
          </Button>
        }
      >
        <MenuItem
          icon={<SquarePen />}
          onSelect={() => router.push(paths.topicMessages(at, { produce: '1' }))}
        >
          Produce new message
        </MenuItem>
        <MenuItem icon={<Settings2 />} onSelect={() => router.push(paths.editTopic(at))}>
          Edit settings
        </MenuItem>
        <MenuItem icon={<Plus />} onSelect={() => setAsked('partitions')}>
          Increase partitions…
        </MenuItem>
        <MenuRule />
        <MenuItem icon={<Eraser />} isDanger onSelect={() => setAsked('empty')}>
          Empty topic…
        </MenuItem>
        <MenuItem icon={<Trash2 />} isDanger onSelect={() => setAsked('delete')}>
          Delete topic…
        </MenuItem>
      </Menu>
      {asked === 'partitions' ? (
        <IncreasePartitionsDialog {...dialog} partitionCount={partitionCount} />
      ) : null}
      {asked === 'empty' || asked === 'delete' ? (
        <RemoveDialog {...dialog} removal={asked} />
      ) : null}
    </>
  )
}
