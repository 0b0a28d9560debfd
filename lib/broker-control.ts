import { type BrokerControl, createBrokerControl } from './control/broker.ts'
import { consoleSettings } from './env.ts'

/** The broker's control interface, at the address that boot told us. */
export function brokerControl(): BrokerControl {
  return createBrokerControl(consoleSettings().brokerControl)
}
