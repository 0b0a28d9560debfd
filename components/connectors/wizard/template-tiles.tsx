'use client'

import {
  ChartCandlestick,
  CircleCheck,
  Database,
  Eye,
  type LucideIcon,
  MousePointerClick,
  Package,
  ReceiptText,
  Star,
  Users,
  Warehouse,
} from 'lucide-react'
import { RadioGroup as Radix } from 'radix-ui'
import { useId, useState } from 'react'
import { formatPlural } from '../../../lib/format/numbers.ts'
import type { TemplateChoice } from '../../../lib/queries/add-connector.ts'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { SearchField } from '../../ui/search-field.tsx'

/** Those that Confluent shows first, with what they look like. */
const first: Readonly<Record<string, LucideIcon>> = {
  ORDERS: ReceiptText,
  USERS: Users,
  CLICKSTREAM: MousePointerClick,
  PAGEVIEWS: Eye,
  PRODUCT: Package,
  RATINGS: Star,
  STOCK_TRADES: ChartCandlestick,
  INVENTORY: Warehouse,
}

/** The templates as a radio group of tiles: eight, all of them, or those that were searched for. */
export function TemplateTiles({
  templates,
  chosen,
  onChoose,
  isCompact = false,
  more,
}: {
  readonly templates: readonly TemplateChoice[]
  /** Empty where none is. */
  readonly chosen: string
  readonly onChoose: (id: string) => void
  /** Inside a dialog: names alone. */
  readonly isCompact?: boolean
  /** Stands beside *Show more options*. */
  readonly more?: React.ReactNode
}) {
  const labelId = useId()
  const [text, setText] = useState('')
  const [isWhole, setWhole] = useState(() => chosen !== '' && !(chosen in first))
  const shown = templatesShown(templates, text, isWhole)
  return (
    <section aria-labelledby={labelId} className="flex flex-col gap-2.5">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div id={labelId} className="text-field-label font-[580]">
          Select a template
        </div>
        {isCompact ? null : (
          <span className="w-[220px]">
            <SearchField
              label={`Search ${templates.length} templates`}
              value={text}
              onChange={setText}
            />
          </span>
        )}
      </div>
      <Radix.Root
        aria-labelledby={labelId}
        value={chosen}
        onValueChange={onChoose}
        className={classNames(
          'grid grid-cols-1 gap-2 sm:grid-cols-2',
          isCompact && 'max-h-[min(360px,50dvh)] overflow-y-auto p-0.5',
        )}
      >
        {shown.map((template) => (
          <Tile key={template.id} template={template} isCompact={isCompact} />
        ))}
      </Radix.Root>
      {shown.length === 0 ? (
        <p className="text-ink-2">No template has “{text.trim()}” in its name or its fields.</p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {text.trim() === '' ? (
          <Button
            size="small"
            tone="ghost"
            className="-ml-[9px] text-river hover:text-river-hover"
            aria-expanded={isWhole}
            onClick={() => setWhole(!isWhole)}
          >
            {isWhole ? 'Show fewer options' : 'Show more options'}
          </Button>
        ) : null}
        {more}
      </div>
    </section>
  )
}

function Tile({
  template,
  isCompact,
}: {
  readonly template: TemplateChoice
  readonly isCompact: boolean
}) {
  const Icon = first[template.id] ?? Database
  return (
    <Radix.Item
      value={template.id}
      aria-label={template.title}
      className="group relative flex cursor-pointer items-start gap-3 rounded-lg border border-line-2 bg-sheet px-3 py-2.5 text-left hover:bg-hover data-[state=checked]:border-river data-[state=checked]:bg-river-tint data-[state=checked]:shadow-[inset_0_0_0_1px_var(--river)] focus-visible:data-[state=checked]:shadow-[inset_0_0_0_1px_var(--river),0_0_0_2px_var(--sheet),0_0_0_4px_var(--river)]"
    >
      <span
        aria-hidden="true"
        className="flex size-7 shrink-0 items-center justify-center rounded-md bg-sunken text-ink-2 group-data-[state=checked]:bg-river group-data-[state=checked]:text-on-river"
      >
        <Icon className="size-[15px] stroke-[1.75]" />
      </span>
      <span className={classNames('min-w-0 flex-1', isCompact && 'self-center')}>
        <span className="flex justify-between gap-3">
          <span className="font-[580]">{template.title}</span>
          <span className="shrink-0 text-label text-ink-3 group-data-[state=checked]:hidden">
            {isCompact ? null : formatPlural(template.fields.length, 'field')}
          </span>
          <CircleCheck
            aria-hidden="true"
            className="hidden size-4 shrink-0 self-center text-river group-data-[state=checked]:block"
          />
        </span>
        {isCompact ? null : (
          <code className="block truncate text-label text-ink-2">{template.fields.join(', ')}</code>
        )}
      </span>
    </Radix.Item>
  )
}

function templatesShown(
  templates: readonly TemplateChoice[],
  text: string,
  isWhole: boolean,
): readonly TemplateChoice[] {
  const wanted = text.trim().toLowerCase()
  if (wanted !== '') {
    return templates.filter(({ title, fields }) =>
      [title, ...fields].some((candidate) => candidate.toLowerCase().includes(wanted)),
    )
  }
  const byId = new Map(templates.map((template) => [template.id, template]))
  const popular = Object.keys(first).flatMap((id) => byId.get(id) ?? [])
  return isWhole ? [...popular, ...templates.filter(({ id }) => !(id in first))] : popular
}
