'use client'

import { Eye } from 'lucide-react'
import { memo } from 'react'
import type { MessageRow, Payload } from '../../lib/format/messages.ts'
import { placeOf } from '../../lib/format/messages.ts'
import { formatCount } from '../../lib/format/numbers.ts'
import { PartitionOf } from '../topics/partition-bars.tsx'
import { IconButton } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { JsonInline } from '../ui/json-code.tsx'
import { HeadCell } from '../ui/table.tsx'
import { ClockText } from '../ui/time.tsx'
import type { FeedState } from './message-feed.ts'

/** One line per message, newest first; a line opens its message. */
export function MessageTable({
  feed,
  partitionCount,
  open,
  onOpen,
}: {
  readonly feed: FeedState
  readonly partitionCount: number
  /** The place of the open message. */
  readonly open: string | null
  readonly onOpen: (row: MessageRow) => void
}) {
  return (
    <div className="overflow-x-auto">
      <table
        aria-label="Messages"
        className="w-full min-w-[640px] table-fixed border-collapse text-left"
      >
        <MessageTableHead />
        <tbody className="font-mono text-label">
          {feed.rows.map((row) => (
            <MessageLine
              key={placeOf(row)}
              row={row}
              partitionCount={partitionCount}
              isOpen={placeOf(row) === open}
              isNew={feed.arrived.has(placeOf(row))}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function MessageTableHead() {
  return (
    <thead className="font-sans">
      <tr className="h-8 border-b border-line-2">
        <HeadCell className="w-[116px] pl-2" aria-sort="descending">
          Timestamp
        </HeadCell>
        <HeadCell className="w-[80px] text-right">Offset</HeadCell>
        <HeadCell className="w-[86px]">Partition</HeadCell>
        <HeadCell className="w-[112px]">Key</HeadCell>
        <HeadCell>Value</HeadCell>
        <HeadCell className="w-[104px]">Headers</HeadCell>
        <HeadCell className="w-9">
          <span className="sr-only">Actions</span>
        </HeadCell>
      </tr>
    </thead>
  )
}

interface LineProps {
  readonly row: MessageRow
  readonly partitionCount: number
  readonly isOpen: boolean
  readonly isNew: boolean
  readonly onOpen: (row: MessageRow) => void
}

/** Rows never change once they are there: only opening one draws it again. */
const MessageLine = memo(function MessageLine(props: LineProps) {
  const { row, partitionCount, isOpen, isNew, onOpen } = props
  return (
    <tr
      aria-selected={isOpen}
      onClick={() => onOpen(row)}
      className={classNames(
        'h-[31px] cursor-pointer border-b border-line',
        isOpen ? 'bg-river-tint shadow-[inset_2px_0_0_var(--river)]' : 'hover:bg-hover',
        isNew && !isOpen && 'arrived',
      )}
    >
      <td className="pr-5 pl-2 whitespace-nowrap">
        <ClockText timestampMs={row.timestampMs} />
      </td>
      <td className="pr-5 text-right">{formatCount(row.offset)}</td>
      <td className="pr-5">
        <PartitionOf partition={row.partition} count={partitionCount} />
      </td>
      <td className="truncate pr-5">
        <PayloadLine payload={row.key} />
      </td>
      <td className="overflow-hidden pr-5">
        <div className="fade-right overflow-hidden whitespace-nowrap">
          <PayloadLine payload={row.value} />
        </div>
      </td>
      <td className="truncate pr-5">{headersText(row)}</td>
      <td className="text-right">
        <IconButton
          label={`Show message at partition ${row.partition}, offset ${row.offset}`}
          aria-expanded={isOpen}
          onClick={(event) => {
            event.stopPropagation()
            onOpen(row)
          }}
          className={isOpen ? 'text-river' : undefined}
        >
          <Eye />
        </IconButton>
      </td>
    </tr>
  )
})

/** As much of a value as a line can hold. */
const lineCharactersMax = 300

function PayloadLine({ payload }: { readonly payload: Payload | null }) {
  if (payload === null) return <span className="text-ink-3">null</span>
  if (payload.sizeBytes === 0) return <span className="text-ink-3">empty</span>
  if (payload.form === 'hex') {
    return <span className="text-ink-2">0x{payload.text.slice(0, lineCharactersMax)}</span>
  }
  const isShort = payload.isWhole && payload.text.length <= lineCharactersMax * 4
  return isShort ? <JsonInline text={payload.text} /> : payload.text.slice(0, lineCharactersMax)
}

function headersText({ headers }: MessageRow): string {
  if (headers.length === 0) return '–'
  return headers.map(({ name, value }) => `${name}: ${value?.text ?? 'null'}`).join(', ')
}
