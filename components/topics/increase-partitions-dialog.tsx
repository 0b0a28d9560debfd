'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { increasePartitions } from '../../lib/actions/topic-changes.ts'
import { formatPlural } from '../../lib/format/numbers.ts'
import type { TopicAt } from '../../lib/paths.ts'
import { DialogForm } from '../forms/dialog-form.tsx'
import { useSubmit } from '../forms/submit.tsx'
import { TextField } from '../ui/field.tsx'
import { Note } from '../ui/note.tsx'
import { showToast } from '../ui/toasts.ts'

export function IncreasePartitionsDialog({
  at,
  partitionCount,
  onOpenChange,
}: {
  readonly at: TopicAt
  readonly partitionCount: number
  readonly onOpenChange: (isOpen: boolean) => void
}) {
  const router = useRouter()
  const [partitions, setPartitions] = useState(String(partitionCount + 1))
  const { submit, isBusy, error } = useSubmit(increasePartitions, (done) => {
    showToast({ text: `${at.topic} has ${formatPlural(done.partitions, 'partition')}` })
    onOpenChange(false)
    router.refresh()
  })

  return (
    <DialogForm
      title={`More partitions for ${at.topic}?`}
      consequence={`It has ${formatPlural(partitionCount, 'partition')} now. There is no way back to fewer.`}
      action="Increase partitions"
      isBusy={isBusy}
      error={error}
      onSubmit={() => void submit({ ...at, partitions })}
      onClose={() => onOpenChange(false)}
    >
      <TextField
        label="Number of partitions"
        required
        inputMode="numeric"
        autoComplete="off"
        value={partitions}
        onChange={(event) => setPartitions(event.target.value)}
        error={error?.fields?.partitions}
        hint="In all. Most consumers of a group that can share the work."
      />
      <Note kind="caution">
        A key is sent to the partition that its hash and the number of partitions give. After this,
        new messages of a key may go to another partition than its earlier ones, which stay where
        they are: the order within a key holds only from then on.
      </Note>
    </DialogForm>
  )
}
