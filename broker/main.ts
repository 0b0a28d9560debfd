/**
 * The broker as a process of its own: a child of boot, where there is an IPC channel, or
 * `npm run broker`, where there is none.
 *
 * A child says `ready` or `failed` to its parent, ends when the parent is gone, and leaves Ctrl-C to
 * it (the terminal sends SIGINT to the whole group). Both end on SIGTERM, with everything that was
 * acknowledged stored; asking twice changes nothing.
 */
import { takeDataFolderLock } from '../prisma/adapter/data-folder-lock.ts'
import { type BrokerEnvironment, isLoopbackHost, readEnvironment } from './environment.ts'
import {
  loadInternalKey,
  newControlToken,
  removeRuntimeFile,
  writeRuntimeFile,
} from './headless.ts'
import { BrokerStartError, type RunningBroker, startBroker } from './index.ts'
import { readPreset } from './read-preset.ts'

const isChild = process.send !== undefined

/** The broker ends itself after this, whatever hangs; boot waits a little longer. */
const STOP_MS = 4000

/** A child waits this long for the locks of the process that it replaces. */
const PREDECESSOR_MS = 10_000

const stopping = new AbortController()
process.on('SIGTERM', () => stopping.abort())
process.on('SIGINT', () => {
  if (!isChild) stopping.abort()
})
process.on('disconnect', () => stopping.abort())

run().catch((error: unknown) => {
  const reason = error instanceof BrokerStartError ? error.message : describe(error)
  if (process.send === undefined) {
    console.error(reason)
    process.exit(1)
  }
  process.send({ type: 'failed', reason }, () => process.exit(1))
})

async function run(): Promise<void> {
  const parsed = readEnvironment(process.env)
  if (!parsed.ok) {
    throw new BrokerStartError(parsed.reason)
  }
  const { environment } = parsed
  const locks = await lockDataFolder(environment.dataDir)
  const clusters = await readPreset(environment.preset, { skipsBeyondBroker: !isChild })
  const token = environment.controlToken ?? newControlToken()
  let isLost = false
  const broker = await startBroker({
    ...optionsOf(environment),
    clusters,
    control: { port: environment.controlPort, token },
    onFatal(reason) {
      console.error(`The broker cannot go on: ${reason}`)
      isLost = true
      stopping.abort()
    },
  })
  announce(broker, environment, token)
  await untilStopped()
  if (!isChild) {
    removeRuntimeFile(environment.dataDir)
  }
  await stop(broker)
  for (const lock of locks) lock.release()
  process.exit(isLost ? 1 : 0)
}

function optionsOf(environment: BrokerEnvironment) {
  const { dataDir, host, ports, advertisedHost, synchronous, maxKafkaVersion } = environment
  const { securityProtocols, tlsNames, consolePort, upkeepTimes } = environment
  return {
    ports,
    securityProtocols,
    tlsNames,
    upkeepTimes,
    storage: { dataDir, synchronous },
    internalKey: environment.internalKey ?? loadInternalKey(dataDir),
    reservedPorts: consolePort === null ? [] : [consolePort],
    ...(host === null ? {} : { host }),
    ...(advertisedHost === null ? {} : { advertisedHost }),
    ...(maxKafkaVersion === null ? {} : { maxKafkaVersion }),
  }
}

/** Boot holds its own lock already; without it, nobody may be using the folder at all. */
async function lockDataFolder(dataDir: string) {
  const names = isChild ? (['broker'] as const) : (['boot', 'broker'] as const)
  const waitMs = isChild ? PREDECESSOR_MS : 0
  const locks = []
  for (const name of names) {
    const taken = await takeDataFolderLock({ dataDir, name, waitMs })
    if (!taken.ok) {
      const holder = taken.holderPid === null ? 'another process' : `process ${taken.holderPid}`
      throw new BrokerStartError(
        `The data folder ${dataDir} is in use by ${holder}: stop it, or set DATA_DIR to another folder.`,
      )
    }
    locks.push(taken.lock)
  }
  return locks
}

function announce(broker: RunningBroker, environment: BrokerEnvironment, token: string): void {
  const { ports, controlUrl, startId, bootstrapServers } = broker
  if (process.send !== undefined) {
    // A parent that went away meanwhile hears nothing; the broker stops as soon as it waits.
    if (process.connected) process.send({ type: 'ready', ports, controlUrl, startId })
    return
  }
  const { dataDir, host, securityProtocols } = environment
  writeRuntimeFile(dataDir, { ports, controlUrl: controlUrl ?? '', token })
  const isOpen = host !== null && !isLoopbackHost(host)
  const safety = securityProtocols.includes('SASL_PLAINTEXT') ? 'unencrypted' : 'by TLS only'
  const warning = isOpen ? ` · other machines reach it at HOST=${host}, ${safety}` : ''
  console.log(`Tributary's broker is ready: Kafka ${bootstrapServers}${warning}`)
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    if (stopping.signal.aborted) resolve()
    stopping.signal.addEventListener('abort', () => resolve())
  })
}

async function stop(broker: RunningBroker): Promise<void> {
  const giveUp = setTimeout(() => {
    console.error(`The broker did not stop within ${STOP_MS / 1000} s; it ends now.`)
    process.exit(1)
  }, STOP_MS)
  await broker.close()
  clearTimeout(giveUp)
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
