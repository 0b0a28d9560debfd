import { isRefusal, refuse } from '../errors.ts'
import { CreatePartitions } from '../protocol/messages/create-partitions.ts'
import type { RequestOf } from '../protocol/schema.ts'
import { handler, type RequestContext } from './handler.ts'
import { NO_REFUSAL, refusalFields } from './refusal-fields.ts'
import { splitRepeated } from './repeated.ts'

/** Raises the number of partitions of topics; a topic's number never falls. */
export const createPartitions = handler(CreatePartitions, async (context, request) => {
  const { once, repeated } = splitRepeated(request.topics, ({ name }) => name)
  const results = await Promise.all(once.map((asked) => grow(context, asked, request.validateOnly)))
  const refusal = refuse('INVALID_REQUEST', 'Duplicate topic name.')
  return {
    results: [...results, ...repeated.map(({ name }) => ({ name, ...refusalFields(refusal) }))],
  }
})

type AskedTopic = RequestOf<typeof CreatePartitions>['topics'][number]

async function grow(
  { tenant: { topics }, connection: { nodes } }: RequestContext,
  { name, count, assignments }: AskedTopic,
  validateOnly: boolean,
) {
  const present = topics.byName(name)?.partitions.length ?? 0
  const result = await topics.addPartitions(
    name,
    count,
    // Assignments name no partitions: they are meant for the new ones, in order.
    assignments?.map(({ brokerIds }, i) => ({ partition: present + i, nodeIds: brokerIds })) ??
      null,
    { validateOnly, nodeIds: nodes.map(({ nodeId }) => nodeId) },
  )
  return { name, ...(isRefusal(result) ? refusalFields(result) : NO_REFUSAL) }
}
