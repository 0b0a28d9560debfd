'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import type { MessageRow } from '../../lib/format/messages.ts'
import type { TopicAt } from '../../lib/paths.ts'
import type { TopicFacts } from '../topics/topic-header.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { SidePanel } from '../ui/side-panel.tsx'
import { ProduceOne } from './produce-one.tsx'

/** Files are read by few; the code for it comes when it is asked for. */
const ProduceMany = dynamic(() => import('./produce-many.tsx').then((file) => file.ProduceMany))

const modes = [
  { value: 'one', label: 'One message' },
  { value: 'many', label: 'Many' },
] as const

/** Writes messages by hand. It stays open with its contents: the next one is a click away. */
export function ProducePanel({
  at,
  facts,
  again,
  onClose,
}: {
  readonly at: TopicAt
  readonly facts: TopicFacts
  /** The record that the form is filled from. */
  readonly again: MessageRow | null
  readonly onClose: () => void
}) {
  const [mode, setMode] = useState<'one' | 'many'>('one')
  return (
    <SidePanel title="Produce a new message" onClose={onClose}>
      <div className="px-5 pt-4">
        <Segmented label="How many" options={modes} value={mode} onChange={setMode} />
      </div>
      {/* Hidden, not taken away: what was typed stays. */}
      <div className={mode === 'one' ? 'flex min-h-0 flex-1 flex-col' : 'hidden'}>
        <ProduceOne at={at} facts={facts} again={again} onClose={onClose} />
      </div>
      {mode === 'many' ? <ProduceMany at={at} facts={facts} onClose={onClose} /> : null}
    </SidePanel>
  )
}
