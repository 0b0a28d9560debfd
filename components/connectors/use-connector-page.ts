'use client'

import { type ConnectorAt, paths } from '../../lib/paths.ts'
import type { ConnectorPage, ConnectorShow } from '../../lib/queries/connector-page.ts'
import { type Polled, useConnectorPoll } from './use-connector-poll.ts'

/** What a page of a connector shows, as of now. Call it once per page and hand it down. */
export function useConnectorPage(
  at: ConnectorAt,
  show: ConnectorShow,
  initial: ConnectorPage,
  minutes?: number,
): Polled<ConnectorPage> {
  return useConnectorPoll(paths.connectorPoll(at, { show, minutes }), initial)
}
