import { Topic } from '../cluster/topic.ts'
import type { TopicTarget } from '../cluster/topics.ts'
import { type Refusal, refuse } from '../errors.ts'
import { DeleteTopics } from '../protocol/messages/delete-topics.ts'
import { type RequestOf, ZERO_UUID } from '../protocol/schema.ts'
import { handler } from './handler.ts'
import { NO_REFUSAL, refusalFields } from './refusal-fields.ts'
import { splitRepeated } from './repeated.ts'

/** Deletes topics by name, or from version 6 on by id, in one commit. */
export const deleteTopics = handler(DeleteTopics, async ({ tenant }, request) => {
  const asked = askedTopics(request)
  const answers: ReturnType<typeof answer>[] = []
  const targets: { readonly asked: AskedTopic; readonly target: TopicTarget }[] = []
  const { once, repeated } = splitRepeated(asked, ({ name, topicId }) => name ?? topicId)
  for (const topic of once) {
    const target = targetOf(topic)
    if ('error' in target) answers.push(answer(topic, target))
    else targets.push({ asked: topic, target })
  }
  const results = await tenant.topics.delete(targets.map(({ target }) => target))
  for (const [i, result] of results.entries()) {
    const target = targets[i]
    if (target !== undefined) answers.push(answer(target.asked, result))
  }
  for (const topic of asked.filter(({ name, topicId }) => repeated.includes(name ?? topicId))) {
    answers.push(answer(topic, refuse('INVALID_REQUEST', 'Duplicate topic name or topic id.')))
  }
  return { responses: answers }
})

type DeleteRequest = RequestOf<typeof DeleteTopics>
type AskedTopic = DeleteRequest['topics'][number]

function askedTopics(request: DeleteRequest): readonly AskedTopic[] {
  return [...request.topics, ...request.topicNames.map((name) => ({ name, topicId: ZERO_UUID }))]
}

function targetOf({ name, topicId }: AskedTopic): TopicTarget | Refusal {
  if (name !== null && topicId !== ZERO_UUID) {
    return refuse('INVALID_REQUEST', 'You may not specify both topic name and topic id.')
  }
  if (topicId !== ZERO_UUID) return { id: topicId }
  return name === null
    ? refuse('INVALID_REQUEST', 'Neither topic name nor id were specified.')
    : { name }
}

function answer({ name, topicId }: AskedTopic, result: Topic | Refusal) {
  return result instanceof Topic
    ? { name: result.name, topicId: result.id, ...NO_REFUSAL }
    : { name, topicId, ...refusalFields(result) }
}
