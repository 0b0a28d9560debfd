// Composition root: starts every part in order, and stops them in reverse.
//
// Bundled to dist/boot.mjs; `npm start` and `npm run dev` both end here. Nothing in this file
// decides anything about Kafka or about a page.

import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ownAddress, publicAddresses, readyLine } from './lib/boot/addresses.ts'
import { superviseBroker, superviseServices } from './lib/boot/children.ts'
import { prepareConnectors } from './lib/boot/connectors.ts'
import { serveConsole } from './lib/boot/console.ts'
import { prepareConsoleData } from './lib/boot/console-data.ts'
import { loadSecrets, prepareDataFolder } from './lib/boot/data-folder.ts'
import { readEnvironment } from './lib/boot/environment.ts'
import { allowedHosts } from './lib/boot/hosts.ts'
import { listen } from './lib/boot/listen.ts'
import { lockDataFolder } from './lib/boot/lock.ts'
import { readPreset } from './lib/boot/preset.ts'
import { everythingAnswers } from './lib/boot/ready.ts'
import { removeRuntimeFile, writeRuntimeFile } from './lib/boot/runtime-file.ts'
import { createShutdown } from './lib/boot/shutdown.ts'
import type { Started } from './lib/boot/started.ts'
import { consoleVariables } from './lib/env.ts'
import { requiredAuthority } from './lib/kafka/required-authority.ts'
import { createRestListener } from './lib/kafka-rest/listener.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
// Migrations, `tributary.json` and a relative DATA_DIR are looked for here, wherever we are started.
process.chdir(root)
const dev = process.env.NODE_ENV === 'development'
// React and Next ask for it, in whatever way we were started.
Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production' })
const shutdown = createShutdown()

// A terminal's Ctrl-C may come twice, `kill` beside it, and the window may close: one stop.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0))
// A promise that a page forgot must not take Kafka down with it.
process.on('unhandledRejection', (error) => console.error('A promise was forgotten:', error))

const environment = await need(readEnvironment(process.env))
const { dataDir, host, advertisedHost } = environment
const preset = await need(readPreset(environment.preset))
await need(prepareDataFolder(dataDir))
const lock = await need(await lockDataFolder(dataDir))
shutdown.onStop('the lock on the data folder', 100, () => lock.release())
const secrets = await need(loadSecrets(dataDir))

const controlToken = randomBytes(32).toString('hex')
const around = {
  environment,
  presetPath: preset?.path ?? null,
  secrets,
  controlToken,
  bundles: `${root}/dist`,
  onLost: (reason: string) => void end(1, reason),
}
const broker = await need(await superviseBroker(around))
shutdown.onStop('the broker', 4000, () => broker.stop(3800))
// While they start, the console's data is brought up to date.
const servicesStarting = superviseServices(around, broker.ready)
const brokerControl = { url: broker.ready.controlUrl, token: controlToken }
await need(await prepareConsoleData({ dataDir, brokerControl, preset }))
const services = await need(await servicesStarting)
shutdown.onStop('the services', 600, () => services.stop(500))
const servicesControl = { url: services.ready.controlUrl, token: controlToken }
await need(await prepareConnectors({ brokerControl, servicesControl, preset }))

const listening = await need(await listen(environment.port, host))
const addresses = publicAddresses(environment, {
  console: listening.port,
  kafka: broker.ready.ports[0],
})
const settings = {
  dataDir,
  ...secrets,
  ...addresses,
  brokerControl,
  servicesControl,
  kafkaPorts: broker.ready.ports,
  securityProtocols: environment.securityProtocols,
  reach: {
    host: environment.host,
    advertisedHost: environment.advertisedHost,
    tlsNames: environment.tlsNames,
  },
  signUpOpen: environment.signUpOpen,
}
Object.assign(process.env, consoleVariables(settings))

const web = await serveConsole({
  listening,
  rest: createRestListener({
    bootstrap: broker.ready.ports.map((port) => ({ host: '127.0.0.1', port })),
    isOwnBroker: true,
    ...requiredAuthority(settings),
  }),
  root,
  gate: { hosts: allowedHosts([host, advertisedHost]), dev },
})
shutdown.onStop('the console', 400, () => web.stop())
await need(await everythingAnswers(settings, ownAddress(host, listening.port)))

writeRuntimeFile(dataDir, {
  pid: process.pid,
  consoleUrl: addresses.consoleUrl,
  kafkaPorts: broker.ready.ports,
  control: {
    token: controlToken,
    broker: broker.ready.controlUrl,
    services: services.ready.controlUrl,
  },
})
shutdown.onStop('runtime.json', 100, () => removeRuntimeFile(dataDir))
console.log(readyLine(environment, addresses))

/** The value of a step of the start; where there is none, the program ends with its sentence. */
async function need<T>(step: Started<T>): Promise<T> {
  return step.ok ? step.value : end(1, step.reason)
}

async function end(code: number, reason?: string): Promise<never> {
  if (reason !== undefined) console.error(reason)
  await shutdown.run()
  process.exit(code)
}
