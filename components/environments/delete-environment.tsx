'use client'

import { useRouter } from 'next/navigation'
import { deleteEnvironment } from '../../lib/actions/environments.ts'
import { formatPlural } from '../../lib/format/numbers.ts'
import { paths } from '../../lib/paths.ts'
import { ConfirmByName } from '../forms/confirm-by-name.tsx'
import { useSubmit } from '../forms/submit.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { showToast } from '../ui/toasts.ts'

/** Deletes an environment, or says why it cannot be deleted. Render it while it is open. */
export function DeleteEnvironment({
  envId,
  name,
  clusterCount,
  onClose,
}: {
  readonly envId: string
  readonly name: string
  readonly clusterCount: number
  readonly onClose: () => void
}) {
  const router = useRouter()
  const { submit, isBusy, error } = useSubmit(deleteEnvironment, () => {
    onClose()
    showToast({ text: `Environment ${name} deleted` })
    router.push(paths.environments())
    router.refresh()
  })
  const onOpenChange = (isOpen: boolean) => {
    if (!isOpen) onClose()
  }
  if (clusterCount > 0) {
    return (
      <Dialog
        isOpen
        onOpenChange={onOpenChange}
        title={`${name} cannot be deleted yet`}
        consequence={`It has ${formatPlural(clusterCount, 'cluster')}. Only an empty environment can be deleted: delete its clusters first, on the Cluster Settings of each.`}
      >
        <div className="flex justify-end">
          <Button onClick={onClose}>Close</Button>
        </div>
      </Dialog>
    )
  }
  return (
    <ConfirmByName
      isOpen
      onOpenChange={onOpenChange}
      title={`Delete ${name}?`}
      consequence="It has no clusters, so nothing else goes with it."
      name={name}
      action="Delete environment"
      isBusy={isBusy}
      error={error}
      onConfirm={(confirmation) => void submit({ envId, confirmation })}
    />
  )
}
