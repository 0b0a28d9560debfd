import { type ConnectControl, createConnectControl } from './control/connect.ts'
import { consoleSettings } from './env.ts'

/** Connectors, at the address of the services that boot told us. */
export function connectControl(): ConnectControl {
  return createConnectControl(consoleSettings().servicesControl)
}
