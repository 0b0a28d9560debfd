// Kafka REST v3, in the shapes of Confluent Cloud: https://docs.confluent.io/cloud/current/api.html
//
// Invariants: who asks is known before anything else is looked at; a key reaches the cluster that it
// belongs to and no other; whatever goes wrong is answered as `{error_code, message}`. Cookies mean
// nothing here, and no header invites pages of other sites.

import { type Context, Hono } from 'hono'
import { basicCredentials } from '../auth/basic-credentials.ts'
import { asKafkaFailure } from '../kafka/failure.ts'
import { paths } from '../paths.ts'
import { aclRoutes } from './acls.ts'
import { brokerConfigRoutes } from './broker-configs.ts'
import { brokerRoutes } from './brokers.ts'
import type { Handle, RestCall, Route } from './calls.ts'
import { clusterRoutes, listClusters } from './clusters.ts'
import { groupRoutes } from './consumer-groups.ts'
import { lagRoutes } from './consumer-lags.ts'
import { answerError, errorOfKafka, notFound, type RestError, restErrors } from './errors.ts'
import type { KeyClients, SignInRefusal } from './key-clients.ts'
import { messageViewerRoutes } from './message-viewer.ts'
import { partitionRoutes } from './partitions.ts'
import { reassignmentRoutes } from './reassignments.ts'
import { recordBatchRoutes } from './record-batches.ts'
import { recordRoutes } from './records.ts'
import { originOf } from './resources.ts'
import type { RestShares } from './shares.ts'
import { topicConfigRoutes } from './topic-configs.ts'
import { topicRoutes } from './topics.ts'

/** Below `/clusters/:cluster`; the first row that fits a path answers. */
export const restRoutes: readonly Route[] = [
  ...clusterRoutes,
  ...aclRoutes,
  ...brokerRoutes,
  ...brokerConfigRoutes,
  ...groupRoutes,
  ...lagRoutes,
  ...reassignmentRoutes,
  ...topicConfigRoutes,
  ...topicRoutes,
  ...partitionRoutes,
  ...recordRoutes,
  ...recordBatchRoutes,
  ...messageViewerRoutes,
]

const clusters = `${paths.kafkaRest()}/clusters`
const cluster = `${clusters}/:cluster`

export function createRestApp(keys: KeyClients, shares: RestShares): Hono {
  const app = new Hono()
  const around = { keys, shares }
  const signedIn = (handle: Handle) => (context: Context) => answer(around, context, handle)
  app.get(clusters, signedIn(listClusters))
  for (const { method, path, handle } of restRoutes) {
    app.on(method, cluster + path, signedIn(inOwnCluster(handle)))
  }
  app.all(clusters, signedIn(wrongMethod(['GET'])))
  for (const [path, methods] of methodsByPath(restRoutes)) {
    app.all(cluster + path, signedIn(wrongMethod(methods)))
  }
  app.notFound(signedIn(async () => ({ error: restErrors.notFound })))
  app.onError(unexpected)
  return app
}

/** Signs in, and answers what `handle` makes of the request. */
async function answer(
  { keys, shares }: { readonly keys: KeyClients; readonly shares: RestShares },
  context: Context,
  handle: Handle,
): Promise<Response> {
  context.header('Cache-Control', 'no-store')
  const credentials = basicCredentials(context.req.header('authorization'))
  if (credentials === null) return answerError(context, restErrors.authentication)
  // The gate has written this header, whatever the client sent under its name.
  const address = context.req.header('x-tributary-address') ?? ''
  const signedIn = await keys.signIn(credentials, address)
  if (typeof signedIn === 'string') return answerError(context, refusals[signedIn])
  const { nodes, cluster: identity, release } = signedIn
  let isHeld = false
  const call: RestCall = {
    nodes,
    cluster: identity,
    origin: originOf(context),
    url: context.req.url,
    param: (name) => context.req.param(name) ?? '',
    context,
    shares,
    hold() {
      isHeld = true
      return release
    },
  }
  try {
    const found = await handle(call)
    if (found instanceof Response) return found
    return 'error' in found ? answerError(context, found.error) : context.json(found.json)
  } finally {
    if (!isHeld) release()
  }
}

const refusals: Readonly<Record<SignInRefusal, RestError>> = {
  wrong: restErrors.authentication,
  'too-many-attempts': restErrors.attempts,
  'too-many-keys': restErrors.keys,
  'too-many-requests': restErrors.requests,
}

/** Says of another cluster what it says of one that does not exist. */
function inOwnCluster(handle: Handle): Handle {
  return async (call) => {
    const asked = call.param('cluster')
    return asked === call.cluster.clusterId
      ? handle(call)
      : { error: notFound(`Cluster ${asked} cannot be found.`) }
  }
}

function methodsByPath(rows: readonly Route[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const { path, method } of rows) found.set(path, [...(found.get(path) ?? []), method])
  return found
}

function wrongMethod(methods: readonly string[]): Handle {
  return async ({ context }) => {
    context.header('Allow', methods.join(', '))
    return { error: restErrors.method }
  }
}

function unexpected(error: Error, context: Context): Response {
  const failure = asKafkaFailure(error)
  if (failure !== null) return answerError(context, errorOfKafka(failure))
  console.error(`${context.req.method} ${context.req.path} of Kafka REST failed:`, error)
  return answerError(context, restErrors.internal)
}
