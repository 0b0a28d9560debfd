'use client'

import { paths } from '../../lib/paths.ts'
import type { Brokers } from '../../lib/queries/brokers.ts'
import { useRepeated } from '../live/use-repeated.ts'
import { StateBadge } from '../states/state-badge.tsx'
import { Card, CardHeader, KeyValue, KeyValues } from '../ui/card.tsx'
import { CopyText } from '../ui/copy-button.tsx'

/** Where all clusters of this installation run, whatever their region says. */
export function ThisMachine({
  bootstrap,
  kafkaPorts,
  securityProtocols,
}: {
  readonly bootstrap: string
  readonly kafkaPorts: readonly number[]
  readonly securityProtocols: readonly string[]
}) {
  const brokers = useRepeated<Brokers>(paths.brokers())
  return (
    <Card label="This machine">
      <CardHeader title="This machine">
        {brokers === null ? null : (
          <StateBadge state={brokers.up < brokers.all ? 'DEGRADED' : 'UP'} />
        )}
      </CardHeader>
      <KeyValues>
        <KeyValue term="Bootstrap server">
          <CopyText text={bootstrap} label="Copy address of the brokers" />
        </KeyValue>
        <KeyValue term="Brokers">
          {kafkaPorts.map((_, index) => index + 1).join(', ')} on {portsText(kafkaPorts)}
        </KeyValue>
        <KeyValue term="Security">
          <code className="text-label">{securityProtocols.join(', ')}</code>
        </KeyValue>
      </KeyValues>
      <p className="border-t border-line px-4 py-2.5 text-label text-ink-3">
        All clusters share these brokers. The API key that a program signs in with decides which
        cluster it sees.
      </p>
    </Card>
  )
}

/** `9092–9094` where they follow one another. */
function portsText(ports: readonly number[]): string {
  const [first = 0] = ports
  const isRow = ports.length > 1 && ports.every((port, index) => port === first + index)
  return isRow ? `${first}–${ports.at(-1)}` : ports.join(', ')
}
