'use client'

import { Plus } from 'lucide-react'
import { type KeyboardEvent, useCallback, useMemo, useState } from 'react'
import { defaultView, isFollowed, viewQuery } from '../../lib/format/message-view.ts'
import { type MessageRow, placeOf, totalOf } from '../../lib/format/messages.ts'
import type { TopicAt } from '../../lib/paths.ts'
import type { MessagesRead } from '../../lib/queries/messages.ts'
import type { TopicTraffic } from '../../lib/queries/topic-traffic.ts'
import { Page } from '../shell/page.tsx'
import { TopicActions } from '../topics/topic-actions.tsx'
import { type TopicFacts, TopicHeader } from '../topics/topic-header.tsx'
import { Button } from '../ui/button.tsx'
import { Note } from '../ui/note.tsx'
import { FeedLine } from './feed-line.tsx'
import { MessageDetails } from './message-details.tsx'
import { MessageTable } from './message-table.tsx'
import { MessageToolbar } from './message-toolbar.tsx'
import { NoneMatches, NoRows, NothingFound } from './no-rows.tsx'
import type { PageAddress } from './page-address.ts'
import { ProducePanel } from './produce-panel.tsx'
import { matchesFilter } from './row-text.ts'
import { SearchLine } from './search-line.tsx'
import { TopicFigures } from './topic-figures.tsx'
import { useMessageFeed } from './use-message-feed.ts'
import { usePageAddress } from './use-page-address.ts'
import { useTopicSearch } from './use-topic-search.ts'

export interface MessageViewerProps {
  readonly at: TopicAt
  readonly facts: TopicFacts
  readonly address: PageAddress
  readonly initial: MessagesRead
  readonly traffic: TopicTraffic | null
  /** The record that the address names. */
  readonly open: MessageRow | null
}

const none: ReadonlySet<string> = new Set()

/** The messages of a view or a search, with the open message or the produce form beside them. */
export function MessageViewer(props: MessageViewerProps) {
  const { at, facts, address: first, initial, traffic, open } = props
  const { address, change } = usePageAddress(at, first)
  const { view, filter, columns } = address
  const live = useMessageFeed({ at, view, initial })
  const { feed } = live
  const isSearching = address.search !== null
  const partitions = viewQuery({ ...defaultView, partitions: view.partitions }).partitions
  const found = useTopicSearch(at, address.search ?? '', partitions)
  const read = isSearching ? found.search.rows : feed.rows
  const rows = useMemo(
    () =>
      isSearching || filter.trim() === '' ? read : read.filter((row) => matchesFilter(row, filter)),
    [isSearching, filter, read],
  )
  const panel = usePanel(open, address, change)
  const { shown, showMessage } = panel

  function walk(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const isTyping =
      event.target instanceof HTMLElement &&
      event.target.closest(
        'input, textarea, [role=tablist], [role=combobox], [role=radiogroup], [role=dialog], [role=listbox], [role=menu], section[tabindex]',
      )
    if (step === undefined || shown === undefined || isTyping) return
    const index = rows.findIndex((row) => placeOf(row) === placeOf(shown))
    const row = rows[index + step]
    if (index < 0 || row === undefined) return
    event.preventDefault()
    showMessage(row)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Arrow keys move between rows that have buttons.
    <div className="flex min-h-full flex-[1_0_auto]" onKeyDown={walk}>
      <div className="min-w-0 flex-1">
        <Page>
          <TopicHeader at={at} facts={facts} tab="messages">
            <TopicActions at={at} partitionCount={facts.partitionCount} />
            <Button tone="primary" icon={<Plus aria-hidden="true" />} onClick={panel.showProduce}>
              Produce a new message to this topic
            </Button>
          </TopicHeader>
          <TopicFigures
            total={totalOf(feed.offsets)}
            retentionMs={facts.retentionMs}
            traffic={traffic}
          />
          <MessageToolbar
            at={at}
            address={address}
            onChange={change}
            partitionCount={facts.partitionCount}
            rows={rows}
          />
          {isSearching ? (
            <SearchLine
              search={found.search}
              onStop={found.stop}
              onGoOn={found.goOn}
              onAgain={found.again}
            />
          ) : (
            <FeedLine
              feed={feed}
              view={view}
              shown={rows.length}
              status={live.status}
              onPause={live.pause}
            />
          )}
          {live.problem !== undefined && !isSearching ? (
            <Note kind="error">
              {live.problem}{' '}
              <Button size="small" onClick={live.retry}>
                Try again
              </Button>
            </Note>
          ) : null}
          {rows.length > 0 ? (
            <div aria-busy={live.isLoading || undefined}>
              <MessageTable
                rows={rows}
                sort={!isSearching && isFollowed(view) ? 'descending' : 'ascending'}
                arrived={isSearching ? none : feed.arrived}
                partitionCount={facts.partitionCount}
                columns={columns}
                open={shown === undefined ? null : placeOf(shown)}
                onOpen={showMessage}
              />
            </div>
          ) : isSearching ? (
            found.search.phase === 'running' ? null : (
              <NothingFound search={address.search ?? ''} scanned={found.search.scanned} />
            )
          ) : feed.rows.length > 0 ? (
            <NoneMatches
              filter={filter}
              count={feed.rows.length}
              onClear={() => change({ filter: '' })}
              onSearch={() => change({ search: filter })}
            />
          ) : (
            <NoRows
              at={at}
              offsets={feed.offsets}
              view={view}
              retentionMs={facts.retentionMs}
              onProduce={panel.showProduce}
              onLatest={() => change({ view: { ...view, jump: { kind: 'latest' } } })}
            />
          )}
          {!isSearching && feed.more !== null ? (
            <div>
              <Button isBusy={live.isLoading} onClick={() => void live.loadMore()}>
                {isFollowed(view) ? 'Load older messages' : 'Load the next messages'}
              </Button>
            </div>
          ) : null}
        </Page>
      </div>
      {shown === undefined ? null : (
        <MessageDetails
          at={at}
          row={shown}
          rows={rows}
          partitionCount={facts.partitionCount}
          onOpen={showMessage}
          onAgain={panel.showAgain}
          onClose={panel.close}
        />
      )}
      {address.isProducing ? (
        <ProducePanel
          // Another message to produce again is another form.
          key={panel.again === null ? '' : placeOf(panel.again)}
          at={at}
          facts={facts}
          again={panel.again}
          onClose={panel.close}
        />
      ) : null}
    </div>
  )
}

/** What stands beside the table; the address says the same, so that a link opens it again. */
function usePanel(
  open: MessageRow | null,
  address: PageAddress,
  change: (part: Partial<PageAddress>) => void,
) {
  const [row, setRow] = useState(open)
  const [again, setAgain] = useState<MessageRow | null>(null)
  const isShown = row !== null && address.open !== null && placeOf(row) === placeOf(address.open)
  return {
    shown: isShown ? row : undefined,
    /** The record that the form was filled from. */
    again,
    showMessage: useCallback(
      (next: MessageRow) => {
        setRow(next)
        const { partition, offset } = next
        change({ open: { partition, offset }, isProducing: false })
      },
      [change],
    ),
    showProduce: useCallback(() => {
      setAgain(null)
      change({ open: null, isProducing: true })
    }, [change]),
    showAgain: useCallback(
      (message: MessageRow) => {
        setAgain(message)
        change({ open: null, isProducing: true })
      },
      [change],
    ),
    close: useCallback(() => {
      const button = document.querySelector<HTMLElement>('tr[aria-selected=true] button')
      change({ open: null, isProducing: false })
      button?.focus()
    }, [change]),
  }
}
