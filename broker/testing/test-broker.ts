import { connect, type Socket } from 'node:net'
import { type BrokerOptions, type RunningBroker, startBroker } from '../index.ts'
import { createClient, type KafkaClient } from '../protocol/client.ts'
import { presetClusterId } from '../rules/ids.ts'
import type { BrokerClusterInput } from '../rules/preset.ts'

/** A cluster of the test broker: its id, and an API key that signs in to it. */
export interface TestCluster {
  readonly id: string
  readonly key: string
  readonly secret: string
}

export interface TestBroker extends RunningBroker {
  /** `first` and `second`: two tenants, so that every test can ask as a stranger. */
  readonly first: TestCluster
  readonly second: TestCluster
  /** Every line that the broker logged, oldest first. */
  readonly logLines: readonly string[]
  /** Resolves with the first line, past or to come, that the pattern matches. */
  logged(pattern: RegExp): Promise<string>
  /** A connected socket that says nothing by itself. `node` is 1, 2 or 3. */
  dial(node?: number): Promise<Socket>
  /** A client that has signed in, to `first` where no cluster is named. */
  connect(options?: {
    readonly cluster?: TestCluster
    readonly node?: number
  }): Promise<KafkaClient>
}

const FIRST = { key: 'FIRSTKEY2345ABCD', secret: 'first-secret' }
const SECOND = { key: 'SECONDKEY234ABCD', secret: 'second-secret' }

/**
 * A whole broker in this process, on free ports, in memory, with two tenants. `clusters` replaces
 * what the tenants have besides their keys.
 */
export async function startTestBroker(
  options: Omit<BrokerOptions, 'log' | 'clusters'> & {
    readonly first?: Partial<BrokerClusterInput>
    readonly second?: Partial<BrokerClusterInput>
  } = {},
): Promise<TestBroker> {
  const { first = {}, second = {}, ...brokerOptions } = options
  const logLines: string[] = []
  const waiting = new Set<(line: string) => void>()
  const broker = await startBroker({
    ...brokerOptions,
    clusters: [
      { name: 'first', apiKeys: [FIRST], ...first },
      { name: 'second', apiKeys: [SECOND], ...second },
    ],
    log(line) {
      logLines.push(line)
      for (const see of waiting) see(line)
    },
  })
  const own = { ...FIRST, id: presetClusterId('default', 'first') }

  function dial(node = 1): Promise<Socket> {
    const port = broker.ports[node - 1]
    if (port === undefined) throw new Error(`There is no node ${node}.`)
    return dialPort(port)
  }

  return {
    ...broker,
    first: own,
    second: { ...SECOND, id: presetClusterId('default', 'second') },
    logLines,
    logged(pattern) {
      const known = logLines.find((line) => pattern.test(line))
      if (known !== undefined) return Promise.resolve(known)
      return new Promise((resolve) => {
        const see = (line: string) => {
          if (!pattern.test(line)) return
          waiting.delete(see)
          resolve(line)
        }
        waiting.add(see)
      })
    },
    dial,
    async connect({ cluster = own, node = 1 } = {}) {
      const client = createClient(await dial(node), { clientId: 'test' })
      await client.authenticate(cluster.key, cluster.secret)
      return client
    },
  }
}

/** A TCP connection to a port of this machine. */
export function dialPort(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true })
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.removeListener('error', reject)
      // What happens to it afterwards is what tests look at: 'close' follows.
      socket.on('error', () => {})
      resolve(socket)
    })
  })
}
