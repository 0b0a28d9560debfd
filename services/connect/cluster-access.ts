import type { ConfigError } from '../../broker/rules/connect.ts'
import { type ClusterLimits, type ClusterType, limitsOf } from '../../broker/rules/limits.ts'
import type { BrokerControl } from '../../lib/control/broker.ts'
import type { NodeAddress } from '../../lib/kafka/cluster-address.ts'
import { asKafkaFailure, type KafkaFailure } from '../../lib/kafka/failure.ts'
import { createRecordWriter, isPassing, type RecordWriter } from '../../lib/kafka/record-writer.ts'
import { accessProblemOf, failureReason } from './failure-reason.ts'
import { done, type Outcome, refuse } from './outcome.ts'
import type { ConfigMap } from './plugin.ts'

/** What the runtime knows of clusters: the Kafka protocol with a connector's key, and limits. */
export interface ClusterAccess {
  /** Where clients reach the cluster, as a config tells it. */
  readonly endpoint: string
  readCluster(clusterId: string): Promise<Outcome<ClusterFacts>>
  writerOf(config: ConfigMap, clientId: string): RecordWriter
  /** Signs in with the config's key and looks for its topic: what is wrong, beside its setting. */
  check(config: ConfigMap, clusterId: string): Promise<readonly ConfigError[]>
  explain(failure: KafkaFailure, config: ConfigMap, clusterId: string): Promise<string>
}

export interface ClusterFacts {
  readonly type: ClusterType
  readonly limits: ClusterLimits
}

export function createClusterAccess({
  control,
  bootstrap,
  authority,
}: {
  readonly control: Pick<BrokerControl, 'tenants' | 'keys'>
  readonly bootstrap: readonly NodeAddress[]
  /** Where keys may sign in by TLS alone. */
  readonly authority?: string
}): ClusterAccess {
  const writerOf = (config: ConfigMap, clientId: string) =>
    createRecordWriter(
      {
        bootstrap,
        isOwnBroker: true,
        username: config['kafka.api.key'] ?? '',
        password: config['kafka.api.secret'] ?? '',
        clientId,
        ...(authority !== undefined && { authority }),
      },
      config['kafka.topic'] ?? '',
    )

  function access(failure: KafkaFailure, config: ConfigMap, clusterId: string) {
    const apiKey = config['kafka.api.key'] ?? ''
    return {
      failure,
      apiKey,
      topic: config['kafka.topic'] ?? '',
      async keyExists() {
        const keys = await control.keys(clusterId)
        return keys.ok ? keys.value.some(({ key }) => key === apiKey) : null
      },
    }
  }

  return {
    endpoint: `${authority === undefined ? 'SASL_PLAINTEXT' : 'SASL_SSL'}://localhost:${bootstrap[0]?.port ?? 0}`,
    writerOf,
    async readCluster(clusterId) {
      const tenants = await control.tenants()
      if (!tenants.ok) return refuse(503, 'The broker does not answer: try again in a moment.')
      const tenant = tenants.value.find(({ id }) => id === clusterId)
      if (tenant === undefined) return refuse(404, `There is no cluster ${clusterId}.`)
      return done({ type: tenant.type, limits: limitsOf(tenant.type, tenant.limits) })
    },
    async check(config, clusterId) {
      const writer = writerOf(config, 'connector-check')
      try {
        await writer.open()
        return []
      } catch (error) {
        const failure = asKafkaFailure(error)
        if (failure === null) throw error
        // Nothing is known to be wrong with the config while the broker is away.
        if (isPassing(failure)) return []
        const problem = await accessProblemOf(access(failure, config, clusterId))
        const { setting, fact, wayOn } = problem ?? {
          setting: 'kafka.api.key' as const,
          fact: `Kafka refuses with ${failure.code}`,
          wayOn: failure.message,
        }
        return [{ name: setting, message: `${fact}: ${wayOn}.` }]
      } finally {
        writer.close()
      }
    },
    explain: (failure, config, clusterId) => failureReason(access(failure, config, clusterId)),
  }
}
