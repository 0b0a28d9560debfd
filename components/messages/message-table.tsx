'use client'

import { Eye } from 'lucide-react'
import { memo, useEffect } from 'react'
import type { MessageRow, Payload } from '../../lib/format/messages.ts'
import { placeOf } from '../../lib/format/messages.ts'
import { formatCount } from '../../lib/format/numbers.ts'
import { PartitionOf } from '../topics/partition-bars.tsx'
import { IconButton } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { JsonInline } from '../ui/json-code.tsx'
import { HeadCell, Table } from '../ui/table.tsx'
import { useRowsInSight } from '../ui/use-rows-in-sight.ts'
import { scalarsOf } from './row-text.ts'
import { isoTime, longTime, shortTime, type TimeForm, useTimeForm } from './time-form.ts'

/** Two thirds of a line of the other tables: messages are skimmed. */
const rowPx = 31

export interface MessageTableProps {
  readonly rows: readonly MessageRow[]
  /** In which order the rows stand. */
  readonly sort: 'ascending' | 'descending'
  /** Places of rows that have just arrived. */
  readonly arrived: ReadonlySet<string>
  readonly partitionCount: number
  /** JSON paths of the value that have columns of their own. */
  readonly columns: readonly string[]
  /** The place of the open message. */
  readonly open: string | null
  readonly onOpen: (row: MessageRow) => void
}

const none: ReadonlySet<string> = new Set()

/** One line per message; a line opens its message. Only the lines in sight are drawn. */
export function MessageTable(props: MessageTableProps) {
  const { rows, columns, open } = props
  const form = useTimeForm()
  const { bodyRef, from, to, beforePx, afterPx } = useRowsInSight(rows.length, rowPx)
  const hasHeaders = rows.some(({ headers }) => headers.length > 0)
  const span = 6 + columns.length + (hasHeaders ? 1 : 0)
  useEffect(() => {
    if (open !== null) reveal(bodyRef.current, rows.map(placeOf).indexOf(open))
    // Only when another one is opened: what arrives must not scroll the page.
  }, [open, bodyRef])
  return (
    <Table label="Messages" rowCount={rows.length + 1} isLong>
      <MessageTableHead sort={props.sort} columns={columns} hasHeaders={hasHeaders} />
      <tbody ref={bodyRef} className="font-mono text-label">
        <Gap px={beforePx} span={span} />
        {rows.slice(from, to).map((row, index) => {
          const place = placeOf(row)
          return (
            <MessageLine
              key={place}
              row={row}
              index={from + index + 2}
              partitionCount={props.partitionCount}
              columns={columns}
              hasHeaders={hasHeaders}
              form={form}
              isOpen={place === open}
              isNew={(props.arrived ?? none).has(place)}
              onOpen={props.onOpen}
            />
          )
        })}
        <Gap px={afterPx} span={span} />
      </tbody>
    </Table>
  )
}

/** Stands for the lines that are not drawn. */
function Gap({ px, span }: { readonly px: number; readonly span: number }) {
  if (px <= 0) return null
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: A row without anything in it takes no focus.
    <tr aria-hidden="true">
      <td colSpan={span} style={{ height: px, padding: 0 }} />
    </tr>
  )
}

/** Scrolls until the line is in sight, below the sticky head and above the bottom. */
function reveal(body: HTMLElement | null, index: number) {
  const page = body?.closest('main')
  if (body === null || page === null || page === undefined || index < 0) return
  const begin = body.getBoundingClientRect().top - page.getBoundingClientRect().top
  const top = begin + index * rowPx
  // A sheet at the bottom of narrow screens covers lines.
  const sheet = document.querySelector('aside')?.getBoundingClientRect()
  const isCovered = sheet !== undefined && sheet.width > page.clientWidth / 2
  const height = page.clientHeight - (isCovered ? sheet.height : 0)
  if (top < 2 * rowPx) page.scrollBy({ top: top - 2 * rowPx })
  else if (top + 2 * rowPx > height) page.scrollBy({ top: top + 2 * rowPx - height })
}

