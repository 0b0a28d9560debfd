'use client'

import { Search, X } from 'lucide-react'
import { useRef } from 'react'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import { Kbd } from './kbd.tsx'

/** Filters what is below it. `/` leads here from anywhere on the page; Esc empties it. */
export function SearchField({
  label,
  value,
  onChange,
  hasShortcut = false,
  className,
}: {
  /** For screen readers and, while empty, in the field: `Search topics`. */
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** One field of a page may be the one that `/` leads to. */
  readonly hasShortcut?: boolean
  readonly className?: string
}) {
  const field = useRef<HTMLInputElement>(null)

  function clear() {
    onChange('')
    field.current?.focus()
  }

  return (
    <span className={classNames('relative block w-full max-w-[300px]', className)}>
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-2 left-2.5 size-4 stroke-[1.75] text-ink-3"
      />
      <input
        ref={field}
        type="search"
        aria-label={label}
        placeholder={label}
        aria-keyshortcuts={hasShortcut ? '/' : undefined}
        data-shortcut={hasShortcut ? 'search' : undefined}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return
          event.stopPropagation()
          clear()
        }}
        className="field peer h-8 w-full border-line-2 pr-8 pl-8 text-body [&::-webkit-search-cancel-button]:hidden"
      />
      {value !== '' ? (
        <IconButton
          label="Clear search"
          size="small"
          className="absolute top-1 right-1 my-0"
          onClick={clear}
        >
          <X />
        </IconButton>
      ) : hasShortcut ? (
        <span className="pointer-events-none absolute top-[7px] right-2 peer-focus:hidden">
          <Kbd>/</Kbd>
        </span>
      ) : null}
    </span>
  )
}
