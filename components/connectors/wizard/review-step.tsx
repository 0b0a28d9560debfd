import Link from 'next/link'
import type { ReactNode } from 'react'
import { type ConnectorConfig, configJson, withKey } from '../../../lib/format/connector-config.ts'
import type { AddConnectorStep, TemplateChoice } from '../../../lib/queries/add-connector.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { TextField } from '../../ui/field.tsx'

/** What will be launched, as words and as the JSON that Connect is given. */
export function ReviewStep({
  config,
  onChange,
  template,
  hrefOf,
  nameError,
}: {
  readonly config: ConnectorConfig
  readonly onChange: (config: ConnectorConfig) => void
  readonly template: TemplateChoice | undefined
  readonly hrefOf: (step: AddConnectorStep) => string
  readonly nameError: string | undefined
}) {
  return (
    <>
      <div className="max-w-[420px]">
        <TextField
          label="Connector name"
          required
          isLarge
          autoFocus
          autoComplete="off"
          spellCheck={false}
          value={config.name ?? ''}
          onChange={(event) => onChange(withKey(config, 'name', event.target.value))}
          error={nameError}
        />
      </div>
      <dl className="border-t border-line-2">
        <Line term="Connector class">{config['connector.class']}</Line>
        <Line term="Topic" href={hrefOf('topic')}>
          {config['kafka.topic']}
        </Line>
        <Line term="Kafka credentials" href={hrefOf('credentials')}>
          <code className="text-label">{config['kafka.api.key']}</code>
        </Line>
        <Line term="Output record value format" href={hrefOf('configuration')}>
          {config['output.data.format']}
        </Line>
        <Line term={template === undefined ? 'Schema' : 'Template'} href={hrefOf('configuration')}>
          {template?.title ?? 'Your own'}
        </Line>
        <Line term="Max interval between messages" href={hrefOf('configuration')}>
          {config['max.interval'] ?? '1000'} ms
        </Line>
        <Line term="Tasks" href={hrefOf('sizing')}>
          {config['tasks.max']}
        </Line>
      </dl>
      <CodeBlock label="connector configuration" text={configJson(config)} />
    </>
  )
}

function Line({
  term,
  href,
  children,
}: {
  readonly term: string
  /** Where it is changed; absent where it cannot be. */
  readonly href?: string
  readonly children: ReactNode
}) {
  return (
    <div className="grid min-h-10 grid-cols-[minmax(120px,224px)_minmax(0,1fr)_auto] items-center gap-4 border-b border-line py-1.5">
      <dt className="text-ink-2">{term}</dt>
      <dd className="font-[580] break-words">{children}</dd>
      {href === undefined ? null : (
        <dd>
          <Link
            href={href}
            aria-label={`Change ${term.toLowerCase()}`}
            className="rounded-sm font-[560] text-river hover:underline"
          >
            Change
          </Link>
        </dd>
      )}
    </div>
  )
}
