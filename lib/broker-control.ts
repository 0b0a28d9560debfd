import { type BrokerControl, createBrokerControl } from './control/broker.ts'
import type { ControlAnswer } from './control/call.ts'
import { consoleSettings } from './env.ts'

/** The broker's control interface, at the address that boot told us. */
export function brokerControl(): BrokerControl {
  return createBrokerControl(consoleSettings().brokerControl)
}

/** A broker that died is back within about a second; this much longer and somebody should be told. */
const triesMax = 8
const pauseMs = 500

/** Asks again while the broker is being restarted. For calls that may be carried out twice. */
export async function whenReachable<Value>(
  call: () => Promise<ControlAnswer<Value>>,
): Promise<ControlAnswer<Value>> {
  for (let tries = 1; ; tries++) {
    const answer = await call()
    if (answer.ok || answer.code !== 'UNREACHABLE' || tries === triesMax) return answer
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
