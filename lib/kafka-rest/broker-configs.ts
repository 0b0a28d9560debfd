import type { ConfigResource, DescribedConfig } from '../kafka/topic-configs.ts'
import { askedBroker, unknownBroker } from './brokers.ts'
import type { Answer, RestCall, Route } from './calls.ts'
import {
  alterManyConfigs,
  configFields,
  deleteConfig,
  putConfig,
  readConfig,
  readConfigs,
} from './configs.ts'
import { list, resource } from './resources.ts'

/** Configs of all brokers together and of each: every change is the broker's to refuse. */
export const brokerConfigRoutes: readonly Route[] = [
  { method: 'GET', path: '/broker-configs', handle: listOfAll },
  {
    method: 'POST',
    path: '/:action{broker-configs:alter}',
    handle: (call) => alterManyConfigs(call, ofAll),
  },
  { method: 'GET', path: '/broker-configs/:name', handle: getOfAll },
  { method: 'PUT', path: '/broker-configs/:name', handle: (call) => putConfig(call, ofAll) },
  { method: 'DELETE', path: '/broker-configs/:name', handle: (call) => deleteConfig(call, ofAll) },
  { method: 'GET', path: '/brokers/-/configs', handle: listOfEach },
  { method: 'GET', path: '/brokers/:broker/configs', handle: listOfOne },
  { method: 'GET', path: '/brokers/:broker/configs/:name', handle: getOfOne },
]

/** Kafka's empty name stands for the default of every broker. */
const ofAll: ConfigResource = { type: 'broker', name: '' }

async function listOfAll(call: RestCall): Promise<Answer> {
  const configs = await readConfigs(call, ofAll)
  const data = configs.map((config) => clusterConfigResource(call, config))
  return { json: list(call, 'KafkaClusterConfig', data) }
}

async function getOfAll(call: RestCall): Promise<Answer> {
  const found = await readConfig(call, ofAll)
  return 'error' in found ? found : { json: clusterConfigResource(call, found.config) }
}

async function listOfEach(call: RestCall): Promise<Answer> {
  const data = []
  for (const { nodeId } of call.cluster.brokers) {
    const configs = await readConfigs(call, { type: 'broker', name: `${nodeId}` })
    data.push(...configs.map((config) => brokerConfigResource(call, nodeId, config)))
  }
  return { json: list(call, 'KafkaBrokerConfig', data) }
}

async function listOfOne(call: RestCall): Promise<Answer> {
  const broker = askedBroker(call)
  if (broker === undefined) return unknownBroker(call)
  const configs = await readConfigs(call, { type: 'broker', name: `${broker.nodeId}` })
  const data = configs.map((config) => brokerConfigResource(call, broker.nodeId, config))
  return { json: list(call, 'KafkaBrokerConfig', data) }
}

async function getOfOne(call: RestCall): Promise<Answer> {
  const broker = askedBroker(call)
  if (broker === undefined) return unknownBroker(call)
  const found = await readConfig(call, { type: 'broker', name: `${broker.nodeId}` })
  if ('error' in found) return found
  return { json: brokerConfigResource(call, broker.nodeId, found.config) }
}

function clusterConfigResource(call: RestCall, config: DescribedConfig) {
  return {
    ...resource(call, {
      kind: 'KafkaClusterConfig',
      place: ['broker-configs', config.name],
      crn: [['broker-config', config.name]],
    }),
    config_type: 'BROKER',
    ...configFields(config),
  }
}

function brokerConfigResource(call: RestCall, broker: number, config: DescribedConfig) {
  return {
    ...resource(call, {
      kind: 'KafkaBrokerConfig',
      place: ['brokers', `${broker}`, 'configs', config.name],
      crn: [
        ['broker', broker],
        ['config', config.name],
      ],
    }),
    broker_id: broker,
    ...configFields(config),
  }
}
