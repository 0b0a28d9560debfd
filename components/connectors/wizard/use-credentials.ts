'use client'

import { type Dispatch, type SetStateAction, useState } from 'react'
import { createApiKey } from '../../../lib/actions/api-keys.ts'
import { type ConnectorConfig, withKey } from '../../../lib/format/connector-config.ts'
import { keyFileName, keyFileText, type NewApiKey } from '../../../lib/format/key-file.ts'
import type { ClusterAt } from '../../../lib/paths.ts'
import { saveTextFile } from '../../api-keys/save-text-file.ts'
import { useSubmit } from '../../forms/submit.tsx'
import type { CredentialsMode } from './credentials-step.tsx'

/** A key that was made on the way, and what it was described as then. */
export interface MadeKey extends NewApiKey {
  readonly description: string
}

/** The key that the connector will sign in with: one that is made here, or one that is typed in. */
export function useCredentials(
  at: ClusterAt,
  config: ConnectorConfig,
  setConfig: Dispatch<SetStateAction<ConnectorConfig>>,
) {
  const [mode, setMode] = useState<CredentialsMode>('global')
  const [made, setMade] = useState<MadeKey>()
  const description = `connector ${config.name ?? ''}`
  const making = useSubmit(createApiKey, (key) => {
    saveTextFile(keyFileName(key.key), keyFileText(at.clusterId, key))
    setMade({ ...key, description })
    setConfig((before) => withCredentials(before, key))
  })
  return {
    mode,
    made: mode === 'global' ? made : undefined,
    isMaking: making.isBusy,
    error: making.error,
    make: () => void making.submit({ envId: at.envId, clusterId: at.clusterId, description }),
    choose(next: CredentialsMode) {
      if (next === mode) return
      setMode(next)
      setConfig((before) => withCredentials(before, next === 'global' ? made : undefined))
    },
  }
}

function withCredentials(
  config: ConnectorConfig,
  credentials: { readonly key: string; readonly secret: string } | undefined,
): ConnectorConfig {
  const withOne = withKey(config, 'kafka.api.key', credentials?.key ?? '')
  return withKey(withOne, 'kafka.api.secret', credentials?.secret ?? '')
}
