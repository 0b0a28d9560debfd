'use client'

import { type KeyboardEvent, useEffect, useId, useState } from 'react'

/**
 * A list of options that a field above it walks through: the focus stays in the field, and the
 * option in question is named by `aria-activedescendant`.
 */
export function useActiveOption({
  label,
  count,
  initial = 0,
  onChoose,
}: {
  /** What the options are, for screen readers. */
  readonly label: string
  readonly count: number
  readonly initial?: number
  readonly onChoose: (index: number) => void
}) {
  const listId = useId()
  const [wanted, setActive] = useState(initial)
  const active = Math.min(wanted, count - 1)
  const optionId = (index: number) => `${listId}-${index}`

  useEffect(() => {
    document.getElementById(`${listId}-${active}`)?.scrollIntoView({ block: 'nearest' })
  }, [listId, active])

  function onKeyDown(event: KeyboardEvent) {
    const target = targetOf(event.key, active, count)
    if (target !== null) setActive(target)
    else if (event.key === 'Enter' && active >= 0 && !event.nativeEvent.isComposing)
      onChoose(active)
    else return
    event.preventDefault()
  }

  return {
    active,
    setActive,
    field: {
      role: 'combobox',
      'aria-expanded': true,
      'aria-autocomplete': 'list',
      'aria-controls': listId,
      'aria-activedescendant': active < 0 ? undefined : optionId(active),
      onKeyDown,
    },
    list: { role: 'listbox', id: listId, 'aria-label': label },
    option: (index: number) => ({
      role: 'option',
      id: optionId(index),
      'aria-selected': index === active,
      onPointerMove: () => setActive(index),
      onClick: () => onChoose(index),
    }),
  } as const
}

/** Where an arrow leads: around the ends. Home and End stay the field's own. */
function targetOf(key: string, active: number, count: number): number | null {
  if (count === 0) return null
  if (key === 'ArrowDown') return (active + 1) % count
  if (key === 'ArrowUp') return (active + count - 1) % count
  if (key === 'PageDown') return Math.min(count - 1, active + 8)
  if (key === 'PageUp') return Math.max(0, active - 8)
  return null
}
