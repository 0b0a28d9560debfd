'use client'

import { useState } from 'react'
import { allowWithoutKey } from '../../lib/actions/open-listener.ts'
import type { ClusterAt } from '../../lib/paths.ts'
import type { OpenListenerView } from '../../lib/queries/open-listener.ts'
import { DialogForm } from '../forms/dialog-form.tsx'
import { useSubmit } from '../forms/submit.tsx'
import { TypedNameField } from '../forms/typed-name-field.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { TextField } from '../ui/field.tsx'
import { Note } from '../ui/note.tsx'

/** Asks how the cluster is to be reached without a key; turning that on takes the cluster's name. */
export function OpenListenerForm({
  at,
  clusterName,
  listener,
  onDone,
  onClose,
}: {
  readonly at: ClusterAt
  readonly clusterName: string
  readonly listener: OpenListenerView
  readonly onDone: () => void
  readonly onClose: () => void
}) {
  const { isOn } = listener
  const [port, setPort] = useState(listener.port === 0 ? '' : String(listener.port))
  const [partitions, setPartitions] = useState(String(listener.partitions))
  const [createTopics, setCreateTopics] = useState(listener.createTopics)
  const [typed, setTyped] = useState('')
  const { submit, isBusy, error } = useSubmit(allowWithoutKey, onDone)
  return (
    <DialogForm
      title={isOn ? 'Change connections without a key' : 'Allow connections without a key?'}
      consequence={
        isOn
          ? 'Another port ends the connections to this one.'
          : 'Nobody who connects to this port is asked who they are.'
      }
      action={isOn ? 'Save' : 'Allow'}
      isDanger={!isOn}
      disabledReason={isOn || typed === clusterName ? undefined : `Type ${clusterName} first`}
      {...{ isBusy, error, onClose }}
      onSubmit={() => void submit({ ...at, port, createTopics, partitions, confirmation: typed })}
    >
      {isOn ? null : (
        <Note kind="danger">
          Every program on this machine, those of its other users too, will be able to read, write
          and delete everything in {clusterName}.
        </Note>
      )}
      <TextField
        label="Port"
        hint="Empty for a free one, which is kept."
        inputMode="numeric"
        autoComplete="off"
        value={port}
        onChange={(event) => setPort(event.target.value)}
        error={error?.fields?.port}
      />
      <Checkbox
        label="Create topics automatically"
        isChecked={createTopics}
        onChange={setCreateTopics}
      />
      <TextField
        label="Default partitions"
        hint="Of topics that are created without a number."
        inputMode="numeric"
        autoComplete="off"
        value={partitions}
        onChange={(event) => setPartitions(event.target.value)}
        error={error?.fields?.partitions}
      />
      {isOn ? null : (
        <TypedNameField name={clusterName} typed={typed} onType={setTyped} error={error} />
      )}
    </DialogForm>
  )
}
