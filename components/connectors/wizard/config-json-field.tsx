'use client'

import { useState } from 'react'
import {
  type ConnectorConfig,
  configJson,
  parseConfigJson,
} from '../../../lib/format/connector-config.ts'
import { CodeField } from '../../ui/code-field.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Field } from '../../ui/field.tsx'

/**
 * The configuration as JSON that can be edited. What is typed holds at once where it can be read; while
 * it cannot, the field says why and `onProblem` is told, so that nobody goes on with the text before.
 */
export function ConfigJsonField({
  config,
  onChange,
  onProblem,
  error,
}: {
  /** As of when the field appears; from then on the text leads. */
  readonly config: ConnectorConfig
  readonly onChange: (config: ConnectorConfig) => void
  readonly onProblem: (problem: string | undefined) => void
  /** What the server found wrong. */
  readonly error?: string | undefined
}) {
  const [text, setText] = useState(() => configJson(config))
  const [problem, setProblem] = useState<string>()

  function type(next: string) {
    setText(next)
    const parsed = parseConfigJson(next, config)
    const found = 'problem' in parsed ? parsed.problem : undefined
    setProblem(found)
    onProblem(found)
    if ('ok' in parsed) onChange(parsed.ok)
  }

  return (
    <Field
      label="Configuration as JSON"
      hint="The form shows the same values. The secret is kept while it stands as stars."
      error={problem ?? error}
      aside={<CopyButton text={text} label="Copy configuration" hasText />}
    >
      {(control) => (
        <CodeField
          {...control}
          isJson
          rows={Math.min(24, Math.max(12, text.split('\n').length + 1))}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => type(event.target.value)}
        />
      )}
    </Field>
  )
}
