'use client'

import { Download, TriangleAlert } from 'lucide-react'
import { useEffect } from 'react'
import { createApiKey } from '../../lib/actions/api-keys.ts'
import { keyFileName, keyFileText, type NewApiKey } from '../../lib/format/key-file.ts'
import type { ClusterAt } from '../../lib/paths.ts'
import { saveTextFile } from '../api-keys/save-text-file.ts'
import { warnBeforeLeaving } from '../api-keys/warn-before-leaving.ts'
import { FormError, useSubmit } from '../forms/submit.tsx'
import { Button } from '../ui/button.tsx'
import { CopyText } from '../ui/copy-button.tsx'
import { TextField } from '../ui/field.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { SelectField } from '../ui/select.tsx'

export type KeyWay = 'existing' | 'create'

export interface KeyChoiceProps {
  readonly at: ClusterAt
  readonly apiKeys: readonly { readonly key: string; readonly description: string }[]
  readonly way: KeyWay
  readonly onWay: (way: KeyWay) => void
  readonly chosenKey: string
  readonly onChoose: (key: string) => void
  /** Typed here, and kept nowhere else. */
  readonly secret: string
  readonly onSecret: (secret: string) => void
  /** The one made here; its secret exists in this page alone. */
  readonly made: NewApiKey | undefined
  readonly onMade: (apiKey: NewApiKey) => void
  /** What a key made here is said to be for. */
  readonly description: string
}

/** An API key of the cluster, or one that is made on the spot. */
export function KeyChoice(props: KeyChoiceProps) {
  const { way, onWay, apiKeys } = props
  return (
    <div className="flex flex-col items-stretch gap-3">
      <span>
        <Segmented
          label="Which API key"
          isLarge
          options={[
            { value: 'existing', label: 'Use existing API key' },
            { value: 'create', label: 'Create Kafka cluster API key' },
          ]}
          value={way}
          onChange={onWay}
        />
      </span>
      {way === 'create' ? (
        <MakeKey {...props} />
      ) : apiKeys.length === 0 ? (
        <p className="text-ink-2">This cluster has no API key yet. Create one here.</p>
      ) : (
        <ExistingKey {...props} />
      )}
    </div>
  )
}

function ExistingKey({ apiKeys, chosenKey, onChoose, secret, onSecret }: KeyChoiceProps) {
  return (
    <>
      <SelectField
        label="API key"
        options={apiKeys.map(({ key, description }) => ({
          value: key,
          label: description === '' ? key : `${key}  ${description}`,
        }))}
        value={chosenKey}
        onChange={onChoose}
      />
      <TextField
        label="API secret"
        type="password"
        autoComplete="off"
        isMono
        value={secret}
        onChange={(event) => onSecret(event.target.value)}
        hint="It is in the file you downloaded. It goes into the program here in your browser and nowhere else; without it, the program says where it belongs."
      />
    </>
  )
}

function MakeKey({ at, made, onMade, description }: KeyChoiceProps) {
  const making = useSubmit(createApiKey, onMade)
  if (made !== undefined) return <MadeKey at={at} made={made} />
  return (
    <>
      <FormError error={making.error} />
      <p className="text-ink-2">
        A key with global access, described as “{description}”. Its secret is put into the program.
      </p>
      <span>
        <Button
          isBusy={making.isBusy}
          onClick={() =>
            void making.submit({ envId: at.envId, clusterId: at.clusterId, description })
          }
        >
          Create key
        </Button>
      </span>
    </>
  )
}

function MadeKey({ at, made }: { readonly at: ClusterAt; readonly made: NewApiKey }) {
  useEffect(warnBeforeLeaving, [])
  return (
    <div className="overflow-hidden rounded-lg border border-line">
      <dl className="px-4 py-3">
        <div className="flex items-center gap-4">
          <dt className="w-14 shrink-0 text-ink-2">Key</dt>
          <dd>
            <CopyText text={made.key} label="Copy key" />
          </dd>
        </div>
        <div className="flex items-start gap-4">
          <dt className="w-14 shrink-0 text-ink-2">Secret</dt>
          <dd className="min-w-0 break-all">
            <CopyText text={made.secret} label="Copy secret" />
          </dd>
        </div>
      </dl>
      <div className="flex flex-wrap items-center justify-between gap-2 border-t border-amber-line bg-amber-tint px-4 py-2.5">
        <span className="flex items-center gap-2.5 font-[560] text-amber">
          <TriangleAlert aria-hidden="true" className="size-4 shrink-0" />
          This is the only time you'll see the secret.
        </span>
        <Button
          size="small"
          icon={<Download aria-hidden="true" />}
          onClick={() => saveTextFile(keyFileName(made.key), keyFileText(at.clusterId, made))}
        >
          Download key
        </Button>
      </div>
    </div>
  )
}
