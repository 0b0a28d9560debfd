import { launchableTypes, otherTypes } from '../../../lib/format/cluster-types.ts'
import type { AddClusterOptions } from '../../../lib/queries/add-cluster.ts'
import { Button } from '../../ui/button.tsx'
import { Card, CardHeader, KeyValues } from '../../ui/card.tsx'
import { LimitValues } from '../limit-values.tsx'
import { typeName } from '../type-name.ts'
import { SimulatedPrice } from './simulated.tsx'

/** The two types that can be launched, and why the others cannot. */
export function TypeStep({
  limits,
  onChoose,
}: {
  readonly limits: AddClusterOptions['limits']
  readonly onChoose: (type: 'BASIC' | 'STANDARD') => void
}) {
  return (
    <>
      <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
        {launchableTypes.map(({ type, detail, baseDollarsPerHour }) => (
          <Card key={type} label={typeName(type)} className="flex flex-col">
            <CardHeader title={typeName(type)}>
              <SimulatedPrice dollarsPerHour={baseDollarsPerHour} />
            </CardHeader>
            <p className="px-4 pt-3 text-ink-2">{detail}</p>
            <div className="flex-1">
              <KeyValues>
                <LimitValues limits={limits[type]} />
              </KeyValues>
            </div>
            <div className="border-t border-line p-4">
              <Button
                tone={type === 'BASIC' ? 'primary' : 'secondary'}
                size="large"
                className="w-full"
                onClick={() => onChoose(type)}
              >
                Begin configuration
              </Button>
            </div>
          </Card>
        ))}
      </div>
      <section aria-labelledby="other-types" className="flex flex-col gap-2">
        <h2 id="other-types" className="text-body">
          On Confluent Cloud only
        </h2>
        <dl className="divide-y divide-line rounded-lg border border-line">
          {otherTypes.map(({ name, reason }) => (
            <div key={name} className="flex flex-col gap-x-6 px-4 py-2.5 sm:flex-row">
              <dt className="w-28 shrink-0 font-[580] text-ink-2">{name}</dt>
              <dd className="text-ink-2">{reason}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  )
}
