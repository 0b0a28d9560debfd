'use client'

import { useState } from 'react'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import type { ClientsView } from '../../lib/queries/clients.ts'
import { useFollowed } from '../live/use-followed.ts'
import { StateBadge } from '../states/state-badge.tsx'

/** Says when a program signs in with the key: that the settings are right needs no better proof. */
export function FirstConnection({
  at,
  apiKey,
}: {
  readonly at: ClusterAt
  readonly apiKey: string
}) {
  const [view, setView] = useState<ClientsView | null>(null)
  useFollowed({
    streamUrl: null,
    pollUrl: paths.clientsPoll(at),
    onUpdate: (text) => setView(JSON.parse(text)),
    goneMessage: 'This cluster no longer exists.',
  })
  const own = view?.connections.filter(({ key }) => key === apiKey) ?? []
  const names = [...new Set(own.map(nameOf))]
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-sunken px-4 py-3"
    >
      {names.length === 0 ? (
        <>
          <StateBadge state="WAITING" />
          <span className="text-ink-2">
            for a connection with this key. It shows up here, with client ID and library.
          </span>
        </>
      ) : (
        <>
          <StateBadge state="UP" />
          <span className="min-w-0 break-words">{names.join(' · ')}</span>
          <span className="text-ink-2">signed in with this key</span>
        </>
      )}
    </div>
  )
}

function nameOf({ clientId, software }: ClientsView['connections'][number]): string {
  const name = clientId === '' ? 'a client without an ID' : clientId
  return software === null ? name : `${name} (${software})`
}
