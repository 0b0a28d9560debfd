import { errorName, type KafkaErrorName, kafkaErrors } from '../errors.ts'
import type { Api, Fields } from '../protocol/schema.ts'
import type { ConnectionProblem, ConnectionProblemCode } from '../rules/connection-problems.ts'

/**
 * The first error in an answer that somebody has to know of: what the client's program asked for was
 * refused. Where errors stand in an answer is read from its declaration, so that no API is forgotten.
 */
export function refusedPartOf(api: Api, response: object): ConnectionProblem | null {
  const found = findError(planOf(api), response, null)
  if (found === null) return null
  const name = errorName(found.errorCode)
  if (name === undefined || ordinary.has(name)) return null
  const code = topicProblems[name]
  if (code !== undefined && found.topic !== null) return { code, detail: found.topic }
  const { message } = kafkaErrors[name]
  return { code: 'REQUEST_REFUSED', detail: `${api.name} with ${name} (${message})` }
}

/** What libraries get in ordinary running and deal with by themselves. */
const ordinary: ReadonlySet<KafkaErrorName> = new Set([
  'NONE',
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_OR_FOLLOWER',
  'COORDINATOR_LOAD_IN_PROGRESS',
  'COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR',
  'REBALANCE_IN_PROGRESS',
  'MEMBER_ID_REQUIRED',
  'FETCH_SESSION_ID_NOT_FOUND',
  'INVALID_FETCH_SESSION_EPOCH',
  'UNSTABLE_OFFSET_COMMIT',
])

const topicProblems: Readonly<Partial<Record<KafkaErrorName, ConnectionProblemCode>>> = {
  UNKNOWN_TOPIC_OR_PARTITION: 'UNKNOWN_TOPIC',
  UNKNOWN_TOPIC_ID: 'UNKNOWN_TOPIC',
  TOPIC_AUTHORIZATION_FAILED: 'TOPIC_FORBIDDEN',
  INVALID_TOPIC_EXCEPTION: 'BAD_TOPIC_NAME',
  MESSAGE_TOO_LARGE: 'MESSAGE_TOO_LARGE',
  RECORD_LIST_TOO_LARGE: 'MESSAGE_TOO_LARGE',
}

/** Where in an object errors stand: in itself, and in the arrays and structs that have any. */
interface Plan {
  readonly hasError: boolean
  /** The field that names the topic, which also holds for what is inside. */
  readonly topicField: string | null
  readonly inside: readonly (readonly [field: string, plan: Plan])[]
}

const plans = new Map<Api, Plan>()

function planOf(api: Api): Plan {
  const known = plans.get(api)
  if (known !== undefined) return known
  const plan = readPlan(api.response.fields)
  plans.set(api, plan)
  return plan
}

function readPlan(fields: Fields): Plan {
  const names = Object.keys(fields)
  return {
    hasError: names.includes('errorCode'),
    topicField: names.find((name) => fields[name]?.entity === 'topicName') ?? null,
    inside: names.flatMap((name) => {
      const field = fields[name]
      const below = field?.fields ?? field?.element?.fields
      const plan = below === undefined ? null : readPlan(below)
      return plan === null || (!plan.hasError && plan.inside.length === 0)
        ? []
        : [[name, plan] as const]
    }),
  }
}

interface FoundError {
  readonly errorCode: number
  readonly topic: string | null
}

function findError(plan: Plan, value: object, topicAround: string | null): FoundError | null {
  // What a handler answers has the fields of its declaration, which the plan was read from.
  const fields = value as Readonly<Record<string, unknown>>
  const named = plan.topicField === null ? null : fields[plan.topicField]
  const topic = typeof named === 'string' && named !== '' ? named : topicAround
  const { errorCode } = fields
  if (plan.hasError && typeof errorCode === 'number' && errorCode !== 0) return { errorCode, topic }
  for (const [name, below] of plan.inside) {
    const inside = fields[name]
    for (const part of Array.isArray(inside) ? inside : [inside]) {
      const found: FoundError | null =
        typeof part === 'object' && part !== null ? findError(below, part, topic) : null
      if (found !== null) return found
    }
  }
  return null
}
