import 'server-only'
import { cache } from 'react'
import type { OpenListenerView } from '../../broker/rules/control.ts'
import { brokerControl } from '../broker-control.ts'
import type { OwnCluster } from './ownership.ts'

export type { OpenListenerView } from '../../broker/rules/control.ts'

/** Whether and how the cluster is reached without a key; null while the broker cannot be asked. */
export const readOpenListener = cache(
  async (cluster: OwnCluster): Promise<OpenListenerView | null> => {
    const answer = await brokerControl().openListener(cluster.id)
    return answer.ok ? answer.value : null
  },
)
