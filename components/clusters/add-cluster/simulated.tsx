import { formatDollars } from '../../../lib/format/cluster-types.ts'

/** Stands beside every price: nothing here costs anything. */
export function SimulatedTag({ text = 'simulated prices' }: { readonly text?: string }) {
  return (
    <span className="rounded-sm border border-dashed border-control px-2 py-px text-label text-ink-2">
      {text}
    </span>
  )
}

/** `$0.00 /hr + usage (simulated)` */
export function SimulatedPrice({ dollarsPerHour }: { readonly dollarsPerHour: number }) {
  return (
    <span className="whitespace-nowrap text-ink-2">
      <span className="font-[580] text-ink">{formatDollars(dollarsPerHour)} /hr</span> + usage
      (simulated)
    </span>
  )
}
