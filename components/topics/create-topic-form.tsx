'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { createTopic } from '../../lib/actions/topics.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import type { TopicFormDefaults } from '../../lib/queries/topic-form.ts'
import { FormError, useSubmit } from '../forms/submit.tsx'
import { type ConfigDraft, withConfig } from '../forms/topic-config/config-draft.ts'
import { configGroups } from '../forms/topic-config/config-groups.ts'
import { ConfigSections } from '../forms/topic-config/config-sections.tsx'
import { Wizard } from '../shell/wizard.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Switch } from '../ui/switch.tsx'
import { TopicSummary } from './topic-summary.tsx'

export interface CreateTopicFormProps {
  readonly at: ClusterAt
  readonly clusterName: string
  readonly defaults: TopicFormDefaults
}

/** How much of the form is unfolded; what is folded keeps its values. */
type Depth = 'name' | 'advanced' | 'expert'

/** Name and partitions make a topic; what is behind “Show advanced settings” starts as the cluster's. */
export function CreateTopicForm({ at, clusterName, defaults }: CreateTopicFormProps) {
  const router = useRouter()
  const [name, setName] = useState('')
  const [partitions, setPartitions] = useState(defaults.partitions)
  const [configs, setConfigs] = useState<ConfigDraft>({})
  const [depth, setDepth] = useState<Depth>('name')
  const { submit, isBusy, error } = useSubmit(createTopic, (topic) =>
    router.push(paths.topicMessages({ ...at, topic: topic.name })),
  )
  const groups = configGroups.filter(({ isCommon }) => isCommon || depth === 'expert')

  function create(event: FormEvent) {
    event.preventDefault()
    void submit({ ...at, name, partitions, configs })
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
          {depth === 'name' ? 'Create with defaults' : 'Save & create'}
        </Button>
      }
      aside={
        <TopicSummary
          name={name}
          partitions={partitions}
          configs={configs}
          defaults={defaults.configs}
          clusterName={clusterName}
        />
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
      <Switch
        label="Enable infinite retention for this topic"
        isOn={configs['retention.ms'] === '-1'}
        onChange={(isOn) => setConfigs(withConfig(configs, 'retention.ms', isOn ? '-1' : null))}
      />
      {depth === 'name' ? (
        <div>
          <Button size="small" onClick={() => setDepth('advanced')}>
            Show advanced settings
          </Button>
        </div>
      ) : (
        <>
          <ConfigSections
            groups={groups}
            draft={configs}
            onChange={setConfigs}
            defaults={defaults.configs}
            refusals={error?.fields ?? {}}
          />
          {depth === 'advanced' ? (
            <div className="border-t border-line pt-5">
              <Button size="small" onClick={() => setDepth('expert')}>
                Switch to expert mode
              </Button>
            </div>
          ) : null}
        </>
      )}
    </Wizard>
  )
}
