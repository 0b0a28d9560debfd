'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { deleteGroup } from '../../lib/actions/groups.ts'
import type { ConsumerGroup } from '../../lib/format/consumer-groups.ts'
import { whyActive } from '../../lib/format/group-activity.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import { DialogForm } from '../forms/dialog-form.tsx'
import { useSubmit } from '../forms/submit.tsx'
import { TypedNameField } from '../forms/typed-name-field.tsx'
import { Note } from '../ui/note.tsx'
import { showToast } from '../ui/toasts.ts'

/** Asks for the group's id; says who is in the way while it has members. Render it while it is open. */
export function DeleteGroup({
  at,
  group,
  onClose,
}: {
  readonly at: ClusterAt
  readonly group: ConsumerGroup
  readonly onClose: () => void
}) {
  const { groupId } = group
  const [typed, setTyped] = useState('')
  const router = useRouter()
  const { submit, isBusy, error } = useSubmit(deleteGroup, () => {
    showToast({ text: `Deleted consumer group ${groupId}` })
    onClose()
    router.push(paths.consumerLag(at))
    router.refresh()
  })
  const active = whyActive(group)
  return (
    <DialogForm
      title={`Delete ${groupId}?`}
      consequence="Its committed offsets go with it, for good. Members that start again begin where their auto.offset.reset says."
      action="Delete group"
      isDanger
      disabledReason={active ?? (typed === groupId ? undefined : `Type ${groupId} first`)}
      isBusy={isBusy}
      error={error}
      onSubmit={() => void submit({ ...at, group: groupId, confirmation: typed })}
      onClose={onClose}
    >
      {active === null ? null : <Note kind="caution">{active}</Note>}
      <TypedNameField name={groupId} typed={typed} onType={setTyped} error={error} />
    </DialogForm>
  )
}
