'use client'

import { useRouter } from 'next/navigation'
import { deleteTopic } from '../../lib/actions/topics.ts'
import { paths, type TopicAt } from '../../lib/paths.ts'
import { ConfirmByName } from '../forms/confirm-by-name.tsx'
import { useSubmit } from '../forms/submit.tsx'
import { showToast } from '../ui/toasts.ts'

export function DeleteTopicDialog({
  at,
  onOpenChange,
}: {
  readonly at: TopicAt
  readonly onOpenChange: (isOpen: boolean) => void
}) {
  const router = useRouter()
  const { submit, isBusy, error } = useSubmit(deleteTopic, () => {
    showToast({ text: `Deleted topic ${at.topic}` })
    router.push(paths.topics(at))
  })
  return (
    <ConfirmByName
      isOpen
      onOpenChange={onOpenChange}
      title={`Delete ${at.topic}?`}
      consequence="Its messages and the offsets committed for it go with it, at once and for good."
      name={at.topic}
      action="Delete topic"
      isBusy={isBusy}
      error={error}
      onConfirm={(confirmation) =>
        void submit({ envId: at.envId, clusterId: at.clusterId, name: at.topic, confirmation })
      }
    />
  )
}
