'use client'

import type { ReactNode } from 'react'
import { isFollowed, type MessageView } from '../../lib/format/message-view.ts'
import { type OffsetRange, totalOf } from '../../lib/format/messages.ts'
import { formatCount, formatPlural } from '../../lib/format/numbers.ts'
import { formatRetention } from '../../lib/format/times.ts'
import type { TopicAt } from '../../lib/paths.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { MapDrawing } from '../ui/map-drawing.tsx'
import { FirstMessageTiles } from './first-message-tiles.tsx'
import { MessageTableHead } from './message-table.tsx'
import { longTime, useTimeForm } from './time-form.ts'

interface NoRowsProps {
  readonly at: TopicAt
  readonly offsets: readonly OffsetRange[]
  readonly view: MessageView
  readonly retentionMs: number | null
  readonly onProduce: () => void
  readonly onLatest: () => void
}

/** Why no message is shown, each reason in its own words, and the next step. */
export function NoRows({ at, offsets, view, retentionMs, onProduce, onLatest }: NoRowsProps) {
  const form = useTimeForm()
  const written = offsets.reduce((sum, { end }) => sum + end, 0)
  const some = view.partitions === null ? 'This topic' : 'What you chose of this topic'
  const produce = (
    <Button tone="primary" onClick={onProduce}>
      Produce new message
    </Button>
  )
  const latest = <Button onClick={onLatest}>Show the latest</Button>
  if (written === 0) {
    return (
      <Empty
        title={`${some} is empty`}
        actions={
          <>
            <FirstMessageTiles at={at} onProduce={onProduce} />
            <Ends offsets={offsets} isFollowed={isFollowed(view)} />
          </>
        }
        hasDrawing
        isWide
      >
        Produce your first message, add a connector, or build an application with a client.
      </Empty>
    )
  }
  if (totalOf(offsets) === 0) {
    return (
      <Empty title="All messages have expired" actions={produce} hasDrawing>
        {formatPlural(written, 'message')} {written === 1 ? 'was' : 'were'} written here, and none
        is left: {retentionText(retentionMs)} What is written next appears here.
        <Ends offsets={offsets} isFollowed={isFollowed(view)} />
      </Empty>
    )
  }
  if (view.jump.kind === 'now') {
    return (
      <Empty
        title="Nothing new yet"
        actions={
          <>
            {produce}
            {latest}
          </>
        }
      >
        Nothing has been written since you opened this view. {formatCount(totalOf(offsets))} older
        messages are in the topic.
        <Ends offsets={offsets} isFollowed />
      </Empty>
    )
  }
  const place =
    view.jump.kind === 'offset'
      ? `offset ${formatCount(view.jump.offset)}`
      : view.jump.kind === 'time'
        ? longTime(view.jump.timestampMs, form)
        : 'this place'
  return (
    <Empty title={`Nothing from ${place} on`} actions={latest}>
      Every message of {view.partitions === null ? 'the topic' : 'these partitions'} is older.
      <Ends offsets={offsets} isFollowed={false} />
    </Empty>
  )
}

/** Rows are there, but none passes the filter. */
export function NoneMatches({
  filter,
  count,
  onClear,
  onSearch,
}: {
  readonly filter: string
  readonly count: number
  readonly onClear: () => void
  readonly onSearch: () => void
}) {
  return (
    <Empty
      title="No row matches the filter"
      actions={
        <>
          <Button onClick={onClear}>Clear filter</Button>
          <Button onClick={onSearch}>Search the whole topic</Button>
        </>
      }
    >
      “{filter}” occurs in none of the {formatPlural(count, 'message')} that{' '}
      {count === 1 ? 'is' : 'are'} here. Of large values, the filter sees the beginning.
    </Empty>
  )
}

/** A search that has found nothing, or has not begun. */
export function NothingFound({
  search,
  scanned,
}: {
  readonly search: string
  readonly scanned: number
}) {
  return search === '' ? (
    <Empty title="Search the whole topic">
      Type what to look for and press Enter. Every record is read, from the beginning of the topic
      to its end of that moment, by a process of its own: you can go on working, stop it, and
      continue later from where it stopped.
    </Empty>
  ) : (
    <Empty title="Nothing found">
      “{search}” matches none of {formatPlural(scanned, 'record')} scanned.
    </Empty>
  )
}

function Empty({
  hasDrawing = false,
  ...state
}: {
  readonly title: string
  readonly actions?: ReactNode
  readonly hasDrawing?: boolean
  readonly isWide?: boolean
  readonly children: ReactNode
}) {
  return (
    <div>
      <div aria-hidden="true" className="overflow-hidden">
        <table className="w-full border-collapse text-left">
          <MessageTableHead />
        </table>
      </div>
      <EmptyState
        {...state}
        {...(hasDrawing && { drawing: <MapDrawing kind="dry" className="w-full" /> })}
      />
    </div>
  )
}

function Ends({
  offsets,
  isFollowed: isListening,
}: {
  readonly offsets: readonly OffsetRange[]
  readonly isFollowed: boolean
}) {
  const [first] = offsets
  if (first === undefined) return null
  const isEqual = offsets.every(({ end }) => end === first.end)
  const named =
    offsets.length === 1
      ? `Partition ${first.partition} ends`
      : isEqual
        ? `${offsets.length === 2 ? 'Both' : `All ${offsets.length}`} partitions end`
        : null
  return (
    <span className="mt-3 flex items-center gap-2.5 text-label text-ink-2">
      {isListening ? (
        <span
          aria-hidden="true"
          className="size-2 rounded-full bg-moss shadow-[0_0_0_3px_var(--moss-tint)]"
        />
      ) : null}
      {isListening ? 'Listening: what is written appears here without a reload. ' : ''}
      {named === null ? '' : `${named} at offset ${formatCount(first.end)}.`}
    </span>
  )
}

function retentionText(retentionMs: number | null): string {
  if (retentionMs === null || retentionMs < 0) return 'they were deleted.'
  return `this topic keeps messages for ${formatRetention(retentionMs)}, unless they are deleted before.`
}
