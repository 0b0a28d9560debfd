'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { deleteCluster } from '../../lib/actions/clusters.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import { ConfirmByName } from '../forms/confirm-by-name.tsx'
import { useSubmit } from '../forms/submit.tsx'
import { Button } from '../ui/button.tsx'

const consequence =
  'Its topics, messages, consumer groups, API keys, connectors and metrics go with it, at once and for good.'

/** What goes with a cluster, and the button that asks whether it may. */
export function DeleteCluster({ at, name }: { readonly at: ClusterAt; readonly name: string }) {
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  const { submit, isBusy, error } = useSubmit(deleteCluster, () =>
    router.push(paths.environment({ envId: at.envId })),
  )
  return (
    <>
      <p className="max-w-[560px] text-ink-2">{consequence}</p>
      <Button tone="danger" onClick={() => setOpen(true)}>
        Delete cluster
      </Button>
      <ConfirmByName
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={`Delete ${name}?`}
        consequence={consequence}
        name={name}
        action="Delete cluster"
        isBusy={isBusy}
        error={error}
        onConfirm={(confirmation) => void submit({ ...at, confirmation })}
      />
    </>
  )
}
