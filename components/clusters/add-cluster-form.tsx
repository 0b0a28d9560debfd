'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { createCluster } from '../../lib/actions/clusters.ts'
import { formatCount } from '../../lib/format/numbers.ts'
import { paths } from '../../lib/paths.ts'
import type { ProviderChoice } from '../../lib/queries/clusters.ts'
import { FormError, useSubmit } from '../forms/submit.tsx'
import { Wizard } from '../shell/wizard.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Card, CardHeader, KeyValue, KeyValues } from '../ui/card.tsx'
import { ChoiceTiles } from '../ui/choice-tiles.tsx'
import { TextField } from '../ui/field.tsx'
import { Note } from '../ui/note.tsx'
import { SelectField } from '../ui/select.tsx'

/** The region that a provider's list opens with; London is the one of the course. */
const firstRegions: Record<string, string> = {
  aws: 'us-east-2',
  gcp: 'europe-west2',
  azure: 'uksouth',
}

export function AddClusterForm({
  envId,
  providers,
  basicLimits,
  nameToStartWith,
  bootstrap,
}: {
  readonly envId: string
  readonly providers: readonly ProviderChoice[]
  readonly basicLimits: readonly { readonly label: string; readonly value: number }[]
  readonly nameToStartWith: string
  readonly bootstrap: string
}) {
  const router = useRouter()
  const [name, setName] = useState(nameToStartWith)
  const [providerId, setProviderId] = useState('gcp')
  const [region, setRegion] = useState(firstRegions.gcp ?? '')
  const provider = providers.find(({ id }) => id === providerId)
  const { submit, isBusy, error } = useSubmit(createCluster, ({ clusterId }) => {
    router.push(paths.cluster({ envId, clusterId }))
  })

  function chooseProvider(id: string) {
    setProviderId(id)
    setRegion(firstRegions[id] ?? '')
  }

  function launch(event: FormEvent) {
    event.preventDefault()
    void submit({ envId, name, type: 'BASIC', provider: providerId, region })
  }

  return (
    <Wizard
      title="Create cluster"
      onSubmit={launch}
      back={
        <ButtonLink href={paths.environment({ envId })} tone="ghost" size="large">
          Go back
        </ButtonLink>
      }
      next={
        <Button type="submit" tone="primary" size="large" isBusy={isBusy}>
          Launch cluster
        </Button>
      }
      aside={<Summary name={name} provider={provider} region={region} bootstrap={bootstrap} />}
    >
      <FormError error={error} />
      <ChoiceTiles
        label="Cluster type"
        columns={2}
        choices={[
          {
            value: 'BASIC',
            title: 'Basic',
            detail: 'For learning and exploring Kafka.',
            note: basicLimits
              .map(({ label, value }) => `${label} ${formatCount(value)}`)
              .join(' · '),
          },
        ]}
        value="BASIC"
        onChange={() => {}}
      />
      <ChoiceTiles
        label="Provider"
        choices={providers.map(({ id, name: title, regions }) => ({
          value: id,
          title,
          note: `${regions.length} regions`,
        }))}
        value={providerId}
        onChange={chooseProvider}
      />
      <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
        <SelectField
          label="Region"
          required
          isLarge
          options={(provider?.regions ?? []).map((place) => ({
            value: place.id,
            label: `${place.name} (${place.id})`,
          }))}
          value={region}
          onChange={setRegion}
          error={error?.fields?.region}
        />
        <TextField
          label="Cluster name"
          required
          isLarge
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={error?.fields?.name}
          hint="Shown in the console only."
        />
      </div>
      <Note>
        Provider and region are <b>names only</b>. The cluster runs on this machine at{' '}
        <code className="text-label">{bootstrap}</code>; nothing leaves it.
      </Note>
    </Wizard>
  )
}

function Summary({
  name,
  provider,
  region,
  bootstrap,
}: {
  readonly name: string
  readonly provider: ProviderChoice | undefined
  readonly region: string
  readonly bootstrap: string
}) {
  const place = provider?.regions.find(({ id }) => id === region)
  return (
    <Card label="Configuration">
      <CardHeader title="Configuration" />
      <KeyValues>
        <KeyValue term="Cluster name">{name === '' ? '–' : name}</KeyValue>
        <KeyValue term="Cluster type">Basic</KeyValue>
        <KeyValue term="Provider*">{provider?.name ?? '–'}</KeyValue>
        <KeyValue term="Region*">
          {place === undefined ? '–' : `${place.name} (${place.id})`}
        </KeyValue>
        <KeyValue term="Bootstrap server">
          <code className="text-label">{bootstrap}</code>
        </KeyValue>
      </KeyValues>
      <p className="border-t border-line px-4 py-2.5 text-label text-ink-3">
        Settings marked with an asterisk (*) cannot be changed once you launch your cluster.
      </p>
    </Card>
  )
}
