'use client'

import { useRouter } from 'next/navigation'
import type { ActionResult } from '../../lib/actions/result.ts'
import { emptyTopic } from '../../lib/actions/topic-changes.ts'
import { deleteTopic } from '../../lib/actions/topics.ts'
import { paths, type TopicAt } from '../../lib/paths.ts'
import { ConfirmByName } from '../forms/confirm-by-name.tsx'
import { useSubmit } from '../forms/submit.tsx'
import { showToast } from '../ui/toasts.ts'

type Confirmed = TopicAt & { readonly confirmation: string }

/** What goes: the topic, or only what is in it. */
const removals = {
  delete: {
    word: 'Delete',
    done: 'Deleted',
    consequence: 'Its messages and the offsets committed for it go with it, at once and for good.',
    run: ({ topic: name, ...at }: Confirmed): Promise<ActionResult<unknown>> =>
      deleteTopic({ ...at, name }),
  },
  empty: {
    word: 'Empty',
    done: 'Emptied',
    consequence:
      'Every message written so far is deleted for good. The topic and its settings stay, and new messages get the next offsets, so consumers go on where they are.',
    run: (input: Confirmed): Promise<ActionResult<unknown>> => emptyTopic(input),
  },
} as const

export function RemoveDialog({
  at,
  removal,
  onOpenChange,
}: {
  readonly at: TopicAt
  readonly removal: keyof typeof removals
  readonly onOpenChange: (isOpen: boolean) => void
}) {
  const router = useRouter()
  const { word, done, consequence, run } = removals[removal]
  const { submit, isBusy, error } = useSubmit(run, () => {
    showToast({ text: `${done} topic ${at.topic}` })
    if (removal === 'delete') return router.push(paths.topics(at))
    onOpenChange(false)
    router.refresh()
  })
  return (
    <ConfirmByName
      isOpen
      onOpenChange={onOpenChange}
      title={`${word} ${at.topic}?`}
      consequence={consequence}
      name={at.topic}
      action={`${word} topic`}
      isBusy={isBusy}
      error={error}
      onConfirm={(confirmation) => void submit({ ...at, confirmation })}
    />
  )
}
