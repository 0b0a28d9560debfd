'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { renameCluster } from '../../lib/actions/clusters.ts'
import type { ClusterAt } from '../../lib/paths.ts'
import { NameDialog } from '../forms/name-dialog.tsx'
import { useSubmit } from '../forms/submit.tsx'
import { Button } from '../ui/button.tsx'
import { showToast } from '../ui/toasts.ts'

export function RenameCluster({ at, name }: { readonly at: ClusterAt; readonly name: string }) {
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  const { submit, isBusy, error, clearError } = useSubmit(renameCluster, () => {
    setOpen(false)
    showToast({ text: 'Cluster renamed' })
    router.refresh()
  })
  return (
    <>
      <Button
        size="small"
        onClick={() => {
          clearError()
          setOpen(true)
        }}
      >
        Rename
      </Button>
      {isOpen ? (
        <NameDialog
          title={`Rename ${name}`}
          consequence="The name is shown in this console only. Programs know the cluster by its address."
          label="Cluster name"
          field="name"
          initial={name}
          action="Rename"
          isBusy={isBusy}
          error={error}
          onSave={(text) => void submit({ ...at, name: text })}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}
