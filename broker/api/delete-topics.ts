import { Topic } from '../cluster/topic.ts'
import type { Topics } from '../cluster/topics.ts'
import { type Refusal, refuse } from '../errors.ts'
import { DeleteTopics } from '../protocol/messages/delete-topics.ts'
import { type RequestOf, ZERO_UUID } from '../protocol/schema.ts'
import { handler } from './handler.ts'
import { NO_REFUSAL, refusalFields } from './refusal-fields.ts'
import { firstOfEach, splitRepeated } from './repeated.ts'

/** Deletes topics by name, or from version 6 on by id, in one commit. */
export const deleteTopics = handler(DeleteTopics, async ({ tenant: { topics } }, request) => {
  const asked = askedTopics(request)
  const { once } = splitRepeated(asked, (topic) => identityOf(topics, topic))
  const sound = once.filter((topic) => shapeProblem(topic) === null)
  const results = await topics.delete(
    sound.map(({ name, topicId }) => (name === null ? { id: topicId } : { name })),
  )
  const resultOf = new Map(sound.map((topic, i) => [topic, results[i]]))
  return {
    responses: firstOfEach(asked, ({ name, topicId }) => `${topicId}${name}`).map((topic) =>
      answer(topic, shapeProblem(topic) ?? resultOf.get(topic) ?? REPEATED),
    ),
  }
})

type DeleteRequest = RequestOf<typeof DeleteTopics>
type AskedTopic = DeleteRequest['topics'][number]

const REPEATED = refuse('INVALID_REQUEST', 'Duplicate topic name or topic id.')

function askedTopics(request: DeleteRequest): readonly AskedTopic[] {
  return [...request.topics, ...request.topicNames.map((name) => ({ name, topicId: ZERO_UUID }))]
}

function shapeProblem({ name, topicId }: AskedTopic): Refusal | null {
  if (name !== null && topicId !== ZERO_UUID) {
    return refuse('INVALID_REQUEST', 'You may not specify both topic name and topic id.')
  }
  return name === null && topicId === ZERO_UUID
    ? refuse('INVALID_REQUEST', 'Neither topic name nor id were specified.')
    : null
}

/** A name and the id behind it mean one topic, so that asking for both repeats it. */
function identityOf(topics: Topics, { name, topicId }: AskedTopic): string {
  return name === null ? topicId : (topics.idOf(name) ?? name)
}

function answer({ name, topicId }: AskedTopic, result: Topic | Refusal) {
  return result instanceof Topic
    ? { name: result.name, topicId: result.id, ...NO_REFUSAL }
    : { name, topicId, ...refusalFields(result) }
}
