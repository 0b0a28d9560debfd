'use client'

import { CircleCheck, Download } from 'lucide-react'
import type { ActionError } from '../../../lib/actions/result.ts'
import { type ConnectorConfig, withKey } from '../../../lib/format/connector-config.ts'
import { keyFileName } from '../../../lib/format/key-file.ts'
import { FormError } from '../../forms/submit.tsx'
import { Button } from '../../ui/button.tsx'
import { ChoiceTiles } from '../../ui/choice-tiles.tsx'
import { FieldNote, TextField } from '../../ui/field.tsx'

export type CredentialsMode = 'global' | 'existing'

export interface CredentialsStepProps {
  readonly mode: CredentialsMode
  readonly onMode: (mode: CredentialsMode) => void
  readonly config: ConnectorConfig
  readonly onChange: (config: ConnectorConfig) => void
  /** The key that was made here, if one was. */
  readonly madeKey: string | undefined
  readonly onGenerate: () => void
  readonly isGenerating: boolean
  readonly generatingError: ActionError | undefined
  /** Why one cannot go on without a key. */
  readonly missing: string | undefined
  readonly errors: Readonly<Record<string, string>> | undefined
}

/** As whom the connector signs in to the cluster. */
export function CredentialsStep(props: CredentialsStepProps) {
  return (
    <>
      <ChoiceTiles
        label="Kafka credentials"
        columns={2}
        choices={[
          {
            value: 'global',
            title: 'Global access',
            detail:
              'Allow your connector to access everything you have access to. Its access will be linked to your account.',
          },
          {
            value: 'existing',
            title: 'Use an existing API key',
            detail: 'Enter a key of this cluster and its secret. They are tried before you go on.',
          },
        ]}
        value={props.mode}
        onChange={props.onMode}
      />
      {props.mode === 'global' ? <GeneratedKey {...props} /> : <ExistingKey {...props} />}
    </>
  )
}

function GeneratedKey({
  madeKey,
  onGenerate,
  isGenerating,
  generatingError,
  missing,
}: CredentialsStepProps) {
  return (
    <section aria-label="API key" className="flex flex-col items-start gap-3">
      <FormError error={generatingError} />
      {madeKey === undefined ? (
        <>
          <p className="text-ink-2">
            The connector signs in with an API key of its own, described as such in the list of API
            keys. Its secret is downloaded once, and kept encrypted for the connector.
          </p>
          <Button
            size="large"
            icon={<Download aria-hidden="true" />}
            isBusy={isGenerating}
            onClick={onGenerate}
          >
            Generate API key & download
          </Button>
          {missing === undefined ? null : <FieldNote error={missing} />}
        </>
      ) : (
        <p
          role="status"
          className="flex items-start gap-2.5 rounded-md border border-moss-line bg-moss-tint px-3 py-2.5 text-ink-2"
        >
          <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-moss" />
          <span>
            API key <code className="text-label text-ink">{madeKey}</code> was generated, and
            downloaded with its secret as{' '}
            <code className="text-label text-ink">{keyFileName(madeKey)}</code>.
          </span>
        </p>
      )}
    </section>
  )
}

function ExistingKey({ config, onChange, errors }: CredentialsStepProps) {
  const field = (key: string) => ({
    isLarge: true,
    isMono: true,
    required: true,
    autoComplete: 'off',
    spellCheck: false,
    value: config[key] ?? '',
    error: errors?.[key],
    onChange: (event: { target: { value: string } }) =>
      onChange(withKey(config, key, event.target.value.trim())),
  })
  return (
    <div className="flex max-w-[560px] flex-col gap-5">
      <TextField label="API key" {...field('kafka.api.key')} />
      <TextField
        label="API secret"
        type="password"
        {...field('kafka.api.secret')}
        hint="Kept encrypted, and never shown again."
      />
    </div>
  )
}
