import { createServicesControl, type ServicesControl } from './control/services.ts'
import { consoleSettings } from './env.ts'

/** The services' control interface, at the address that boot told us. */
export function servicesControl(): ServicesControl {
  return createServicesControl(consoleSettings().servicesControl)
}
