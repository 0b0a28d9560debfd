'use client'

import type { ConnectorConfig } from '../../../lib/format/connector-config.ts'
import type { ClusterAt } from '../../../lib/paths.ts'
import type { AddConnectorOptions, AddConnectorStep } from '../../../lib/queries/add-connector.ts'
import { SampleRecordsCard } from './sample-records.tsx'
import { SoFar } from './so-far.tsx'
import { placeOf } from './steps.ts'
import { useSampleRecords } from './use-sample-records.ts'

/** Beside the steps: what has been chosen and, once it is about records, what they look like. */
export function WizardAside(props: {
  readonly at: ClusterAt
  readonly step: AddConnectorStep
  readonly config: ConnectorConfig
  readonly options: AddConnectorOptions
}) {
  if (placeOf(props.step) < placeOf('configuration')) {
    return <SoFar config={props.config} template={undefined} sample={undefined} />
  }
  return <WithSample {...props} />
}

function WithSample({
  at,
  config,
  options,
}: {
  readonly at: ClusterAt
  readonly config: ConnectorConfig
  readonly options: AddConnectorOptions
}) {
  const { again, ...sample } = useSampleRecords(at, config)
  return (
    <div className="flex flex-col gap-4">
      <SampleRecordsCard sample={sample} onAgain={again} />
      <SoFar
        config={config}
        template={options.templates.find(({ id }) => id === config.quickstart)}
        sample={sample}
      />
    </div>
  )
}
