'use client'

import { useRouter } from 'next/navigation'
import { resetOffsets } from '../../lib/actions/groups.ts'
import { formatPlural } from '../../lib/format/numbers.ts'
import { offsetsOf, type PlannedOffset } from '../../lib/format/offset-reset.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import { DialogForm } from '../forms/dialog-form.tsx'
import { useSubmit } from '../forms/submit.tsx'
import { showToast } from '../ui/toasts.ts'
import { effectOf, effectSentence } from './reset-effect.ts'

/** Carries out the plan as it stood when this was opened, and no other. Render it while it is open. */
export function ResetConfirm({
  at,
  groupId,
  plan,
  active,
  onClose,
}: {
  readonly at: ClusterAt
  readonly groupId: string
  readonly plan: readonly PlannedOffset[]
  /** Why the group cannot be reset just now. */
  readonly active: string | null
  readonly onClose: () => void
}) {
  const router = useRouter()
  const { submit, isBusy, error } = useSubmit(resetOffsets, ({ partitions }) => {
    showToast({ text: `Reset ${groupId} in ${formatPlural(partitions, 'partition')}` })
    router.push(paths.consumerLag(at, { group: groupId }))
    router.refresh()
  })
  const { leftOut } = effectOf(plan)
  return (
    <DialogForm
      title={`Reset offsets of ${groupId}?`}
      consequence={effectSentence(effectOf(plan))}
      action="Reset offsets"
      disabledReason={active ?? undefined}
      isBusy={isBusy}
      error={error}
      onSubmit={() => void submit({ ...at, group: groupId, offsets: [...offsetsOf(plan)] })}
      onClose={onClose}
    >
      <p className="text-ink-2">
        The offsets of the dry run are committed, exactly those. Members that start from now on read
        on from there.
        {leftOut === 0
          ? ''
          : ` ${formatPlural(leftOut, 'partition is', 'partitions are')} left as they are.`}
      </p>
    </DialogForm>
  )
}
