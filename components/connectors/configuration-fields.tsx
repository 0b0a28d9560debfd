import type { ReactNode } from 'react'
import { type ConnectorConfig, secretMask, withKey } from '../../lib/format/connector-config.ts'
import type { TemplateChoice } from '../../lib/queries/add-connector.ts'
import { TextField } from '../ui/field.tsx'
import { configurationKeys } from './wizard/configuration-keys.ts'
import { ConfigurationStep } from './wizard/configuration-step.tsx'

/** Keys that have a field here. */
export const fieldKeys: readonly string[] = [
  'kafka.topic',
  'kafka.api.key',
  'kafka.api.secret',
  'tasks.max',
  ...configurationKeys,
]

/** Every setting of a connector that can be changed after its launch. */
export function ConfigurationFields({
  config,
  onChange,
  templates,
  errors,
}: {
  readonly config: ConnectorConfig
  readonly onChange: (config: ConnectorConfig) => void
  readonly templates: readonly TemplateChoice[]
  readonly errors: Readonly<Record<string, string>> | undefined
}) {
  const field = (key: string) => ({
    autoComplete: 'off',
    spellCheck: false,
    value: config[key] ?? '',
    error: errors?.[key],
    onChange: (event: { target: { value: string } }) =>
      onChange(withKey(config, key, event.target.value.trim())),
  })
  const secret = config['kafka.api.secret'] ?? ''
  return (
    <>
      <Section title="Topic">
        <TextField label="Topic name" required {...field('kafka.topic')} />
        <TextField label="Tasks" required inputMode="numeric" {...field('tasks.max')} />
      </Section>
      <Section title="Kafka credentials">
        <TextField label="API key" required isMono {...field('kafka.api.key')} />
        <TextField
          label="API secret"
          type="password"
          isMono
          {...field('kafka.api.secret')}
          value={secret === secretMask ? '' : secret}
          onChange={(event) =>
            onChange({ ...config, 'kafka.api.secret': event.target.value.trim() || secretMask })
          }
          hint={
            secret === secretMask
              ? `Stored as ${'•'.repeat(8)}. Another key needs its own secret.`
              : 'Kept encrypted, and never shown again.'
          }
        />
      </Section>
      <ConfigurationStep
        config={config}
        onChange={onChange}
        templates={templates}
        errors={errors}
      />
    </>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset className="flex flex-col gap-3 border-b border-line pb-5">
      <legend className="mb-3 text-body font-[620]">{title}</legend>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">{children}</div>
    </fieldset>
  )
}
