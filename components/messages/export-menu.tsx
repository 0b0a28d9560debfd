'use client'

import { Download } from 'lucide-react'
import { formatPlaces, type MessageRow } from '../../lib/format/messages.ts'
import { formatPlural } from '../../lib/format/numbers.ts'
import { type MessagesExportQuery, paths, type TopicAt } from '../../lib/paths.ts'
import { Button } from '../ui/button.tsx'
import { Menu, MenuItem, MenuLabel, MenuRule } from '../ui/menu.tsx'

/** The address names each row's place, and addresses are bounded; beyond it, all that matches. */
const namedMax = 1000

/** Downloads what is shown, or all that matches, whole: lists hold only beginnings. */
export function ExportMenu({
  at,
  rows,
  search,
  partitions,
}: {
  readonly at: TopicAt
  readonly rows: readonly MessageRow[]
  /** What the topic is searched for; empty for everything in it. */
  readonly search: string
  readonly partitions: string | undefined
}) {
  const all = { q: search, partitions }
  const canName = rows.length > 0 && rows.length <= namedMax
  return (
    <Menu
      trigger={
        <Button icon={<Download aria-hidden="true" />} aria-label="Export messages">
          Export
        </Button>
      }
    >
      {canName ? (
        <>
          <MenuLabel>{formatPlural(rows.length, 'message')} shown</MenuLabel>
          <Formats
            what="shown"
            onChoose={(format) => download(at, { format, places: formatPlaces(rows) })}
          />
          <MenuRule />
        </>
      ) : null}
      <MenuLabel>{search === '' ? 'The whole topic' : 'All that match the search'}</MenuLabel>
      <Formats what="all" onChoose={(format) => download(at, { format, ...all })} />
    </Menu>
  )
}

function Formats({
  what,
  onChoose,
}: {
  readonly what: 'shown' | 'all'
  readonly onChoose: (format: MessagesExportQuery['format']) => void
}) {
  const words = what === 'shown' ? 'shown' : 'all'
  return (
    <>
      <MenuItem onSelect={() => onChoose('ndjson')}>NDJSON, {words}</MenuItem>
      <MenuItem onSelect={() => onChoose('csv')}>CSV, {words}</MenuItem>
    </>
  )
}

/** The browser's own download: it streams to disk, shows progress and can be cancelled. */
function download(at: TopicAt, query: MessagesExportQuery) {
  const link = document.createElement('a')
  link.href = paths.messagesExport(at, query)
  link.download = ''
  link.click()
}
