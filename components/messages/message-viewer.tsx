'use client'

import { Plus } from 'lucide-react'
import { type KeyboardEvent, useCallback, useState } from 'react'
import type { MessageRow } from '../../lib/format/messages.ts'
import { placeOf } from '../../lib/format/messages.ts'
import { paths, type TopicAt } from '../../lib/paths.ts'
import type { MessagesRead } from '../../lib/queries/messages.ts'
import { Page } from '../shell/frame.tsx'
import { TopicActions } from '../topics/topic-actions.tsx'
import { type TopicFacts, TopicHeader } from '../topics/topic-header.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyTopic } from './empty-topic.tsx'
import { FeedBar } from './feed-bar.tsx'
import { MessageDetails } from './message-details.tsx'
import { MessageTable } from './message-table.tsx'
import { ProducePanel } from './produce-panel.tsx'
import { useMessageFeed } from './use-message-feed.ts'

export interface MessageViewerProps {
  readonly at: TopicAt
  readonly facts: TopicFacts
  readonly initial: MessagesRead
  /** The record that the address names. */
  readonly open: MessageRow | null
  readonly isProducing: boolean
}

/** Newest messages first, kept up to date, with the open message or the produce form beside them. */
export function MessageViewer({ at, facts, initial, open, isProducing }: MessageViewerProps) {
  const [isLive, setLive] = useState(true)
  const { feed, status } = useMessageFeed({ at, initial, isOn: isLive })
  const { panel, showMessage, showProduce, close } = usePanel(at, open, isProducing)
  const shown = panel.kind === 'message' ? panel.row : undefined

  function walk(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const isTyping =
      event.target instanceof HTMLElement &&
      event.target.closest('input, textarea, [role=tablist], section[tabindex]')
    if (step === undefined || shown === undefined || isTyping) return
    const index = feed.rows.findIndex((row) => placeOf(row) === placeOf(shown))
    const row = feed.rows[index + step]
    if (index < 0 || row === undefined) return
    event.preventDefault()
    showMessage(row)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Arrow keys move between rows that have buttons.
    <div className="flex min-h-full flex-1" onKeyDown={walk}>
      <div className="min-w-0 flex-1">
        <Page>
          <TopicHeader at={at} facts={facts} tab="messages">
            <TopicActions at={at} />
            <Button tone="primary" icon={<Plus aria-hidden="true" />} onClick={showProduce}>
              Produce a new message to this topic
            </Button>
          </TopicHeader>
          <FeedBar
            feed={feed}
            facts={facts}
            tookMs={initial.tookMs}
            status={status}
            isLive={isLive}
            onLive={setLive}
          />
          {feed.rows.length === 0 ? (
            <EmptyTopic onProduce={showProduce} />
          ) : (
            <MessageTable
              feed={feed}
              partitionCount={facts.partitionCount}
              open={shown === undefined ? null : placeOf(shown)}
              onOpen={showMessage}
            />
          )}
        </Page>
      </div>
      {shown === undefined ? null : (
        <MessageDetails
          at={at}
          row={shown}
          rows={feed.rows}
          partitionCount={facts.partitionCount}
          onOpen={showMessage}
          onClose={close}
        />
      )}
      {panel.kind === 'produce' ? <ProducePanel at={at} facts={facts} onClose={close} /> : null}
    </div>
  )
}

type Panel =
  | { readonly kind: 'none' }
  | { readonly kind: 'produce' }
  | { readonly kind: 'message'; readonly row: MessageRow }

/** What stands beside the table; the address says the same, so that a link opens it again. */
function usePanel(at: TopicAt, open: MessageRow | null, isProducing: boolean) {
  const [panel, setPanel] = useState<Panel>(() => {
    if (open !== null) return { kind: 'message', row: open }
    return isProducing ? { kind: 'produce' } : { kind: 'none' }
  })
  const { envId, clusterId, topic } = at
  const show = useCallback(
    (next: Panel) => {
      setPanel(next)
      const place = { envId, clusterId, topic }
      const query =
        next.kind === 'message'
          ? { partition: next.row.partition, offset: next.row.offset }
          : next.kind === 'produce'
            ? { produce: '1' as const }
            : {}
      history.replaceState(null, '', paths.topicMessages(place, query))
    },
    [envId, clusterId, topic],
  )
  return {
    panel,
    showMessage: useCallback((row: MessageRow) => show({ kind: 'message', row }), [show]),
    showProduce: useCallback(() => show({ kind: 'produce' }), [show]),
    close: useCallback(() => {
      const row = document.querySelector<HTMLElement>('tr[aria-selected=true] button')
      show({ kind: 'none' })
      row?.focus()
    }, [show]),
  }
}
