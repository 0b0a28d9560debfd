'use client'

import { useState } from 'react'
import { paths } from '../../lib/paths.ts'
import type { LiveCard } from '../../lib/queries/live.ts'
import type { LiveStatus } from './follow-stream.ts'
import { useFollowed } from './use-followed.ts'

/** State and figures of all clusters of the caller, by id, after every sample of 5 s. */
export function useLiveCards(initial: readonly LiveCard[]): {
  readonly cards: ReadonlyMap<string, LiveCard>
  readonly status: LiveStatus | undefined
} {
  const [cards, setCards] = useState(() => byId(initial))
  const status = useFollowed({
    streamUrl: paths.cardsStream(),
    pollUrl: paths.cardsPoll(),
    onUpdate: (text) => setCards(byId(JSON.parse(text))),
    goneMessage: 'These clusters no longer exist.',
  })
  return { cards, status }
}

function byId(cards: readonly LiveCard[]): ReadonlyMap<string, LiveCard> {
  return new Map(cards.map((card) => [card.id, card]))
}
