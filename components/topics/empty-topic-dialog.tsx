'use client'

import { useRouter } from 'next/navigation'
import { emptyTopic } from '../../lib/actions/topic-changes.ts'
import type { TopicAt } from '../../lib/paths.ts'
import { ConfirmByName } from '../forms/confirm-by-name.tsx'
import { useSubmit } from '../forms/submit.tsx'
import { showToast } from '../ui/toasts.ts'

export function EmptyTopicDialog({
  at,
  onOpenChange,
}: {
  readonly at: TopicAt
  readonly onOpenChange: (isOpen: boolean) => void
}) {
  const router = useRouter()
  const { submit, isBusy, error } = useSubmit(emptyTopic, () => {
    showToast({ text: `Emptied topic ${at.topic}` })
    onOpenChange(false)
    router.refresh()
  })
  return (
    <ConfirmByName
      isOpen
      onOpenChange={onOpenChange}
      title={`Empty ${at.topic}?`}
      consequence="Every message written so far is deleted for good. The topic and its settings stay, and new messages get the next offsets, so consumers go on where they are."
      name={at.topic}
      action="Empty topic"
      isBusy={isBusy}
      error={error}
      onConfirm={(confirmation) => void submit({ ...at, confirmation })}
    />
  )
}
