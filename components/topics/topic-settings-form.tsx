'use client'

import { ArrowRight } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { alterTopicConfigs } from '../../lib/actions/topic-changes.ts'
import { formatPlural } from '../../lib/format/numbers.ts'
import { paths, type TopicAt } from '../../lib/paths.ts'
import { FormError, useSubmit } from '../forms/submit.tsx'
import {
  type ConfigChange,
  type ConfigDraft,
  changesOf,
} from '../forms/topic-config/config-draft.ts'
import { configGroups, configLabels } from '../forms/topic-config/config-groups.ts'
import { ConfigSections } from '../forms/topic-config/config-sections.tsx'
import { Wizard } from '../shell/wizard.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Card, CardHeader } from '../ui/card.tsx'
import { showToast } from '../ui/toasts.ts'

/** Every config that a person may set, and what saving would change. */
export function TopicSettingsForm({
  at,
  overrides,
  defaults,
}: {
  readonly at: TopicAt
  /** What the topic sets now. */
  readonly overrides: ConfigDraft
  /** What holds where it sets nothing. */
  readonly defaults: ConfigDraft
}) {
  const router = useRouter()
  const [draft, setDraft] = useState(overrides)
  const changes = changesOf(overrides, draft, defaults)
  const { submit, isBusy, error } = useSubmit(alterTopicConfigs, ({ changed }) => {
    showToast({ text: `Saved ${formatPlural(changed, 'setting')} of ${at.topic}` })
    router.push(paths.topicConfiguration(at))
    router.refresh()
  })

  function save(event: FormEvent) {
    event.preventDefault()
    if (changes.length === 0) return
    const values = changes.map(({ name }) => [name, draft[name] ?? null] as const)
    void submit({ ...at, changes: Object.fromEntries(values) })
  }

  return (
    <Wizard
      title={`Edit settings of ${at.topic}`}
      onSubmit={save}
      back={
        <ButtonLink href={paths.topicConfiguration(at)} tone="ghost" size="large">
          Cancel
        </ButtonLink>
      }
      next={
        <Button
          type="submit"
          tone="primary"
          size="large"
          isBusy={isBusy}
          aria-disabled={changes.length === 0}
          title={changes.length === 0 ? 'Nothing has been changed' : undefined}
        >
          Save changes
        </Button>
      }
      aside={<Changes changes={changes} />}
    >
      <FormError error={error} />
      <ConfigSections
        groups={configGroups}
        draft={draft}
        onChange={setDraft}
        defaults={defaults}
        refusals={error?.fields ?? {}}
      />
    </Wizard>
  )
}

function Changes({ changes }: { readonly changes: readonly ConfigChange[] }) {
  return (
    <Card label="Changes">
      <CardHeader title="Changes" />
      {changes.length === 0 ? (
        <p className="px-4 py-3 text-ink-2">
          Nothing changed yet. Changes hold from the moment they are saved.
        </p>
      ) : (
        <ul className="flex flex-col gap-2.5 px-4 py-3">
          {changes.map(({ name, before, after }) => (
            <li key={name}>
              <div className="text-ink-2">{configLabels.get(name) ?? name}</div>
              <div className="flex flex-wrap items-center gap-1.5">
                <span className="text-ink-2">{before}</span>
                <ArrowRight aria-label="becomes" className="size-3.5 text-ink-3" />
                <span className="font-[580]">{after}</span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
