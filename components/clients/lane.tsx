import { formatCount, formatPlural } from '../../lib/format/numbers.ts'
import type { SeriesColour } from '../charts/series.ts'
import { formatPace } from './group-pace.ts'
import type { Lane } from './lag-lanes.ts'

/** Hatched sienna: written, and not read yet. */
export const behindFill = {
  background:
    'repeating-linear-gradient(135deg, var(--d1) 0 2px, color-mix(in srgb, var(--d1) 12%, transparent) 2px 6px)',
}

/** One partition: filled up to where the group stands, hatched from there to the end. */
export function LagLane({
  lane,
  colour,
  isThin,
  written,
}: {
  readonly lane: Lane
  /** Of who reads it; null where nobody does. */
  readonly colour: SeriesColour | null
  readonly isThin: boolean
  /** Messages per second that come in. */
  readonly written: number | null
}) {
  if (isThin) return <ThinLane lane={lane} colour={colour} />
  return (
    <li className="grid grid-cols-[84px_minmax(0,1fr)_minmax(28px,22%)] items-center gap-x-2.5">
      <span className="text-label">
        <span className="block font-[580] text-body">Partition {lane.at.partition}</span>
        <span className="block text-ink-2">
          {written === null ? '\u00a0' : `${formatPace(written)} in`}
        </span>
      </span>
      <span className="flex min-w-0 flex-col gap-0.5 text-tiny text-ink-2">
        <CurrentOffset lane={lane} />
        <Bar lane={lane} colour={colour} className="h-[26px]" />
        <span className="flex justify-between gap-3">
          <LagWords lane={lane} />
          <span className="text-ink-2">
            {lane.at.end === null ? '' : `end ${formatCount(lane.at.end)}`}
          </span>
        </span>
      </span>
      {colour === null ? <span /> : <Arrow colour={colour} />}
    </li>
  )
}

function ThinLane({ lane, colour }: { readonly lane: Lane; readonly colour: SeriesColour | null }) {
  return (
    <li className="grid grid-cols-[40px_minmax(0,1fr)_150px_minmax(20px,8%)] items-center gap-x-2.5 text-tiny">
      <span className="text-right">
        <span className="sr-only">Partition </span>
        {lane.at.partition}
      </span>
      <Bar lane={lane} colour={colour} className="h-2.5" />
      <LagWords lane={lane} />
      {colour === null ? <span /> : <Arrow colour={colour} />}
    </li>
  )
}

/** Where the group stands, written over its tick. */
function CurrentOffset({ lane: { at, currentShare } }: { readonly lane: Lane }) {
  if (currentShare === null || at.committed === null) return <span>{'\u00a0'}</span>
  const percent = `${(currentShare > 0.5 ? 1 - currentShare : currentShare) * 100}%`
  return (
    <span
      className="flex whitespace-nowrap"
      style={
        currentShare > 0.5
          ? { justifyContent: 'flex-end', paddingRight: percent }
          : { paddingLeft: percent }
      }
    >
      current {formatCount(at.committed)}
    </span>
  )
}

function Bar({
  lane: { startShare, currentShare, behind },
  colour,
  className,
}: {
  readonly lane: Lane
  readonly colour: SeriesColour | null
  readonly className: string
}) {
  const from = currentShare === null ? 0 : Math.min(startShare, currentShare)
  return (
    <span
      aria-hidden="true"
      className={`relative block overflow-hidden rounded-[3px] bg-sunken shadow-[inset_0_0_0_1px_var(--line)] ${className}`}
    >
      {currentShare === null ? null : (
        <>
          <span
            className="absolute inset-y-0"
            style={{
              left: `${from * 100}%`,
              right: `${(1 - currentShare) * 100}%`,
              background: `var(--${colour ?? 's3'})`,
            }}
          />
          {behind === null || behind === 0 ? null : (
            <span
              className="absolute inset-y-0 right-0 border border-d1"
              style={{ ...behindFill, left: `${Math.max(currentShare, startShare) * 100}%` }}
            />
          )}
          <span
            className="absolute inset-y-0 w-0.5 bg-ink"
            style={{ left: `max(0px, calc(${currentShare * 100}% - 2px))` }}
          />
        </>
      )}
    </span>
  )
}

function LagWords({ lane: { at, behind } }: { readonly lane: Lane }) {
  if (at.committed === null) return <span className="text-ink-2">No committed offset</span>
  if (behind === null) return <span className="text-ink-2">The topic is gone</span>
  return behind === 0 ? (
    <span className="font-[580] text-moss">Caught up</span>
  ) : (
    <span className="font-[580] text-sienna">{formatPlural(behind, 'message')} behind</span>
  )
}

function Arrow({ colour }: { readonly colour: SeriesColour }) {
  const ink = `var(--${colour})`
  return (
    <span aria-hidden="true" className="flex items-center">
      <span
        className="flex h-[5px] flex-1 items-center rounded-full"
        style={{ background: `color-mix(in srgb, ${ink} 20%, transparent)` }}
      >
        <span className="h-[1.5px] w-full" style={{ background: ink }} />
      </span>
      <svg aria-hidden="true" width={8} height={10} viewBox="0 0 8 10" className="-ml-1.5 shrink-0">
        <path d="M1 1l5.5 4L1 9" fill="none" stroke={ink} strokeWidth={1.6} />
      </svg>
    </span>
  )
}
