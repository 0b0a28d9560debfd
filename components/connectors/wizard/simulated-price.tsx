import { connectorPrice } from '../../../lib/format/connector-states.ts'

/** `$0.03819444/hr + $0.033/GB usage (simulated)` */
export function SimulatedConnectorPrice({ tasks }: { readonly tasks: number }) {
  const perHour = connectorPrice.taskDollarsPerHour * (tasks > 0 ? tasks : 1)
  return (
    <span className="whitespace-nowrap text-ink-2">
      <span className="font-[580] text-ink">${perHour.toFixed(8)}/hr</span> + $
      {connectorPrice.usageDollarsPerGb}/GB usage (simulated)
    </span>
  )
}
