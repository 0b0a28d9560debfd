'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { createTopic } from '../../lib/actions/topics.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import type { TopicFormDefaults } from '../../lib/queries/topic-form.ts'
import { FormError, useSubmit } from '../forms/submit.tsx'
import { Wizard } from '../shell/wizard.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Card, CardHeader, KeyValue, KeyValues } from '../ui/card.tsx'
import { TextField } from '../ui/field.tsx'
import { SelectField } from '../ui/select.tsx'

export interface CreateTopicFormProps {
  readonly at: ClusterAt
  readonly clusterName: string
  readonly defaults: TopicFormDefaults
}

/** Name and partitions make a topic; what is behind “Show advanced settings” starts as Kafka's. */
export function CreateTopicForm({ at, clusterName, defaults }: CreateTopicFormProps) {
  const router = useRouter()
  const [name, setName] = useState('')
  const [partitions, setPartitions] = useState(defaults.partitions)
  const [retentionMs, setRetentionMs] = useState(defaults.retentionMs)
  const [isAdvanced, setAdvanced] = useState(false)
  const { submit, isBusy, error } = useSubmit(createTopic, (topic) =>
    router.push(paths.topicMessages({ ...at, topic: topic.name })),
  )
  const retention = defaults.retentionChoices.find(({ value }) => value === retentionMs)

  function create(event: FormEvent) {
    event.preventDefault()
    const isDefault = retentionMs === defaults.retentionMs
    void submit({ ...at, name, partitions, ...(isDefault ? {} : { retentionMs }) })
  }

  return (
    <Wizard
      title="New topic"
      onSubmit={create}
      back={
        <ButtonLink href={paths.topics(at)} tone="ghost" size="large">
          Cancel
        </ButtonLink>
      }
      next={
        <Button type="submit" tone="primary" size="large" isBusy={isBusy}>
          {isAdvanced ? 'Save & create' : 'Create with defaults'}
        </Button>
      }
      aside={
        <Card label="Summary">
          <CardHeader title="Summary" />
          <KeyValues>
            <KeyValue term="Topic name">{name === '' ? '–' : name}</KeyValue>
            <KeyValue term="Partitions">{partitions === '' ? '–' : partitions}</KeyValue>
            <KeyValue term="Cleanup policy">Delete</KeyValue>
            <KeyValue term="Retention time">{retention?.label ?? '–'}</KeyValue>
            <KeyValue term="Cluster">{clusterName}</KeyValue>
          </KeyValues>
        </Card>
      }
    >
      <FormError error={error} />
      <div className="grid grid-cols-1 gap-5 sm:grid-cols-[minmax(0,1fr)_160px]">
        <TextField
          label="Topic name"
          required
          isLarge
          autoComplete="off"
          spellCheck={false}
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={error?.fields?.name}
          hint="Letters, digits, “.”, “_” and “-”."
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
          hint="Most consumers that can share the work."
        />
      </div>
      {isAdvanced ? (
        <section
          aria-labelledby="storage"
          className="flex flex-col gap-3 border-t border-line pt-5"
        >
          <h2 id="storage" className="text-section tracking-[-0.008em]">
            Storage
          </h2>
          <div className="max-w-[340px]">
            <SelectField
              label="Retention time"
              isLarge
              options={defaults.retentionChoices}
              value={retentionMs}
              onChange={setRetentionMs}
              error={error?.fields?.retentionMs}
              hint="Messages older than this are deleted."
            />
          </div>
        </section>
      ) : (
        <div>
          <Button size="small" onClick={() => setAdvanced(true)}>
            Show advanced settings
          </Button>
        </div>
      )}
    </Wizard>
  )
}
