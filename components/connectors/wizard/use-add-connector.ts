'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { createConnector, validateConnector } from '../../../lib/actions/connectors.ts'
import type { ConnectorConfig } from '../../../lib/format/connector-config.ts'
import { type ClusterAt, paths } from '../../../lib/paths.ts'
import type {
  AddConnectorOptions,
  AddConnectorStep,
  ConnectorChoices,
} from '../../../lib/queries/add-connector.ts'
import { useSubmit } from '../../forms/submit.tsx'
import { keysUpTo, placeOf, steps } from './steps.ts'
import { useCredentials } from './use-credentials.ts'

export interface AddConnectorProps {
  readonly at: ClusterAt
  readonly plugin: { readonly pluginClass: string; readonly displayName: string }
  /** As the address says. */
  readonly chosen: ConnectorChoices
  readonly options: AddConnectorOptions
}

/**
 * What the wizard knows and does. The address holds the step, the topic and the template; the page the
 * rest, since a secret must not be in an address. After a reload it goes on at the credentials.
 */
export function useAddConnector({ at, plugin, chosen, options }: AddConnectorProps) {
  const router = useRouter()
  const [config, setConfig] = useState(() => configToStartWith(plugin.pluginClass, chosen, options))
  const [view, setView] = useState<'form' | 'json'>('form')
  /** Why one cannot go on yet, and what is wrong with the text while it is JSON. */
  const [missing, setMissing] = useState<string>()
  const [jsonProblem, setJsonProblem] = useState<string>()
  const [hasCredentials, setHasCredentials] = useState(false)
  const credentials = useCredentials(at, config, setConfig)
  const step = stepOf(chosen.step, config, hasCredentials)
  const canBeJson = placeOf(step) >= placeOf('configuration')
  const isJson = view === 'json' && canBeJson
  const hrefOf = (to: AddConnectorStep) =>
    paths.createConnector(at, {
      plugin: plugin.pluginClass,
      step: to,
      topic: config['kafka.topic'],
      template: config.quickstart,
    })
  const checking = useSubmit(validateConnector, () => {
    if (step === 'credentials') setHasCredentials(true)
    const next = steps[placeOf(step) + 1]
    if (next !== undefined) router.push(hrefOf(next.id))
  })
  const launching = useSubmit(createConnector, () => router.push(paths.connectors(at)))

  function choose(next: 'form' | 'json') {
    // Text that could not be read is left behind: the form shows what could be.
    setJsonProblem(undefined)
    setView(next)
  }
  function goOn(event: FormEvent) {
    event.preventDefault()
    // Text that is no configuration: its field says so.
    if (isJson && jsonProblem !== undefined) return
    const found = missingAt(step, config, credentials.mode)
    setMissing(found)
    if (found !== undefined) return
    const input = { envId: at.envId, clusterId: at.clusterId, config }
    if (step !== 'review') return void checking.submit({ ...input, keys: [...keysUpTo(step)] })
    const keyDescription = credentials.made?.description
    void launching.submit({ ...input, name: config.name ?? '', keyDescription })
  }

  return {
    step,
    hrefOf,
    config,
    setConfig,
    credentials,
    view: { shown: view, choose, canBeJson, isJson },
    missing,
    setJsonProblem,
    goOn,
    isBusy: checking.isBusy || launching.isBusy,
    error: step === 'review' ? launching.error : checking.error,
  }
}

function configToStartWith(
  pluginClass: string,
  { topic, template }: ConnectorChoices,
  { nameToStartWith }: AddConnectorOptions,
): ConnectorConfig {
  return {
    'connector.class': pluginClass,
    name: nameToStartWith,
    'kafka.auth.mode': 'KAFKA_API_KEY',
    'output.data.format': 'JSON',
    quickstart: template,
    'max.interval': '1000',
    'tasks.max': '1',
    ...(topic === '' ? {} : { 'kafka.topic': topic }),
  }
}

/** The step of the address, or the last one that there is enough for. */
function stepOf(
  asked: AddConnectorStep,
  config: ConnectorConfig,
  hasCredentials: boolean,
): AddConnectorStep {
  if (hasCredentials || asked === 'topic') return asked
  return config['kafka.topic'] === undefined ? 'topic' : 'credentials'
}

/** What can be told without asking the cluster. */
function missingAt(
  step: AddConnectorStep,
  config: ConnectorConfig,
  mode: 'global' | 'existing',
): string | undefined {
  if (step === 'topic' && config['kafka.topic'] === undefined) return 'Choose a topic.'
  if (step === 'credentials' && mode === 'global' && config['kafka.api.key'] === undefined) {
    return 'Generate an API key for the connector first, or use an existing one.'
  }
  return undefined
}
