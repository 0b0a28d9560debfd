import type { TopicRequest } from '../cluster/topic-request.ts'
import type { CreatedTopic } from '../cluster/topics.ts'
import { isRefusal, type Refusal, refuse } from '../errors.ts'
import { CreateTopics } from '../protocol/messages/create-topics.ts'
import { type RequestOf, ZERO_UUID } from '../protocol/schema.ts'
import { topicConfigEntries } from '../rules/topic-configs.ts'
import { configSourceCodes } from './config-codes.ts'
import { handler } from './handler.ts'
import { throughOpenListener } from './open-listener.ts'
import { NO_REFUSAL, refusalFields } from './refusal-fields.ts'
import { splitRepeated } from './repeated.ts'

/** Creates topics, all in one commit, or only checks whether they could be. */
export const createTopics = handler(CreateTopics, async (context, request) => {
  const { once, repeated } = splitRepeated(request.topics, ({ name }) => name)
  const { tenant, connection, openListener } = context
  const nodeIds = connection.nodes.map(({ nodeId }) => nodeId)
  const results = await tenant.topics.create(
    once.map((asked) => throughOpenListener(openListener, topicRequest(asked))),
    { validateOnly: request.validateOnly, nodeIds },
  )
  return {
    topics: [
      ...once.map(({ name }, i) => answer(name, results[i] ?? NOT_ANSWERED, nodeIds.length)),
      ...repeated.map(({ name }) =>
        answer(name, refuse('INVALID_REQUEST', 'Duplicate topic name.'), nodeIds.length),
      ),
    ],
  }
})

type AskedTopic = RequestOf<typeof CreateTopics>['topics'][number]

/** Cannot happen: there is a result for every request. */
const NOT_ANSWERED = refuse('REQUEST_TIMED_OUT')

function topicRequest(asked: AskedTopic): TopicRequest {
  return {
    name: asked.name,
    partitionCount: asked.numPartitions,
    replicationFactor: asked.replicationFactor,
    assignments: asked.assignments.map(({ partitionIndex, brokerIds }) => ({
      partition: partitionIndex,
      nodeIds: brokerIds,
    })),
    config: Object.fromEntries(asked.configs.map(({ name, value }) => [name, value])),
  }
}

function answer(name: string, result: CreatedTopic | Refusal, nodes: number) {
  if (isRefusal(result)) {
    return { name, topicId: ZERO_UUID, ...refusalFields(result), configs: null }
  }
  return {
    name,
    topicId: result.topic?.id ?? ZERO_UUID,
    ...NO_REFUSAL,
    numPartitions: result.partitionCount,
    replicationFactor: result.replicationFactor,
    configs: topicConfigEntries(result.config, nodes).map(({ rule, value, source }) => ({
      name: rule.name,
      value,
      readOnly: !rule.editable,
      configSource: configSourceCodes[source],
      isSensitive: false,
    })),
  }
}
