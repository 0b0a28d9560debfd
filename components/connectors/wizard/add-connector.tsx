'use client'

import { paths } from '../../../lib/paths.ts'
import { FormError } from '../../forms/submit.tsx'
import { useFocusOnStep } from '../../shell/use-focus-on-step.ts'
import { Wizard } from '../../shell/wizard.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Stepper } from '../../ui/stepper.tsx'
import { SimulatedConnectorPrice } from './simulated-price.tsx'
import { StepBody } from './step-body.tsx'
import { placeOf, steps } from './steps.ts'
import { type AddConnectorProps, useAddConnector } from './use-add-connector.ts'
import { WizardAside } from './wizard-aside.tsx'

const views = [
  { value: 'form', label: 'Form' },
  { value: 'json', label: 'JSON' },
] as const

/** Five steps to a connector. */
export function AddConnector(props: AddConnectorProps) {
  const { at, plugin, options } = props
  const { step, config, view, hrefOf, error, ...wizard } = useAddConnector(props)
  const previous = steps[placeOf(step) - 1]
  useFocusOnStep(step)
  return (
    <Wizard
      title={`Add ${plugin.displayName} connector`}
      action={
        view.canBeJson ? (
          <Segmented label="View" options={views} value={view.shown} onChange={view.choose} />
        ) : undefined
      }
      stepper={
        <Stepper
          steps={steps.map(({ name }) => name)}
          current={placeOf(step)}
          links={steps.map(({ id }) => hrefOf(id))}
        />
      }
      onSubmit={wizard.goOn}
      aside={<WizardAside {...{ at, step, config, options }} />}
      back={
        <ButtonLink
          href={previous === undefined ? paths.connectorPlugins(at) : hrefOf(previous.id)}
          tone="ghost"
          size="large"
        >
          Go back
        </ButtonLink>
      }
      next={
        <>
          <span className="max-sm:hidden">
            <SimulatedConnectorPrice tasks={Number(config['tasks.max'])} />
          </span>
          <Button type="submit" tone="primary" size="large" isBusy={wizard.isBusy}>
            Continue
          </Button>
        </>
      }
    >
      <FormError error={error} />
      <StepBody
        {...{ at, step, config, options, hrefOf }}
        credentials={wizard.credentials}
        isJson={view.isJson}
        problem={wizard.missing}
        errors={error?.fields}
        onChange={wizard.setConfig}
        onProblem={wizard.setJsonProblem}
      />
    </Wizard>
  )
}
