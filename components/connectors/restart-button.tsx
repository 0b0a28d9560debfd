'use client'

import { RotateCcw } from 'lucide-react'
import { restartConnector } from '../../lib/actions/connector-changes.ts'
import type { ConnectorAt } from '../../lib/paths.ts'
import { Button } from '../ui/button.tsx'
import { useChange } from './use-change.ts'

/** Starts all tasks again: the way on once what was wrong has been put right. */
export function RestartButton({
  at,
  onChanged,
}: {
  readonly at: ConnectorAt
  readonly onChanged: () => Promise<void>
}) {
  const { submit, isBusy } = useChange(restartConnector, onChanged)
  return (
    <Button
      size="small"
      icon={<RotateCcw aria-hidden="true" />}
      isBusy={isBusy}
      onClick={() => void submit(at)}
    >
      Restart
    </Button>
  )
}
