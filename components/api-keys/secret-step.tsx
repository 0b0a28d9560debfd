'use client'

import { Download, Eye, EyeOff, TriangleAlert } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import type { ActionError } from '../../lib/actions/result.ts'
import type { NewApiKey } from '../../lib/format/key-file.ts'
import { FormError } from '../forms/submit.tsx'
import { Wizard } from '../shell/wizard.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { TextField } from '../ui/field.tsx'
import { Note } from '../ui/note.tsx'
import { Stepper } from '../ui/stepper.tsx'
import { keySteps } from './access-step.tsx'
import type { KeyPlace } from './create-api-key.tsx'
import { KeySummary } from './key-summary.tsx'
import { warnBeforeLeaving } from './warn-before-leaving.ts'

export function SecretStep({
  place,
  apiKey,
  onDownload,
  isBusy,
  error,
}: {
  readonly place: KeyPlace
  readonly apiKey: NewApiKey
  readonly onDownload: (description: string) => void
  readonly isBusy: boolean
  readonly error: ActionError | undefined
}) {
  const [description, setDescription] = useState('')
  useEffect(warnBeforeLeaving, [])

  function submit(event: FormEvent) {
    event.preventDefault()
    onDownload(description)
  }

  return (
    <Wizard
      title="Create key"
      stepper={<Stepper steps={keySteps} current={1} />}
      onSubmit={submit}
      aside={<KeySummary place={place} apiKey={apiKey} />}
      back={<span />}
      next={
        <Button
          type="submit"
          tone="primary"
          size="large"
          icon={<Download aria-hidden="true" />}
          isBusy={isBusy}
        >
          Download and continue
        </Button>
      }
    >
      <div>
        <h2 className="text-section tracking-[-0.008em]">Get your API key</h2>
        <p className="text-ink-2">
          Store the key and the secret somewhere safe. Programs sign in with them.
        </p>
      </div>
      <FormError error={error} />
      <div className="overflow-hidden rounded-lg border border-line">
        <dl>
          <SecretRow term="Key" text={apiKey.key} />
          <SecretRow term="Secret" text={apiKey.secret} canHide />
        </dl>
        <p className="flex items-center gap-2.5 border-t border-amber-line bg-amber-tint px-4 py-2.5 font-[560] text-amber">
          <TriangleAlert aria-hidden="true" className="size-4 shrink-0" />
          This is the only time you'll see the secret.
        </p>
      </div>
      <TextField
        label="Description"
        isLarge
        value={description}
        maxLength={256}
        onChange={(event) => setDescription(event.target.value)}
        error={error?.fields?.description}
        hint="A word on what the key is for. It helps when you come to delete it."
      />
      <Note>
        These credentials work <b>at once</b>. In the cloud they can take up to one minute to
        propagate.
      </Note>
    </Wizard>
  )
}

function SecretRow({
  term,
  text,
  canHide = false,
}: {
  readonly term: string
  readonly text: string
  /** For people with somebody looking over their shoulder. */
  readonly canHide?: boolean
}) {
  const [isHidden, setHidden] = useState(false)
  return (
    <div className="flex items-center gap-4 border-b border-line px-4 py-3 last:border-b-0">
      <dt className="w-16 shrink-0 text-ink-2">{term}</dt>
      <dd className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <span className="max-w-[33ch] font-mono text-[14px] leading-5 font-[560] break-all">
          {isHidden ? '•'.repeat(text.length) : text}
        </span>
        <span className="flex items-center gap-2">
          {canHide ? (
            <Button
              size="small"
              tone="ghost"
              icon={isHidden ? <Eye aria-hidden="true" /> : <EyeOff aria-hidden="true" />}
              aria-label={isHidden ? `Show ${term.toLowerCase()}` : `Hide ${term.toLowerCase()}`}
              onClick={() => setHidden(!isHidden)}
            >
              {isHidden ? 'Show' : 'Hide'}
            </Button>
          ) : null}
          <CopyButton text={text} label={`Copy ${term.toLowerCase()}`} hasText />
        </span>
      </dd>
    </div>
  )
}
