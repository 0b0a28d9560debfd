'use client'

import {
  defaultView,
  type MessageView,
  maxChoices,
  viewQuery,
} from '../../lib/format/message-view.ts'
import type { MessageRow } from '../../lib/format/messages.ts'
import { formatCount } from '../../lib/format/numbers.ts'
import type { TopicAt } from '../../lib/paths.ts'
import { TopicSearchField } from '../forms/topic-search-field.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { ToolbarSelect } from '../ui/select.tsx'
import { ColumnsControl } from './columns-control.tsx'
import { ExportMenu } from './export-menu.tsx'
import { JumpControl } from './jump-control.tsx'
import type { PageAddress } from './page-address.ts'
import { PartitionControl } from './partition-control.tsx'
import { chooseTimeForm, type TimeForm, timeForms, useTimeForm } from './time-form.ts'

interface MessageToolbarProps {
  readonly at: TopicAt
  readonly address: PageAddress
  readonly onChange: (part: Partial<PageAddress>) => void
  readonly partitionCount: number
  /** The rows that are shown, filter applied. */
  readonly rows: readonly MessageRow[]
}

const scopes = [
  { value: 'shown', label: 'These rows' },
  { value: 'topic', label: 'Whole topic' },
] as const

/** What is looked for, where reading starts, and in which form it is shown and taken away. */
export function MessageToolbar(props: MessageToolbarProps) {
  const { at, address, onChange, partitionCount, rows } = props
  const { view, search, columns } = address
  const isSearching = search !== null
  const setView = (part: Partial<MessageView>) => onChange({ view: { ...view, ...part } })
  return (
    <div className="flex flex-col gap-2.5">
      <div className="flex flex-wrap items-start gap-2">
        <Segmented
          label="Look in"
          options={scopes}
          value={isSearching ? 'topic' : 'shown'}
          onChange={(scope) => onChange({ search: scope === 'topic' ? '' : null })}
        />
        {isSearching ? (
          <TopicSearchField
            key={search}
            search={search}
            onSearch={(text) => onChange({ search: text })}
          />
        ) : (
          <SearchField
            label="Filter by timestamp, offset, key or value"
            value={address.filter}
            onChange={(filter) => onChange({ filter })}
            hasShortcut
            className="max-w-none min-w-52 flex-1 basis-0"
          />
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <PartitionControl
          count={partitionCount}
          chosen={view.partitions}
          onChoose={(partitions) => setView({ partitions })}
        />
        {isSearching ? null : (
          <>
            <JumpControl
              key={JSON.stringify(view.jump)}
              jump={view.jump}
              onJump={(jump) => setView({ jump })}
            />
            <ToolbarSelect
              label="Results"
              options={maxOptions(view.max)}
              value={String(view.max)}
              onChange={(max) => setView({ max: Number(max) })}
            />
          </>
        )}
        <ColumnsControl
          rows={rows}
          columns={columns}
          onChoose={(chosen) => onChange({ columns: chosen })}
        />
        <TimeFormSelect />
        <div className="ml-auto">
          <ExportMenu
            at={at}
            rows={rows}
            search={search ?? ''}
            partitions={viewQuery({ ...defaultView, partitions: view.partitions }).partitions}
          />
        </div>
      </div>
    </div>
  )
}

function maxOptions(max: number) {
  const counts = [...new Set([...maxChoices, max])].sort((a, b) => a - b)
  return counts.map((count) => ({
    value: String(count),
    label: `Max ${formatCount(count)} results`,
  }))
}

function TimeFormSelect() {
  const form: TimeForm = useTimeForm() ?? 'local'
  return (
    <ToolbarSelect
      label="Timestamps as"
      options={timeForms}
      value={form}
      onChange={(value) => {
        const chosen = timeForms.find((candidate) => candidate.value === value)
        if (chosen !== undefined) chooseTimeForm(chosen.value)
      }}
    />
  )
}
