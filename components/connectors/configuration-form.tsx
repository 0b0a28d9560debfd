'use client'

import { type FormEvent, useState } from 'react'
import { configureConnector } from '../../lib/actions/connector-changes.ts'
import { type ConnectorConfig, configJson } from '../../lib/format/connector-config.ts'
import { type ConnectorAt, paths } from '../../lib/paths.ts'
import type { TemplateChoice } from '../../lib/queries/add-connector.ts'
import { FormError, useSubmit } from '../forms/submit.tsx'
import { Button } from '../ui/button.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { showToast } from '../ui/toasts.ts'
import { useAddressState } from '../ui/use-address-state.ts'
import { ConfigurationFields, fieldKeys } from './configuration-fields.tsx'
import { ConfigJsonField } from './wizard/config-json-field.tsx'
import { OtherErrors } from './wizard/other-errors.tsx'

const views = [
  { value: 'form', label: 'Form' },
  { value: 'json', label: 'JSON' },
] as const

/** The stored configuration as fields or as JSON; both change the same draft until it is saved. */
export function ConfigurationForm({
  at,
  stored,
  templates,
  onSaved,
}: {
  readonly at: ConnectorAt
  readonly stored: ConnectorConfig
  readonly templates: readonly TemplateChoice[]
  readonly onSaved: () => Promise<void>
}) {
  const [hrefOf] = useState(
    () => (view: 'form' | 'json') =>
      paths.connectorSettings(at, { show: view === 'json' ? view : undefined }),
  )
  const [view, setView] = useAddressState(viewIn, hrefOf)
  // Undefined while nothing has been changed: then what is stored shows, whoever stored it.
  const [draft, setDraft] = useState<ConnectorConfig>()
  const [problem, setProblem] = useState<string>()
  const [turn, setTurn] = useState(0)
  const config = draft ?? stored
  const isChanged = draft !== undefined && configJson(draft) !== configJson(stored)
  const { submit, isBusy, error, clearError } = useSubmit(configureConnector, () => {
    showToast({ text: 'Configuration saved' })
    void onSaved().then(discard)
  })

  function choose(next: 'form' | 'json') {
    // Text that could not be read is left behind: the form shows what could be.
    setProblem(undefined)
    setView(next)
  }
  function discard() {
    setDraft(undefined)
    setProblem(undefined)
    clearError()
    setTurn((before) => before + 1)
  }
  function save(event: FormEvent) {
    event.preventDefault()
    if (problem === undefined) void submit({ ...at, config })
  }

  return (
    <form onSubmit={save} noValidate className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-section tracking-[-0.008em]">Configuration</h2>
        <Segmented label="View" options={views} value={view} onChange={choose} />
      </div>
      <FormError error={error} />
      <OtherErrors errors={error?.fields} shown={view === 'json' ? [] : fieldKeys} />
      {view === 'json' ? (
        <ConfigJsonField key={turn} config={config} onChange={setDraft} onProblem={setProblem} />
      ) : (
        <ConfigurationFields
          config={config}
          onChange={setDraft}
          templates={templates}
          errors={error?.fields}
        />
      )}
      <div className="sticky bottom-0 flex flex-wrap items-center gap-2 border-t border-line bg-sheet py-3">
        <Button
          type="submit"
          tone="primary"
          isBusy={isBusy}
          disabledReason={
            isChanged || problem !== undefined ? undefined : 'Nothing has been changed.'
          }
        >
          Save changes
        </Button>
        {isChanged || problem !== undefined ? (
          <Button onClick={discard}>Discard changes</Button>
        ) : null}
        <span className="text-label text-ink-3">Its tasks start again with what is saved.</span>
      </div>
    </form>
  )
}

function viewIn(query: Pick<URLSearchParams, 'get'>): 'form' | 'json' {
  return query.get('show') === 'json' ? 'json' : 'form'
}
