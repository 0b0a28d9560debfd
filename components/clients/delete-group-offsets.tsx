'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { deleteGroupOffsets } from '../../lib/actions/groups.ts'
import type { ConsumerGroup } from '../../lib/format/consumer-groups.ts'
import { namesOf } from '../../lib/format/group-activity.ts'
import { formatPlural } from '../../lib/format/numbers.ts'
import type { ClusterAt } from '../../lib/paths.ts'
import { DialogForm } from '../forms/dialog-form.tsx'
import { useSubmit } from '../forms/submit.tsx'
import { Note } from '../ui/note.tsx'
import { SelectField } from '../ui/select.tsx'
import { showToast } from '../ui/toasts.ts'

/**
 * Which topic's offsets go. A group may have members meanwhile, as long as none of them reads that
 * topic (KIP-496). Render it while it is open.
 */
export function DeleteGroupOffsets({
  at,
  group,
  onClose,
}: {
  readonly at: ClusterAt
  readonly group: ConsumerGroup
  readonly onClose: () => void
}) {
  const { groupId, partitions } = group
  const committed = partitions.filter((partition) => partition.committed !== null)
  const topics = [...new Set(committed.map(({ topic }) => topic))]
  const [chosen, setTopic] = useState(topics[0] ?? '')
  const topic = topics.includes(chosen) ? chosen : (topics[0] ?? '')
  const router = useRouter()
  const { submit, isBusy, error } = useSubmit(deleteGroupOffsets, () => {
    showToast({ text: `Deleted the offsets of ${groupId} for ${topic}` })
    onClose()
    router.refresh()
  })
  const readers = group.members.filter(({ assigned }) =>
    (assigned ?? []).some((one) => one.topic === topic),
  )
  const inTheWay =
    readers.length === 0 ? null : `${topic} is read by ${namesOf({ members: readers })}.`
  return (
    <DialogForm
      title={`Delete offsets of ${groupId}`}
      consequence="The group forgets how far it has read in the topic, for good. Its members then begin where their auto.offset.reset says."
      action="Delete offsets"
      isDanger
      disabledReason={
        topics.length === 0
          ? 'The group has committed no offset'
          : inTheWay === null
            ? undefined
            : `${inTheWay} Stop them first.`
      }
      isBusy={isBusy}
      error={error}
      onSubmit={() => void submit({ ...at, group: groupId, topic })}
      onClose={onClose}
    >
      {topics.length === 0 ? (
        <p className="text-ink-2">The group has committed no offset.</p>
      ) : (
        <SelectField
          label="Topic"
          options={topics.map((name) => ({ value: name, label: name }))}
          value={topic}
          onChange={setTopic}
          hint={formatPlural(
            committed.filter((partition) => partition.topic === topic).length,
            'partition',
          )}
        />
      )}
      {inTheWay === null ? null : <Note kind="caution">{inTheWay} Stop them first.</Note>}
    </DialogForm>
  )
}
