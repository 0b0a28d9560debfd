'use client'

import { ChevronDown, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { deleteTopic } from '../../lib/actions/topics.ts'
import { paths, type TopicAt } from '../../lib/paths.ts'
import { ConfirmByName } from '../forms/confirm-by-name.tsx'
import { useSubmit } from '../forms/submit.tsx'
import { Button } from '../ui/button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'

export function TopicActions({ at }: { readonly at: TopicAt }) {
  const router = useRouter()
  const [isDeleting, setDeleting] = useState(false)
  const { submit, isBusy, error } = useSubmit(deleteTopic, () => router.push(paths.topics(at)))
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
        <MenuItem icon={<Trash2 />} isDanger onSelect={() => setDeleting(true)}>
          Delete topic…
        </MenuItem>
      </Menu>
      {isDeleting ? (
        <ConfirmByName
          isOpen
          onOpenChange={setDeleting}
          title={`Delete ${at.topic}?`}
          consequence="Its messages and the offsets committed for it go with it, at once and for good."
          name={at.topic}
          action="Delete topic"
          isBusy={isBusy}
          error={error}
          onConfirm={(confirmation) =>
            void submit({
              envId: at.envId,
              clusterId: at.clusterId,
              name: at.topic,
              confirmation,
            })
          }
        />
      ) : null}
    </>
  )
}
