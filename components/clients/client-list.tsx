'use client'

import { Download } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { formatCount, formatPlural } from '../../lib/format/numbers.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import type { ClientsView } from '../../lib/queries/clients.ts'
import { saveTextFile } from '../api-keys/save-text-file.ts'
import { LiveMark } from '../live/live-mark.tsx'
import { useFollowed } from '../live/use-followed.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { MapDrawing } from '../ui/map-drawing.tsx'
import { Note } from '../ui/note.tsx'
import { SearchField } from '../ui/search-field.tsx'
import {
  type ClientKind,
  clientsCsv,
  findClients,
  type ListedClient,
  listedClients,
  quietClients,
} from './client-rows.ts'
import { ClientTable } from './client-table.tsx'
import { ClientsHeader } from './clients-header.tsx'

/** Producers or consumers of a cluster, asked anew every 5 s. */
export function ClientList({
  at,
  kind,
  initial,
}: {
  readonly at: ClusterAt
  readonly kind: ClientKind
  readonly initial: ClientsView
}) {
  const address = useSearchParams()
  const [search, setSearch] = useState(() => address.get('q') ?? '')
  const [view, setView] = useState(initial)
  const status = useFollowed({
    streamUrl: null,
    pollUrl: paths.clientsPoll(at),
    onUpdate: (text) => setView(JSON.parse(text)),
    goneMessage: 'This cluster no longer exists.',
  })
  const all = listedClients(view, kind)
  const shown = findClients(all, search)

  function find(q: string) {
    setSearch(q)
    history.replaceState(null, '', paths[kind](at, { q }))
  }

  return (
    <>
      <ClientsHeader at={at} current={kind}>
        <LiveMark status={status} takenMs={view.takenMs} />
      </ClientsHeader>
      {status?.kind === 'reconnecting' ? (
        <Note kind="caution">{status.message} Trying again.</Note>
      ) : null}
      {all.length === 0 ? (
        <Nobody at={at} kind={kind} />
      ) : (
        <>
          <Toolbar kind={kind} search={search} onSearch={find} all={all} shown={shown} />
          {shown.length === 0 ? (
            <NothingFound search={search} count={all.length} onClear={() => find('')} />
          ) : (
            <ClientTable at={at} kind={kind} clients={shown} />
          )}
        </>
      )}
      <Quiet view={view} />
    </>
  )
}

function Toolbar({
  kind,
  search,
  onSearch,
  all,
  shown,
}: {
  readonly kind: ClientKind
  readonly search: string
  readonly onSearch: (search: string) => void
  readonly all: readonly ListedClient[]
  readonly shown: readonly ListedClient[]
}) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
      <SearchField label={`Search ${kind}`} hasShortcut value={search} onChange={onSearch} />
      <span className="flex items-center gap-4">
        <span role="status" className="text-label text-ink-2">
          {shown.length === all.length ? '' : `${formatCount(shown.length)} of `}
          {formatPlural(all.length, kind.slice(0, -1))}
        </span>
        <Button
          size="small"
          icon={<Download aria-hidden="true" />}
          aria-disabled={shown.length === 0}
          onClick={() => {
            if (shown.length > 0) saveTextFile(`${kind}.csv`, clientsCsv(shown, kind))
          }}
        >
          CSV
        </Button>
      </span>
    </div>
  )
}

const words = {
  producers: {
    none: 'No producers in the last 10 minutes',
    explained:
      'A producer is a program that writes records to topics. Start one, and it shows up here by its client ID, with what it writes and where.',
  },
  consumers: {
    none: 'No consumers in the last 10 minutes',
    explained:
      'A consumer is a program that reads records from topics, alone or sharing the partitions with others of its group. Start one, and it shows up here by its client ID.',
  },
} as const satisfies Record<ClientKind, object>

function Nobody({ at, kind }: { readonly at: ClusterAt; readonly kind: ClientKind }) {
  return (
    <EmptyState
      title={words[kind].none}
      actions={
        <ButtonLink href={paths.buildClient(at)} tone="primary">
          Build a client
        </ButtonLink>
      }
      drawing={<MapDrawing kind="dry" className="w-full" />}
    >
      {words[kind].explained}
    </EmptyState>
  )
}

function NothingFound({
  search,
  count,
  onClear,
}: {
  readonly search: string
  readonly count: number
  readonly onClear: () => void
}) {
  return (
    <div className="flex flex-col items-start gap-3 py-2">
      <div>
        <h2 className="text-section">No client matches “{search}”</h2>
        <p className="text-ink-2">
          Searched client IDs, libraries, topics and groups of {formatPlural(count, 'client')}.
        </p>
      </div>
      <Button onClick={onClear}>Clear search</Button>
    </div>
  )
}

/** Who is connected without a place in either list, such as a program that makes topics. */
function Quiet({ view }: { readonly view: ClientsView }) {
  const quiet = quietClients(view)
  if (quiet.length === 0) return null
  const names = quiet.slice(0, 5).map(({ clientId }) => clientId || 'no client ID')
  return (
    <p className="text-label text-ink-2">
      Also connected, without having written or read in the last 10 minutes: {names.join(', ')}
      {quiet.length > names.length ? ` and ${quiet.length - names.length} more` : ''}.
    </p>
  )
}
