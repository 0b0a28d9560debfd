'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { createApiKey, describeApiKey } from '../../lib/actions/api-keys.ts'
import { keyFileName, keyFileText, type NewApiKey } from '../../lib/format/key-file.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import { useSubmit } from '../forms/submit.tsx'
import { AccessStep } from './access-step.tsx'
import { saveTextFile } from './save-text-file.ts'
import { SecretStep } from './secret-step.tsx'

export interface KeyPlace {
  readonly at: ClusterAt
  readonly clusterName: string
  readonly owner: string
  readonly bootstrap: string
}

/** Two steps: what the key may do, then the key with its secret, which exists only in this page. */
export function CreateApiKey(place: KeyPlace) {
  const router = useRouter()
  const [apiKey, setApiKey] = useState<NewApiKey>()
  const making = useSubmit(createApiKey, setApiKey)
  const describing = useSubmit(describeApiKey, () => router.push(paths.apiKeys(place.at)))

  function make(event: FormEvent) {
    event.preventDefault()
    void making.submit({ envId: place.at.envId, clusterId: place.at.clusterId })
  }

  if (apiKey === undefined) {
    return <AccessStep place={place} onSubmit={make} isBusy={making.isBusy} error={making.error} />
  }

  function download(description: string) {
    if (apiKey === undefined) return
    saveTextFile(keyFileName(apiKey.key), keyFileText(place.at.clusterId, apiKey))
    void describing.submit({ ...place.at, key: apiKey.key, description })
  }

  return (
    <SecretStep
      place={place}
      apiKey={apiKey}
      onDownload={download}
      isBusy={describing.isBusy}
      error={describing.error}
    />
  )
}
