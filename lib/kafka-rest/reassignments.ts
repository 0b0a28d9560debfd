import { listReassignments, type Reassignment } from '../kafka/reassignments.ts'
import { readTopics } from '../kafka/topic-metadata.ts'
import { type Answer, idParam, type RestCall, type Route } from './calls.ts'
import { restErrors } from './errors.ts'
import { list, related, resource } from './resources.ts'

/** Moves of replicas that are under way, as the cluster says. */
export const reassignmentRoutes: readonly Route[] = [
  { method: 'GET', path: '/topics/-/partitions/-/reassignment', handle: listAll },
  { method: 'GET', path: '/topics/:topic/partitions/-/reassignment', handle: listOfTopic },
  { method: 'GET', path: '/topics/:topic/partitions/:partition/reassignment', handle: getOne },
]

async function listAll(call: RestCall): Promise<Answer> {
  return listOf(call, await listReassignments(call.nodes))
}

async function listOfTopic(call: RestCall): Promise<Answer> {
  return listOf(call, await ofTopic(call))
}

async function getOne(call: RestCall): Promise<Answer> {
  const asked = idParam(call, 'partition')
  const found = (await ofTopic(call)).find(({ partition }) => partition === asked)
  if (found === undefined) return { error: restErrors.notFound }
  return { json: reassignmentResource(call, found) }
}

/** Rejects where there is no such topic. */
async function ofTopic(call: RestCall): Promise<readonly Reassignment[]> {
  const topic = call.param('topic')
  await readTopics(call.nodes, topic)
  return (await listReassignments(call.nodes)).filter((moved) => moved.topic === topic)
}

function listOf(call: RestCall, found: readonly Reassignment[]): Answer {
  const data = found.map((one) => reassignmentResource(call, one))
  return { json: list(call, 'KafkaReassignment', data) }
}

function reassignmentResource(
  call: RestCall,
  { topic, partition, adding, removing }: Reassignment,
) {
  const place = ['topics', topic, 'partitions', `${partition}`]
  return {
    ...resource(call, {
      kind: 'KafkaReassignment',
      place: [...place, 'reassignment'],
      crn: [
        ['topic', topic],
        ['partition', partition],
      ],
    }),
    topic_name: topic,
    partition_id: partition,
    adding_replicas: adding,
    removing_replicas: removing,
    replicas: related(call, [...place, 'replicas']),
  }
}
