'use client'

import { useRouter } from 'next/navigation'
import { createEnvironment, renameEnvironment } from '../../lib/actions/environments.ts'
import { paths } from '../../lib/paths.ts'
import { NameDialog } from '../forms/name-dialog.tsx'
import { useSubmit } from '../forms/submit.tsx'
import { showToast } from '../ui/toasts.ts'

/** Asks for the name of an environment and makes it. Render it while it is open. */
export function CreateEnvironment({ onClose }: { readonly onClose: () => void }) {
  const router = useRouter()
  const { submit, isBusy, error } = useSubmit(createEnvironment, ({ envId }) => {
    onClose()
    router.push(paths.environment({ envId }))
  })
  return (
    <NameDialog
      title="Add environment"
      consequence="Environments keep clusters apart, such as those of two projects."
      label="Environment name"
      field="name"
      initial=""
      action="Create"
      isBusy={isBusy}
      error={error}
      onSave={(name) => void submit({ name })}
      onClose={onClose}
    />
  )
}

export function RenameEnvironment({
  envId,
  name,
  onClose,
}: {
  readonly envId: string
  readonly name: string
  readonly onClose: () => void
}) {
  const router = useRouter()
  const { submit, isBusy, error } = useSubmit(renameEnvironment, () => {
    onClose()
    showToast({ text: 'Environment renamed' })
    router.refresh()
  })
  return (
    <NameDialog
      title={`Rename ${name}`}
      consequence="Its ID and its clusters stay as they are."
      label="Environment name"
      field="name"
      initial={name}
      action="Rename"
      isBusy={isBusy}
      error={error}
      onSave={(text) => void submit({ envId, name: text })}
      onClose={onClose}
    />
  )
}
