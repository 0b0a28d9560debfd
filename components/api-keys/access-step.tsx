'use client'

import type { FormEventHandler } from 'react'
import type { ActionError } from '../../lib/actions/result.ts'
import { paths } from '../../lib/paths.ts'
import { FormError } from '../forms/submit.tsx'
import { Wizard } from '../shell/wizard.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { ChoiceTiles } from '../ui/choice-tiles.tsx'
import { Stepper } from '../ui/stepper.tsx'
import type { KeyPlace } from './create-api-key.tsx'
import { KeySummary } from './key-summary.tsx'

export const keySteps = ['Access control', 'Get your API key'] as const

export function AccessStep({
  place,
  onSubmit,
  isBusy,
  error,
}: {
  readonly place: KeyPlace
  readonly onSubmit: FormEventHandler<HTMLFormElement>
  readonly isBusy: boolean
  readonly error: ActionError | undefined
}) {
  return (
    <Wizard
      title="Create key"
      stepper={<Stepper steps={keySteps} current={0} />}
      onSubmit={onSubmit}
      aside={<KeySummary place={place} />}
      back={
        <ButtonLink href={paths.apiKeys(place.at)} tone="ghost" size="large">
          Go back
        </ButtonLink>
      }
      next={
        <Button type="submit" tone="primary" size="large" isBusy={isBusy}>
          Next
        </Button>
      }
    >
      <FormError error={error} />
      <ChoiceTiles
        label="Select scope for API key"
        columns={2}
        choices={[
          {
            value: 'global',
            title: 'Global access',
            detail:
              'Allow your API key to access everything you can access. Key access will be linked to your account.',
            note: 'Recommended for development',
          },
        ]}
        value="global"
        onChange={() => {}}
      />
    </Wizard>
  )
}
