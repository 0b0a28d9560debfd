'use client'

import { type ConnectorConfig, withKey } from '../../../lib/format/connector-config.ts'
import type { ClusterAt } from '../../../lib/paths.ts'
import type { AddConnectorOptions, AddConnectorStep } from '../../../lib/queries/add-connector.ts'
import { ConfigJsonField } from './config-json-field.tsx'
import { ConfigurationStep } from './configuration-step.tsx'
import { CredentialsStep } from './credentials-step.tsx'
import { OtherErrors } from './other-errors.tsx'
import { ReviewStep } from './review-step.tsx'
import { SizingStep } from './sizing-step.tsx'
import { steps } from './steps.ts'
import { TopicStep } from './topic-step.tsx'
import type { useCredentials } from './use-credentials.ts'

export interface StepBodyProps {
  readonly at: ClusterAt
  readonly step: AddConnectorStep
  readonly config: ConnectorConfig
  readonly onChange: (config: ConnectorConfig) => void
  readonly options: AddConnectorOptions
  readonly credentials: ReturnType<typeof useCredentials>
  readonly hrefOf: (step: AddConnectorStep) => string
  /** The whole configuration as text, in place of the step's fields. */
  readonly isJson: boolean
  /** Why one cannot go on, found without asking the cluster. */
  readonly problem: string | undefined
  readonly onProblem: (problem: string | undefined) => void
  readonly errors: Readonly<Record<string, string>> | undefined
}

/** The fields of a step, and what is wrong with keys that have none there. */
export function StepBody(props: StepBodyProps) {
  const { step, config, onChange, onProblem, errors, isJson } = props
  const fields = steps.find(({ id }) => id === step)?.keys ?? []
  return (
    <>
      <OtherErrors errors={errors} shown={isJson ? [] : fields} />
      {isJson ? (
        <ConfigJsonField config={config} onChange={onChange} onProblem={onProblem} />
      ) : (
        <StepFields {...props} />
      )}
    </>
  )
}

function StepFields({
  at,
  step,
  config,
  onChange,
  options,
  credentials,
  hrefOf,
  problem,
  errors,
}: StepBodyProps) {
  const set = (key: string) => (value: string) => onChange(withKey(config, key, value))
  switch (step) {
    case 'topic':
      return (
        <TopicStep
          at={at}
          topics={options.topics}
          chosen={config['kafka.topic'] ?? ''}
          onChoose={set('kafka.topic')}
          error={problem ?? errors?.['kafka.topic']}
        />
      )
    case 'credentials':
      return (
        <CredentialsStep
          mode={credentials.mode}
          onMode={credentials.choose}
          config={config}
          onChange={onChange}
          madeKey={credentials.made?.key}
          onGenerate={credentials.make}
          isGenerating={credentials.isMaking}
          generatingError={credentials.error}
          missing={problem}
          errors={errors}
        />
      )
    case 'configuration':
      return (
        <ConfigurationStep
          config={config}
          onChange={onChange}
          templates={options.templates}
          errors={errors}
        />
      )
    case 'sizing':
      return (
        <SizingStep
          tasks={config['tasks.max'] ?? ''}
          tasksMax={options.tasksMax}
          onChange={set('tasks.max')}
          error={errors?.['tasks.max']}
        />
      )
    case 'review':
      return (
        <ReviewStep
          config={config}
          onChange={onChange}
          template={options.templates.find(({ id }) => id === config.quickstart)}
          hrefOf={hrefOf}
          nameError={errors?.name}
        />
      )
  }
}
