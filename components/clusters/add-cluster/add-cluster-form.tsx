'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { createCluster } from '../../../lib/actions/clusters.ts'
import { launchableType } from '../../../lib/format/cluster-types.ts'
import { paths } from '../../../lib/paths.ts'
import type {
  AddClusterChoices,
  AddClusterOptions,
  AddClusterStep,
} from '../../../lib/queries/add-cluster.ts'
import { FormError, useSubmit } from '../../forms/submit.tsx'
import { useFocusOnStep } from '../../shell/use-focus-on-step.ts'
import { Wizard } from '../../shell/wizard.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Stepper } from '../../ui/stepper.tsx'
import { ClusterStateBadge } from '../cluster-state-badge.tsx'
import { CostCard } from './cost-card.tsx'
import { PaymentStep } from './payment-step.tsx'
import { type Place, RegionStep } from './region-step.tsx'
import { ReviewStep } from './review-step.tsx'
import { SimulatedPrice } from './simulated.tsx'
import { TypeStep } from './type-step.tsx'

const stepNames = [
  'Select cluster type',
  'Region/zones',
  'Set payment',
  'Review and launch',
] as const
const order: readonly AddClusterStep[] = ['type', 'region', 'payment', 'review']

export interface AddClusterFormProps {
  readonly envId: string
  /** As the address says. */
  readonly chosen: AddClusterChoices
  readonly options: AddClusterOptions
  readonly nameToStartWith: string
  readonly bootstrap: string
}

/** Four steps to a cluster. The address holds the step and the choices, the page the name. */
export function AddClusterForm(props: AddClusterFormProps) {
  const { envId, chosen, options, bootstrap } = props
  const { step } = chosen
  const router = useRouter()
  const [name, setName] = useState(props.nameToStartWith)
  const [place, setPlace] = useState<Place>(() => placeIn(chosen))
  const launching = useSubmit(createCluster, ({ clusterId }) =>
    router.push(paths.nextSteps({ envId, clusterId })),
  )
  useFocusOnStep(step)

  const offer = launchableType(chosen.type)
  if (offer === undefined) throw new Error(`No cluster type ${chosen.type}`)
  const current = order.indexOf(step)
  const hrefOf = (to: AddClusterStep, changed: Partial<AddClusterChoices> = {}) =>
    paths.addCluster({ envId }, { ...chosen, ...place, ...changed, step: to })

  function goOn(event: FormEvent) {
    event.preventDefault()
    const { type, provider, region, availability } = chosen
    if (step === 'region') router.push(hrefOf('payment'))
    if (step === 'payment') router.push(hrefOf('review'))
    if (step === 'review') {
      void launching.submit({ envId, name, type, provider, region, availability })
    }
  }

  return (
    <Wizard
      title="Create cluster"
      stepper={
        <Stepper steps={stepNames} current={current} links={order.map((one) => hrefOf(one))} />
      }
      onSubmit={goOn}
      aside={step === 'type' ? undefined : <CostCard offer={offer} />}
      back={<GoBack envId={envId} previous={order[current - 1]} hrefOf={hrefOf} />}
      next={
        step === 'type' ? null : (
          <>
            {launching.isBusy ? <ClusterStateBadge state="provisioning" /> : null}
            <span className="max-sm:hidden">
              <SimulatedPrice dollarsPerHour={offer.baseDollarsPerHour} />
            </span>
            <Button type="submit" tone="primary" size="large" isBusy={launching.isBusy}>
              {nextWords[step]}
            </Button>
          </>
        )
      }
    >
      <FormError error={launching.error} />
      {step === 'type' ? (
        <TypeStep
          limits={options.limits}
          onChoose={(type) => router.push(hrefOf('region', { type }))}
        />
      ) : null}
      {step === 'region' ? (
        <RegionStep
          providers={options.providers}
          place={place}
          bootstrap={bootstrap}
          onChange={setPlace}
        />
      ) : null}
      {step === 'payment' ? <PaymentStep /> : null}
      {step === 'review' ? (
        <ReviewStep
          {...{ chosen, options, offer, bootstrap, name, hrefOf }}
          onName={setName}
          nameError={launching.error?.fields?.name}
          regionError={launching.error?.fields?.region}
        />
      ) : null}
    </Wizard>
  )
}

function placeIn({ provider, region, availability }: AddClusterChoices): Place {
  return { provider, region, availability }
}

const nextWords: Record<AddClusterStep, string> = {
  type: 'Begin configuration',
  region: 'Continue',
  payment: 'Skip payment',
  review: 'Launch cluster',
}

function GoBack({
  envId,
  previous,
  hrefOf,
}: {
  readonly envId: string
  readonly previous: AddClusterStep | undefined
  readonly hrefOf: (step: AddClusterStep) => string
}) {
  const href = previous === undefined ? paths.environment({ envId }) : hrefOf(previous)
  return (
    <ButtonLink href={href} tone="ghost" size="large">
      Go back
    </ButtonLink>
  )
}
