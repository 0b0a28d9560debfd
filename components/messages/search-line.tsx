'use client'

import { formatCount, formatPlural } from '../../lib/format/numbers.ts'
import { Button } from '../ui/button.tsx'
import { Note } from '../ui/note.tsx'
import type { SearchState } from './search-state.ts'

interface SearchLineProps {
  readonly search: SearchState
  readonly onStop: () => void
  readonly onGoOn: () => void
  readonly onAgain: () => void
}

/** How far a search has come, what it has found, and the ways on. */
export function SearchLine({ search, onStop, onGoOn, onAgain }: SearchLineProps) {
  const { phase, scanned, total, matched, undecodable, elapsedMs, message } = search
  if (phase === 'none') return null
  const share = total === 0 ? (phase === 'end' ? 1 : 0) : Math.min(1, scanned / total)
  return (
    <div className="flex flex-col gap-2">
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-x-5 gap-y-2">
        <p role="status" className="text-label text-ink-2">
          <span className="font-[580] text-ink">{formatPlural(matched, 'match', 'matches')}</span>
          {`, ${formatCount(scanned)} of ${formatCount(total)} scanned in ${seconds(elapsedMs)}`}
          {undecodable > 0 ? `, ${formatCount(undecodable)} could not be read` : ''}
          {phase === 'limit' ? '. Stopped at the limit of matches.' : ''}
          {phase === 'stopped' ? '. Stopped.' : ''}
        </p>
        <div className="flex items-center gap-2">
          {phase === 'running' ? (
            <Button size="small" onClick={onStop}>
              Stop
            </Button>
          ) : null}
          {phase !== 'running' && phase !== 'end' && search.positions !== undefined ? (
            <Button size="small" onClick={onGoOn}>
              Continue from here
            </Button>
          ) : null}
          {phase === 'running' ? null : (
            <Button size="small" tone="ghost" onClick={onAgain}>
              Search again
            </Button>
          )}
        </div>
      </div>
      <div
        role="progressbar"
        aria-label="Scanned"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share * 100)}
        className="h-[3px] overflow-hidden rounded-full bg-stone-tint"
      >
        <div className="h-full bg-river" style={{ width: `${share * 100}%` }} />
      </div>
      {phase === 'failed' ? <Note kind="error">{message}</Note> : null}
    </div>
  )
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}
