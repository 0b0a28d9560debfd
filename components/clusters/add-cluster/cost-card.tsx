import { formatDollars, type LaunchableType } from '../../../lib/format/cluster-types.ts'
import { Card, CardHeader } from '../../ui/card.tsx'
import { SimulatedTag } from './simulated.tsx'

export function CostCard({ offer }: { readonly offer: LaunchableType }) {
  return (
    <Card label="Cost">
      <CardHeader title="Cost">
        <SimulatedTag />
      </CardHeader>
      <div className="px-4 pt-3.5">
        <p className="text-label text-ink-2">Starting cost</p>
        <p className="text-sign-in font-[540] tracking-[-0.02em]">
          {formatDollars(offer.baseDollarsPerHour)}{' '}
          <span className="text-body font-[450] tracking-normal text-ink-2">/hr + usage</span>
        </p>
      </div>
      <dl className="mt-2 divide-y divide-line border-b border-line px-4">
        {offer.prices.map(({ what, amount, per }) => (
          <div key={what} className="flex justify-between gap-4 py-[5px]">
            <dt className="text-ink-2">{what}</dt>
            <dd>
              <span className="font-[580]">{amount}</span>{' '}
              <span className="text-ink-2">/{per}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="px-4 py-3 text-label text-ink-3">
        First 10 partitions are free. Prices are those of the 2023 tutorial. No card is asked for
        and nothing is charged.
      </p>
    </Card>
  )
}