export function MessageTableHead({
  sort = 'descending',
  columns = [],
  hasHeaders = false,
}: {
  readonly sort?: 'ascending' | 'descending'
  readonly columns?: readonly string[]
  readonly hasHeaders?: boolean
}) {
  return (
    <thead className="font-sans">
      <tr className="h-8 border-b border-line-2">
        <HeadCell className="w-px pl-2" aria-sort={sort}>
          Timestamp
        </HeadCell>
        <HeadCell className="w-px text-right">Offset</HeadCell>
        <HeadCell className="w-px">Partition</HeadCell>
        <HeadCell className="w-[1%]">Key</HeadCell>
        {columns.map((path) => (
          <HeadCell key={path} className="w-[1%] font-mono" title={path}>
            {path.replace(/^\$\.?/, '')}
          </HeadCell>
        ))}
        <HeadCell className="w-full">Value</HeadCell>
        {hasHeaders ? <HeadCell className="w-[1%]">Headers</HeadCell> : null}
        <HeadCell className="w-9">
          <span className="sr-only">Actions</span>
        </HeadCell>
      </tr>
    </thead>
  )
}

interface LineProps {
  readonly row: MessageRow
  /** Its place in the whole table; the head is 1. */
  readonly index: number
  readonly partitionCount: number
  readonly columns: readonly string[]
  readonly hasHeaders: boolean
  readonly form: TimeForm | null
  readonly isOpen: boolean
  readonly isNew: boolean
  readonly onOpen: (row: MessageRow) => void
}

function MessageLine({ index, isOpen, isNew, ...cells }: LineProps) {
  return (
    <tr
      aria-rowindex={index}
      aria-selected={isOpen}
      onClick={() => cells.onOpen(cells.row)}
      className={classNames(
        'h-[31px] cursor-pointer border-b border-line',
        isOpen ? 'bg-river-tint shadow-[inset_2px_0_0_var(--river)]' : 'hover:bg-hover',
        isNew && !isOpen && 'arrived',
      )}
    >
      <Cells {...cells} isOpen={isOpen} />
    </tr>
  )
}

/** Rows never change once they are there; lines above push them down and draw nothing again. */
const Cells = memo(function Cells(props: Omit<LineProps, 'index' | 'isNew'>) {
  const { row, partitionCount, columns, isOpen, form, onOpen } = props
  return (
    <>
      <td className="pr-5 pl-2 whitespace-nowrap">
        <time dateTime={isoTime(row.timestampMs)} title={longTime(row.timestampMs, form)}>
          {shortTime(row.timestampMs, form)}
        </time>
      </td>
      <td className="pr-5 text-right">{formatCount(row.offset)}</td>
      <td className="pr-5 whitespace-nowrap">
        <PartitionOf partition={row.partition} count={partitionCount} />
      </td>
      <td className="max-w-[112px] min-w-[112px] truncate pr-5">
        {row.problem === undefined ? <PayloadLine payload={row.key} /> : '–'}
      </td>
      {columns.map((path) => (
        <td key={path} className="max-w-[140px] min-w-[140px] truncate pr-5">
          {scalarsOf(row).get(path) ?? <span className="text-ink-3">–</span>}
        </td>
      ))}
      <td className="w-full max-w-0 overflow-hidden pr-5">
        <div className="fade-right overflow-hidden whitespace-nowrap">
          {row.problem === undefined ? (
            <PayloadLine payload={row.value} />
          ) : (
            <span className="text-red">Cannot be read: {row.problem}</span>
          )}
        </div>
      </td>
      {props.hasHeaders ? (
        <td className="max-w-[128px] min-w-[128px] truncate pr-5">{headersText(row)}</td>
      ) : null}
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
    </>
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

function headersText({ headers, headerCount }: MessageRow): string {
  if (headers.length === 0) return '–'
  const shown = headers.map(({ name, value }) => `${name}: ${value?.text ?? 'null'}`).join(', ')
  return headerCount === undefined ? shown : `${headerCount} headers: ${shown}`
}
