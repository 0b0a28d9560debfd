import { createBrokerControl } from '../control/broker.ts'
import { createServicesControl } from '../control/services.ts'
import type { ConsoleSettings } from '../env.ts'
import { refused, type Started, started } from './started.ts'

/** Asks every part once, as its users will, before anybody is told that it is ready. */
export async function everythingAnswers(
  settings: Pick<ConsoleSettings, 'brokerControl' | 'servicesControl'>,
  consoleUrl: string,
): Promise<Started<void>> {
  const [broker, services, page] = await Promise.all([
    createBrokerControl(settings.brokerControl).status(),
    createServicesControl(settings.servicesControl).status(),
    fetch(`${consoleUrl}/api/health`).then(
      async (response) => ({ status: response.status, text: await response.text() }),
      (error: unknown) => ({ status: 0, text: String(error) }),
    ),
  ])
  if (!broker.ok) return refused(`The broker does not answer: ${broker.message}`)
  if (!services.ok) return refused(`The services do not answer: ${services.message}`)
  if (page.status !== 200) {
    return refused(`The console does not answer (${page.status}): ${page.text.slice(0, 200)}`)
  }
  return started(undefined)
}
