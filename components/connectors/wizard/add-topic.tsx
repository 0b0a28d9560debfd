'use client'

import { useRouter } from 'next/navigation'
import { type KeyboardEvent, useState } from 'react'
import { createTopic } from '../../../lib/actions/topics.ts'
import type { ClusterAt } from '../../../lib/paths.ts'
import { FormError, useSubmit } from '../../forms/submit.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'

/** Name and partitions of a topic, inside the form of the wizard: Enter makes the topic, not a step. */
export function AddTopic({
  at,
  onMade,
  onCancel,
}: {
  readonly at: ClusterAt
  readonly onMade: (name: string) => void
  /** Absent where there is nothing else to choose. */
  readonly onCancel?: () => void
}) {
  const router = useRouter()
  const [name, setName] = useState('')
  const [partitions, setPartitions] = useState('6')
  const { submit, isBusy, error } = useSubmit(createTopic, (topic) => {
    onMade(topic.name)
    router.refresh()
  })
  const make = () => void submit({ ...at, name, partitions, configs: {} })

  function makeOnEnter(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    make()
  }

  return (
    <fieldset
      onKeyDown={makeOnEnter}
      className="flex flex-col gap-4 rounded-lg border border-line-2 bg-sunken p-4"
    >
      <legend className="sr-only">Add new topic</legend>
      <FormError error={error} />
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-[minmax(0,1fr)_140px]">
        <TextField
          label="Topic name"
          required
          isLarge
          autoFocus
          autoComplete="off"
          spellCheck={false}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={error?.fields?.name}
        />
        <TextField
          label="Partitions"
          required
          isLarge
          inputMode="numeric"
          autoComplete="off"
          value={partitions}
          onChange={(event) => setPartitions(event.target.value)}
          error={error?.fields?.partitions}
        />
      </div>
      <div className="flex gap-2">
        <Button onClick={make} isBusy={isBusy}>
          Create topic
        </Button>
        {onCancel === undefined ? null : (
          <Button tone="ghost" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
    </fieldset>
  )
}
