// Runs what Confluent runs beside Kafka, as one child process of boot.
//
// Boot forks it with an IPC channel and hears `ready` or `failed` over that. The process ends on
// SIGTERM and when the channel closes, which is what happens when boot is killed; SIGINT is boot's
// to act on, because a terminal sends it to the whole group.

import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { systemClock } from '../broker/clock.ts'
import { createBrokerControl } from '../lib/control/broker.ts'
import { internalAddress } from '../lib/kafka/credentials.ts'
import { createGroupLagReader } from '../lib/kafka/group-lags.ts'
import { takeDataFolderLock } from '../prisma/adapter/data-folder-lock.ts'
import { startConnect } from './connect/start.ts'
import { serveControl } from './control.ts'
import { openServicesDb, type ServicesDb } from './database.ts'
import { readServicesEnvironment } from './environment.ts'
import { startMetrics } from './metrics/metrics.ts'
import { searchRoutes } from './search/routes.ts'

/** As long as a predecessor that is being killed may take to let go of the folder. */
const predecessorMs = 10_000
/** What storing the last of the metrics may take; a disk that has stalled must not hold up the end. */
const storeMs = 1000

process.on('SIGINT', () => {})
// One write that fails where nobody waits for it, on a full disk perhaps, must not end everything.
process.on('unhandledRejection', (error) => console.error('A promise was forgotten:', error))
const reason = await run()
if (reason !== undefined) tell({ type: 'failed', reason }, () => process.exit(1))

/** Starts everything; resolves with why that cannot be, in a sentence. */
async function run(): Promise<string | undefined> {
  const environment = readServicesEnvironment(process.env)
  if (!environment.ok) return environment.reason
  const { dataDir, controlPort, controlToken, brokerControlUrl } = environment.value
  const taken = await takeDataFolderLock({ dataDir, name: 'services', waitMs: predecessorMs })
  if (!taken.ok) {
    return `Another process (${taken.holderPid ?? 'unknown'}) runs the services of ${dataDir}.`
  }
  const address = environment.value
  const startId = randomUUID()
  const startedMs = Date.now()
  const broker = createBrokerControl({ url: brokerControlUrl, token: controlToken })
  let db: ServicesDb
  try {
    db = openServicesDb(dataDir)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  const connect = await startConnect({ ...environment.value, db, broker, clock: systemClock })
  const metrics = await startMetrics({
    db,
    readCounters: broker.counters,
    readConnectors: connect.readCounters,
    lagReader: createGroupLagReader((clusterId) => internalAddress(clusterId, address)),
    clock: systemClock,
  })
  const control = await serveControl({
    port: controlPort,
    token: controlToken,
    status: () => ({ startId, startedMs, pid: process.pid }),
    routes: {
      '/connect/v1': connect.routes,
      '/v1/metrics': metrics.routes,
      '/v1/search': searchRoutes((clusterId) => internalAddress(clusterId, address)),
    },
  })
  if (!control.ok) return control.reason

  // Safe to run twice: the channel closes when boot ends, which may follow its SIGTERM.
  const stop = async () => {
    control.value.stop()
    await Promise.race([Promise.all([connect.stop(), metrics.stop()]), delay(storeMs)])
    taken.lock.release()
    process.exit(0)
  }
  process.once('SIGTERM', stop)
  process.once('disconnect', stop)
  tell({ type: 'ready', controlUrl: control.value.url, startId })
  return undefined
}

type Message =
  | { type: 'ready'; controlUrl: string; startId: string }
  | { type: 'failed'; reason: string }

function tell(message: Message, then = () => {}): void {
  if (process.send !== undefined) {
    process.send(message, then)
    return
  }
  console.log(
    message.type === 'failed' ? message.reason : `Services answer at ${message.controlUrl}`,
  )
  then()
}
