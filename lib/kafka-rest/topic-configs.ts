import {
  type ConfigResource,
  type DescribedConfig,
  describeConfigs,
} from '../kafka/topic-configs.ts'
import { readTopics } from '../kafka/topic-metadata.ts'
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

export const topicConfigRoutes: readonly Route[] = [
  { method: 'GET', path: '/topics/-/configs', handle: listAll },
  { method: 'GET', path: '/topics/:topic/configs', handle: listOfTopic },
  {
    method: 'POST',
    // A colon inside a segment would begin a parameter.
    path: '/topics/:topic/:action{configs:alter}',
    handle: (call) => alterManyConfigs(call, asked(call)),
  },
  { method: 'GET', path: '/topics/:topic/configs/:name', handle: getOne },
  {
    method: 'PUT',
    path: '/topics/:topic/configs/:name',
    handle: (call) => putConfig(call, asked(call)),
  },
  {
    method: 'DELETE',
    path: '/topics/:topic/configs/:name',
    handle: (call) => deleteConfig(call, asked(call)),
  },
  { method: 'GET', path: '/topics/:topic/default-configs', handle: listDefaults },
]

function asked(call: RestCall): ConfigResource {
  return { type: 'topic', name: call.param('topic') }
}

async function listOfTopic(call: RestCall): Promise<Answer> {
  const topic = call.param('topic')
  const configs = await readConfigs(call, asked(call))
  const data = configs.map((config) => configResource(call, topic, config))
  return { json: list(call, 'KafkaTopicConfig', data) }
}

async function listAll(call: RestCall): Promise<Answer> {
  const topics = await readTopics(call.nodes, null)
  const resources = topics.map(({ name }) => ({ type: 'topic' as const, name }))
  const byTopic = resources.length === 0 ? new Map() : await describeConfigs(call.nodes, resources)
  const data = [...byTopic].flatMap(([topic, configs]: [string, readonly DescribedConfig[]]) =>
    configs.map((config) => configResource(call, topic, config)),
  )
  return { json: list(call, 'KafkaTopicConfig', data) }
}

async function getOne(call: RestCall): Promise<Answer> {
  const found = await readConfig(call, asked(call))
  if ('error' in found) return found
  return { json: configResource(call, call.param('topic'), found.config) }
}

/** What would hold if the topic set nothing. */
async function listDefaults(call: RestCall): Promise<Answer> {
  const topic = call.param('topic')
  const configs = await readConfigs(call, asked(call))
  const data = configs.map((config) => configResource(call, topic, inherited(config)))
  return { json: list(call, 'KafkaTopicConfig', data) }
}

const setOnTopic = 1

function inherited(config: DescribedConfig): DescribedConfig {
  const synonyms = config.synonyms.filter(({ source }) => source !== setOnTopic)
  const [first] = synonyms
  return first === undefined
    ? { ...config, synonyms }
    : { ...config, value: first.value, configSource: first.source, synonyms }
}

function configResource(call: RestCall, topic: string, config: DescribedConfig) {
  return {
    ...resource(call, {
      kind: 'KafkaTopicConfig',
      place: ['topics', topic, 'configs', config.name],
      crn: [
        ['topic', topic],
        ['config', config.name],
      ],
    }),
    topic_name: topic,
    ...configFields(config),
  }
}
