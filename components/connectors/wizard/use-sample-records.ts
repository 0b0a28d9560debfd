'use client'

import { useEffect, useRef, useState } from 'react'
import { previewConnector } from '../../../lib/actions/connectors.ts'
import type { ConnectorConfig } from '../../../lib/format/connector-config.ts'
import type { ClusterAt } from '../../../lib/paths.ts'

export interface SampleRecords {
  readonly records: readonly { readonly key: string | null; readonly value: string }[]
  /** Why there are none. */
  readonly problem: string | undefined
  readonly isBusy: boolean
}

/** What the records are made by; the rest of the configuration changes none of them. */
const madeBy = [
  'connector.class',
  'output.data.format',
  'quickstart',
  'schema.string',
  'schema.keyfield',
  'json.output.decimal.format',
]

/** While somebody types a schema, it is asked for when they pause. */
const settleMs = 400

/** Three records of this configuration, made anew when it changes or when `again` is called. */
export function useSampleRecords(
  at: ClusterAt,
  config: ConnectorConfig,
): SampleRecords & { readonly again: () => void } {
  const [made, setMade] = useState<SampleRecords>({
    records: [],
    problem: undefined,
    isBusy: true,
  })
  const [turn, setTurn] = useState(0)
  const { envId, clusterId } = at
  const asked = JSON.stringify(
    Object.fromEntries(Object.entries(config).filter(([key]) => madeBy.includes(key))),
  )
  const isFirst = useRef(true)

  useEffect(() => {
    let isOutdated = false
    async function ask() {
      setMade((before) => ({ ...before, isBusy: true }))
      const next = await read({ envId, clusterId }, JSON.parse(asked))
      if (!isOutdated) setMade(next)
    }
    const timer = setTimeout(() => void ask(), isFirst.current ? 0 : settleMs)
    isFirst.current = false
    return () => {
      isOutdated = true
      clearTimeout(timer)
    }
  }, [envId, clusterId, asked, turn])

  return { ...made, again: () => setTurn(turn + 1) }
}

async function read(at: ClusterAt, config: ConnectorConfig): Promise<SampleRecords> {
  try {
    const answer = await previewConnector({ ...at, config })
    if ('ok' in answer) return { records: answer.ok.records, problem: undefined, isBusy: false }
    const [sentence = answer.error.message] = Object.values(answer.error.fields ?? {})
    return { records: [], problem: sentence, isBusy: false }
  } catch {
    return { records: [], problem: 'The console did not answer.', isBusy: false }
  }
}
