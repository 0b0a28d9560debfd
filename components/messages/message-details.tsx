'use client'

import { ChevronDown, ChevronUp, Repeat2 } from 'lucide-react'
import { Tabs } from 'radix-ui'
import type { ReactNode } from 'react'
import type { MessageRow, Payload } from '../../lib/format/messages.ts'
import { placeOf } from '../../lib/format/messages.ts'
import { formatBytes, formatCount } from '../../lib/format/numbers.ts'
import { paths, type TopicAt } from '../../lib/paths.ts'
import { PartitionOf } from '../topics/partition-bars.tsx'
import { Button, IconButton } from '../ui/button.tsx'
import { CopyLinkButton } from '../ui/copy-button.tsx'
import { Note } from '../ui/note.tsx'
import { SidePanel } from '../ui/side-panel.tsx'
import { HeaderList } from './header-list.tsx'
import { PayloadView } from './payload-view.tsx'
import { isoTime, longTime, useTimeForm } from './time-form.ts'
import { hasWholeHeaders, useWholeMessage } from './use-whole-message.ts'

export function MessageDetails({
  at,
  row,
  rows,
  partitionCount,
  onOpen,
  onAgain,
  onClose,
}: {
  readonly at: TopicAt
  readonly row: MessageRow
  readonly rows: readonly MessageRow[]
  readonly partitionCount: number
  readonly onOpen: (row: MessageRow) => void
  /** Fills the produce form from this message. */
  readonly onAgain: (message: MessageRow) => void
  readonly onClose: () => void
}) {
  const { message, loadAll, isLoading, problem } = useWholeMessage(at, row)
  const index = rows.findIndex((candidate) => placeOf(candidate) === placeOf(row))
  const previous = rows[index - 1]
  const next = index < 0 ? undefined : rows[index + 1]
  const whole = { loadAll, isLoading, problem }

  /** Key and value can be sent as they are stored; headers stand in the form, so all must be here. */
  async function produceAgain() {
    const again = hasWholeHeaders(message) ? message : await loadAll()
    if (again !== null) onAgain(again)
  }

  const again = (
    <Button
      size="small"
      icon={<Repeat2 aria-hidden="true" />}
      onClick={() => void produceAgain()}
      isBusy={isLoading}
      disabledReason={row.problem === undefined ? undefined : 'It cannot be read.'}
    >
      Produce again
    </Button>
  )
  return (
    <SidePanel
      title="Message details"
      onClose={onClose}
      isSheetWhenNarrow
      actions={
        <>
          <IconButton
            label="Previous message"
            disabled={previous === undefined}
            onClick={() => previous && onOpen(previous)}
          >
            <ChevronUp />
          </IconButton>
          <IconButton
            label="Next message"
            disabled={next === undefined}
            onClick={() => next && onOpen(next)}
          >
            <ChevronDown />
          </IconButton>
          <CopyLinkButton
            path={paths.topicMessages(at, { partition: row.partition, offset: row.offset })}
            label="Copy link to this message"
          />
        </>
      }
    >
      <div className="flex min-h-0 flex-1 flex-col max-[1199px]:flex-row">
        <MessageFacts row={row} partitionCount={partitionCount}>
          {again}
        </MessageFacts>
        <Tabs.Root defaultValue="value" className="flex min-h-0 min-w-0 flex-1 flex-col">
          <Tabs.List
            aria-label="Parts of the message"
            className="flex gap-5 border-b border-line px-5"
          >
            <Tab value="value">Value</Tab>
            <Tab value="key">Key</Tab>
            <Tab value="headers">
              Headers{' '}
              <span className="text-ink-3">{message.headerCount ?? message.headers.length}</span>
            </Tab>
          </Tabs.List>
          <TabPanel value="key">
            <PayloadView key={placeOf(row)} name="Key" payload={message.key} {...whole} />
          </TabPanel>
          <TabPanel value="value">
            {row.problem === undefined ? null : (
              <div className="px-5 pt-3">
                <Note kind="error">
                  This batch of records cannot be read: {row.problem} Its bytes, as they are stored,
                  stand below.
                </Note>
              </div>
            )}
            <PayloadView key={placeOf(row)} name="Value" payload={message.value} {...whole} />
          </TabPanel>
          <TabPanel value="headers">
            <HeaderList headers={message.headers} />
          </TabPanel>
        </Tabs.Root>
      </div>
      <div className="flex h-[52px] shrink-0 items-center gap-2 max-[1199px]:hidden border-t border-line px-5">
        {again}
        <span className="ml-auto text-label text-ink-3">
          {index < 0 ? null : `${formatCount(index + 1)} of ${formatCount(rows.length)}`}
        </span>
      </div>
    </SidePanel>
  )
}

function MessageFacts({
  row,
  partitionCount,
  children,
}: {
  readonly row: MessageRow
  readonly partitionCount: number
  /** What can be done, where there is no room for a foot. */
  readonly children: ReactNode
}) {
  const form = useTimeForm()
  return (
    <div className="shrink-0 px-5 py-3.5 max-[1199px]:w-[264px] max-[1199px]:overflow-y-auto max-[1199px]:border-r max-[1199px]:border-line">
      <dl className="grid grid-cols-[auto_1fr] content-start gap-x-6 gap-y-1.5">
        <dt className="text-label text-ink-2">Timestamp</dt>
        <dd>
          <time className="font-[540]" dateTime={isoTime(row.timestampMs)}>
            {longTime(row.timestampMs, form === 'epoch' ? 'local' : form)}
          </time>{' '}
          <span className="text-ink-2">{row.timestampType}</span>
          <code className="block text-label text-ink-2">{row.timestampMs}</code>
        </dd>
        <dt className="text-label text-ink-2">Offset</dt>
        <dd className="font-mono text-label leading-5">{formatCount(row.offset)}</dd>
        <dt className="text-label text-ink-2">Partition</dt>
        <dd className="font-mono text-label leading-5">
          <PartitionOf partition={row.partition} count={partitionCount} />
        </dd>
        <dt className="text-label text-ink-2">Size</dt>
        <dd>
          {sizeText(row.key)} key, {sizeText(row.value)} value
        </dd>
      </dl>
      <div className="mt-3 min-[1200px]:hidden">{children}</div>
    </div>
  )
}

function sizeText(payload: Payload | null): string {
  return payload === null ? 'no' : formatBytes(payload.sizeBytes)
}

function Tab({ value, children }: { readonly value: string; readonly children: ReactNode }) {
  return (
    <Tabs.Trigger
      value={value}
      className="-mb-px h-9 cursor-pointer border-b-2 border-transparent font-[480] text-ink-2 hover:text-ink data-[state=active]:border-river data-[state=active]:font-[580] data-[state=active]:text-ink"
    >
      {children}
    </Tabs.Trigger>
  )
}

function TabPanel({ value, children }: { readonly value: string; readonly children: ReactNode }) {
  return (
    <Tabs.Content value={value} className="flex min-h-0 flex-1 flex-col outline-none">
      {children}
    </Tabs.Content>
  )
}
