'use client'

import { ChartLine, EllipsisVertical, Pause, Play, RotateCcw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import {
  pauseConnector,
  restartConnector,
  resumeConnector,
} from '../../lib/actions/connector-changes.ts'
import { writeResourceList } from '../../lib/format/resource-list.ts'
import { type ConnectorAt, paths } from '../../lib/paths.ts'
import type { ConnectorView } from '../../lib/queries/connectors.ts'
import { Button, ButtonLink, IconButton } from '../ui/button.tsx'
import { Menu, MenuItem, MenuRule } from '../ui/menu.tsx'
import { DeleteConnector } from './delete-connector.tsx'
import { useChange } from './use-change.ts'

/** What can be done to a connector, from any of its pages. */
export function ConnectorActions({
  at,
  connector,
  onChanged,
}: {
  readonly at: ConnectorAt
  readonly connector: ConnectorView
  /** Shows the new state at once. */
  readonly onChanged: () => Promise<void>
}) {
  const [isDeleting, setDeleting] = useState(false)
  const pausing = useChange(pauseConnector, onChanged)
  const resuming = useChange(resumeConnector, onChanged)
  const restarting = useChange(restartConnector, onChanged)
  const isPaused = connector.state === 'PAUSED'
  return (
    <>
      <ButtonLink href={metricsOf(at, connector)} icon={<ChartLine aria-hidden="true" />}>
        Explore metrics
      </ButtonLink>
      {isPaused ? (
        <Button
          icon={<Play aria-hidden="true" />}
          isBusy={resuming.isBusy}
          onClick={() => void resuming.submit(at)}
        >
          Resume
        </Button>
      ) : (
        <Button
          icon={<Pause aria-hidden="true" />}
          isBusy={pausing.isBusy}
          onClick={() => void pausing.submit(at)}
        >
          Pause
        </Button>
      )}
      <Menu
        trigger={
          <IconButton label="More actions" size="medium" className="border border-line-2">
            <EllipsisVertical />
          </IconButton>
        }
      >
        <MenuItem icon={<RotateCcw />} onSelect={() => void restarting.submit(at)}>
          Restart
        </MenuItem>
        <MenuRule />
        <MenuItem icon={<Trash2 />} isDanger onSelect={() => setDeleting(true)}>
          Delete connector…
        </MenuItem>
      </Menu>
      {isDeleting ? <DeleteConnector at={at} onClose={() => setDeleting(false)} /> : null}
    </>
  )
}

/** What it has written, in the page that explores metrics. */
function metricsOf({ clusterId }: ConnectorAt, { id }: ConnectorView): string {
  return paths.metrics({
    cluster: clusterId,
    metric: 'io.confluent.kafka.connect/sent_records',
    by: 'connector',
    resources: writeResourceList([`connector:${id}`]),
    minutes: 60,
  })
}
