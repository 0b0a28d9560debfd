'use client'

import { CircleHelp, Search } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type FormEvent, useId, useState } from 'react'
import { parseSearchQuery } from '../../broker/rules/search-query.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { FieldNote } from '../ui/field.tsx'

/** What a whole topic is searched for; what is wrong with it stands below while it is typed. */
export function TopicSearchField({
  search,
  onSearch,
}: {
  /** What is being searched for; empty before anything was. */
  readonly search: string
  readonly onSearch: (search: string) => void
}) {
  const [text, setText] = useState(search)
  const noteId = useId()
  const parsed = parseSearchQuery(text)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (parsed.ok) onSearch(text.trim())
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: Safari knows no element search yet.
    <form role="search" onSubmit={submit} className="flex min-w-0 flex-1 flex-col gap-1">
      <div className="flex items-center gap-2">
        <span className="relative block min-w-0 flex-1">
          <Search
            aria-hidden="true"
            className="pointer-events-none absolute top-2 left-2.5 size-4 stroke-[1.75] text-ink-3"
          />
          <input
            type="search"
            aria-label="Search the whole topic"
            aria-invalid={parsed.ok ? undefined : true}
            aria-describedby={parsed.ok ? undefined : noteId}
            placeholder={'Text, key:18, header.trace:a1, $.address.city = "Palo Alto"'}
            autoComplete="off"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: The field appears because somebody chose to search.
            autoFocus={search === ''}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="field h-8 w-full border-line-2 pr-3 pl-8 font-mono text-label [&::-webkit-search-cancel-button]:hidden"
          />
        </span>
        <SearchHelp />
        <Button type="submit" tone="primary" aria-disabled={parsed.ok ? undefined : true}>
          Search
        </Button>
      </div>
      {parsed.ok ? null : <FieldNote id={noteId} error={parsed.message} />}
    </form>
  )
}

const examples = [
  ['Palo Alto', 'Both words, anywhere in key or value; case matters'],
  ['"Palo Alto"', 'The words together'],
  ['-refund', 'Not there'],
  ['key:18', 'Somewhere in the key'],
  ['key = 18', 'The whole key'],
  ['header.trace:a1', 'Somewhere in a header’s value'],
  ['$.address.city = "Palo Alto"', 'A field of the JSON value'],
  ['$.orderid = 18', 'Numbers exactly, whatever their length'],
  ['$.tags[*] = new', 'Any element of a list'],
] as const

function SearchHelp() {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <IconButton label="How to search">
          <CircleHelp />
        </IconButton>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label="How to search"
          className="z-50 max-w-[440px] rounded-lg bg-sheet p-4 shadow-pop"
        >
          <p className="pb-2 text-ink-2">All terms must hold. Every record of the topic is read.</p>
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-label">
            {examples.map(([example, meaning]) => (
              <div key={example} className="contents">
                <dt>
                  <code>{example}</code>
                </dt>
                <dd className="text-ink-2">{meaning}</dd>
              </div>
            ))}
          </dl>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
