import { z } from 'zod'
import { createPartitions, createTopic, deleteTopic } from '../kafka/topic-changes.ts'
import { type ReadTopic, readTopics } from '../kafka/topic-metadata.ts'
import type { Answer, RestCall, Route } from './calls.ts'
import { readJson } from './json-body.ts'
import { list, related, resource } from './resources.ts'

export const topicRoutes: readonly Route[] = [
  { method: 'GET', path: '/topics', handle: listTopics },
  { method: 'POST', path: '/topics', handle: create },
  { method: 'GET', path: '/topics/:topic', handle: getTopic },
  { method: 'PATCH', path: '/topics/:topic', handle: changePartitionCount },
  { method: 'DELETE', path: '/topics/:topic', handle: remove },
]

async function listTopics(call: RestCall): Promise<Answer> {
  const topics = await readTopics(call.nodes, null)
  const data = topics.map((topic) => topicResource(call, factsOf(topic)))
  return { json: list(call, 'KafkaTopic', data) }
}

async function getTopic(call: RestCall): Promise<Answer> {
  return { json: await readTopicResource(call, call.param('topic')) }
}

const topicToCreate = z.strictObject({
  topic_name: z.string(),
  partitions_count: z.int32().nullish(),
  replication_factor: z.int32().nullish(),
  configs: z.array(z.strictObject({ name: z.string(), value: z.string().nullish() })).nullish(),
  validate_only: z.boolean().nullish(),
})

async function create(call: RestCall): Promise<Answer> {
  const body = await readJson(call, topicToCreate)
  if ('error' in body) return body
  const { topic_name: name, configs, validate_only: validateOnly } = body.value
  const made = await createTopic(call.nodes, {
    name,
    partitionCount: body.value.partitions_count ?? null,
    replicaCount: body.value.replication_factor ?? null,
    configs: (configs ?? []).map((config) => ({ name: config.name, value: config.value ?? null })),
    validateOnly: validateOnly ?? false,
  })
  const created = topicResource(call, { name, isInternal: false, ...made })
  if (validateOnly === true) return { json: created }
  return call.context.json(created, 201, { Location: created.metadata.self })
}

const partitionCount = z.strictObject({ partitions_count: z.int32() })

/** There is no way to have fewer. */
async function changePartitionCount(call: RestCall): Promise<Answer> {
  const body = await readJson(call, partitionCount)
  if ('error' in body) return body
  const name = call.param('topic')
  await createPartitions(call.nodes, name, body.value.partitions_count)
  return { json: await readTopicResource(call, name) }
}

async function remove(call: RestCall): Promise<Answer> {
  await deleteTopic(call.nodes, call.param('topic'))
  return call.context.body(null, 204)
}

async function readTopicResource(call: RestCall, name: string) {
  const [topic] = await readTopics(call.nodes, name)
  // Metadata answers for every topic that it was asked for.
  if (topic === undefined) throw new Error(`Nothing was said about the topic ${name}.`)
  return topicResource(call, factsOf(topic))
}

interface TopicFacts {
  readonly name: string
  readonly isInternal: boolean
  readonly partitionCount: number
  readonly replicaCount: number
}

function factsOf({ name, isInternal, partitionCount, partitions }: ReadTopic): TopicFacts {
  return { name, isInternal, partitionCount, replicaCount: partitions[0]?.replicas.length ?? 0 }
}

function topicResource(call: RestCall, topic: TopicFacts) {
  const place = ['topics', topic.name]
  return {
    ...resource(call, { kind: 'KafkaTopic', place, crn: [['topic', topic.name]] }),
    topic_name: topic.name,
    is_internal: topic.isInternal,
    replication_factor: topic.replicaCount,
    partitions_count: topic.partitionCount,
    partitions: related(call, [...place, 'partitions']),
    configs: related(call, [...place, 'configs']),
    partition_reassignments: related(call, [...place, 'partitions', '-', 'reassignment']),
  }
}
